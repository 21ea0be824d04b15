package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterTest {
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  private Meter meter(boolean visible) {
    return new Meter(new PrintStream(screen, true, StandardCharsets.UTF_8), visible);
  }

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsThereIsCounted() {
    Meter meter = meter(false);
    meter.begin(0, 10);
    assertThat(meter.done()).isZero();
    meter.add(3);
    meter.add(4);
    assertThat(meter.done()).isEqualTo(7);
    assertThat(meter.resumedAt()).isZero();
  }

  @Test
  void whatWasThereBeforeIsNoWorkOfThisTransfer() {
    Meter meter = meter(false);
    meter.begin(1000, 3000);
    assertThat(meter.resumedAt()).isEqualTo(1000);
    assertThat(meter.done()).isEqualTo(1000);
    meter.add(2000);
    assertThat(meter.done()).isEqualTo(3000);
    assertThat(meter.summary()).startsWith("2,000 bytes in ");
  }

  @Test
  void theSummaryHasBytesSecondsAndARate() {
    Meter meter = meter(false);
    meter.begin(0, 1_234_567);
    meter.add(1_234_567);
    assertThat(meter.summary()).matches("1,234,567 bytes in \\d+\\.\\d s, \\d+ MB/s");
  }

  @Test
  void nothingAtAllHasARateToo() {
    Meter meter = meter(true);
    meter.begin(0, 0);
    assertThat(meter.rate()).isZero();
    assertThat(meter.summary()).matches("0 bytes in \\d+\\.\\d s, 0 MB/s");
    meter.erase();
    assertThat(shown()).isEmpty();
  }

  @Test
  void nobodyIsShownWhatHeDoesNotLookAt() {
    Meter meter = meter(false);
    meter.begin(0, 100);
    meter.add(100);
    meter.erase();
    assertThat(shown()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100, 0, ''",
    "50, 100, 50, ###############",
    "100, 100, 100, ##############################",
    "33, 100, 33, #########",
    "0, 0, 100, ##############################", // an empty file is complete
    "200, 100, 100, ##############################" // a file that has grown
  })
  void theBarIsAsLongAsWhatIsDone(int done, int size, int percent, String filled) {
    Meter meter = meter(true);
    meter.begin(0, size);
    meter.add(done);
    assertThat(shown())
        .startsWith(
            String.format("\r%3d%% [%s%s] ", percent, filled, "-".repeat(30 - filled.length())))
        .contains(" MB ")
        .endsWith(" MB/s ");
  }

  @Test
  void theBarIsNotDrawnAnewForEveryByte() {
    Meter meter = meter(true);
    meter.begin(0, 1000);
    for (int i = 0; i < 1000; i++) {
      meter.add(1);
    }
    assertThat(shown().chars().filter(c -> c == '\r').count()).isBetween(1L, 20L);
  }

  @Test
  void theBarIsErasedWithSpaces() {
    Meter meter = meter(true);
    meter.begin(0, 100);
    meter.add(1);
    int bar = shown().length();
    screen.reset();
    meter.erase();
    assertThat(shown()).startsWith("\r").endsWith("\r");
    assertThat(shown().replace("\r", "")).isBlank().hasSizeGreaterThanOrEqualTo(bar - 1);
  }
}
