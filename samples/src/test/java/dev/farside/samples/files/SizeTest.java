package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "999999999, 999999999",
    "5b, 5",
    "1k, 1024",
    "1K, 1024",
    "1KB, 1024",
    "2KiB, 2048",
    "256MiB, 268435456",
    "256 MiB, 268435456",
    "1g, 1073741824",
    "3GiB, 3221225472",
    "999999999GiB, 1073741822926258176"
  })
  void aSizeIsANumberWithAUnit(String text, long bytes) {
    assertThat(new Size().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "much", "-1", "1.5GiB", "1TiB", "MiB", "1 2", "1i", "1000000000", "1mm"})
  void whatIsNoSizeIsToldSo(String text) {
    assertThatThrownBy(() -> new Size().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not a size such as 256MiB");
  }
}
