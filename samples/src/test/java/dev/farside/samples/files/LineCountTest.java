package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class LineCountTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, Integer.MAX_VALUE})
  void aWholeNumberIsOne(int count) {
    assertThat(new LineCount().convert(Integer.toString(count))).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "-2147483648", "2147483648", "1.5", "", " 1", "ten", "1k"})
  void whatIsNoNumberOfLinesIsToldSo(String text) {
    assertThatThrownBy(() -> new LineCount().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not a number of lines: a whole number from 0 to 2147483647");
  }
}
