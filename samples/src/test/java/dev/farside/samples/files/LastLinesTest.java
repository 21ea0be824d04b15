package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LastLinesTest {
  private static final int BLOCK = 8 << 10;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void name() {
    file = here.resolve("file");
  }

  private long offset(String content, int count) throws IOException {
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    return LastLines.offset(file, count);
  }

  /** The same, the slow way. */
  private static long expected(String content, int count) {
    int left = count;
    for (int i = content.length() - 2; i >= 0 && left > 0; i--) {
      if (content.charAt(i) == '\n' && --left == 0) {
        return i + 1L;
      }
    }
    return count == 0 ? content.length() : 0;
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 0",
    "'', 1, 0",
    "'', 10, 0",
    "'|', 0, 1",
    "'|', 1, 0",
    "'||', 1, 1",
    "'||', 2, 0",
    "'a', 0, 1",
    "'a', 1, 0",
    "'a', 2, 0",
    "'a|', 1, 0",
    "'a|b', 1, 2",
    "'a|b|', 1, 2",
    "'a|b|', 2, 0",
    "'a|b|', 3, 0",
    "'|a', 1, 1",
    "'|a', 2, 0",
    "'a|b|c', 2, 2",
    "'a|b|c', 2147483647, 0"
  })
  void aLineBreakAtTheVeryEndBeginsNoLine(String lines, int count, long offset) throws IOException {
    assertThat(offset(lines.replace('|', '\n'), count)).isEqualTo(offset);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void aLineBreakMayStandAtTheEdgeOfABlock(int shift) throws IOException {
    for (int blocks = 1; blocks <= 3; blocks++) {
      String tail = "y".repeat(BLOCK * blocks + shift);
      assertThat(offset("x\n" + tail, 1)).isEqualTo(2);
      assertThat(offset("x\n" + tail + "\n", 1)).isEqualTo(2);
      assertThat(offset("\n".repeat(3) + tail, 2)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyFileHasTheLinesThatReadingItWholeWouldFind(long seed) throws IOException {
    var random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      var text = new StringBuilder();
      int size = random.nextInt(3 * BLOCK);
      int spread = 1 + random.nextInt(2000);
      while (text.length() < size) {
        text.append(random.nextInt(spread) == 0 ? '\n' : 'x');
      }
      String content = text.toString();
      for (int count : new int[] {0, 1, 2, 3, 10, 100, 10_000}) {
        assertThat(offset(content, count))
            .as("%d lines of seed %d, file %d", count, seed, i)
            .isEqualTo(expected(content, count));
      }
    }
  }

  @Test
  void aMissingFileIsToldSo() {
    assertThatThrownBy(() -> LastLines.offset(file, 1)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Files.writeString(here.resolve("target"), "a\nb\n");
    Files.createSymbolicLink(file, Path.of("target"));
    assertThatThrownBy(() -> LastLines.offset(file, 1)).isInstanceOf(IOException.class);
  }
}
