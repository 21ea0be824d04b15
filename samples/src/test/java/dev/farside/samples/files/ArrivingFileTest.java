package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivingFileTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path here;

  @SuppressWarnings("NullAway.Init")
  private Path target;

  @BeforeEach
  void name() {
    target = here.resolve("target");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private long filesHere() throws IOException {
    try (var files = Files.list(here)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100})
  void itTakesItsPlaceWhenItIsComplete(int pieces) throws IOException {
    try (ArrivingFile file = ArrivingFile.at(target, "target")) {
      for (int i = 0; i < pieces; i++) {
        file.append(bytes("piece"));
        assertThat(target).doesNotExist();
      }
      assertThat(file.complete()).isEqualTo(5L * pieces);
    }
    assertThat(target).hasContent("piece".repeat(pieces));
    assertThat(filesHere()).isEqualTo(1);
  }

  @Test
  void theOldFileIsThereUntilThen() throws IOException {
    Files.writeString(target, "old");
    try (ArrivingFile file = ArrivingFile.at(target, "target")) {
      file.append(bytes("new"));
      assertThat(target).hasContent("old");
      file.complete();
      assertThat(target).hasContent("new");
    }
    assertThat(target).hasContent("new");
  }

  @Test
  void whatIsNotCompleteLeavesNoTrace() throws IOException {
    Files.writeString(target, "old");
    try (ArrivingFile file = ArrivingFile.at(target, "target")) {
      file.append(bytes("new"));
      assertThat(filesHere()).isEqualTo(2);
    }
    assertThat(target).hasContent("old");
    assertThat(filesHere()).isEqualTo(1);
  }

  @Test
  void closingAgainDoesNothing() throws IOException {
    ArrivingFile file = ArrivingFile.at(target, "target");
    file.complete();
    file.close();
    file.close();
    assertThat(target).exists();
  }

  @Test
  void whatComesAfterClosingIsDropped() throws IOException {
    ArrivingFile file = ArrivingFile.at(target, "target");
    file.append(bytes("a"));
    file.close();
    file.append(bytes("b"));
    assertThat(filesHere()).isZero();
  }

  @Test
  void twoFilesArriveAtOnePlaceWithoutMixing() throws IOException {
    try (ArrivingFile one = ArrivingFile.at(target, "target");
        ArrivingFile two = ArrivingFile.at(target, "target")) {
      one.append(bytes("1"));
      two.append(bytes("2"));
      one.append(bytes("1"));
      two.append(bytes("2"));
      one.complete();
      assertThat(target).hasContent("11");
      two.complete();
      assertThat(target).hasContent("22");
    }
    assertThat(filesHere()).isEqualTo(1);
  }

  @Test
  void onlyTheRestOfABufferIsWritten() throws IOException {
    try (ArrivingFile file = ArrivingFile.at(target, "target")) {
      ByteBuffer middle = bytes("abcd");
      middle.position(1).limit(3);
      file.append(middle);
      file.append(ByteBuffer.allocate(0));
      assertThat(middle.hasRemaining()).isFalse();
      file.complete();
    }
    assertThat(target).hasContent("bc");
  }

  @Test
  void aDirectoryThatIsNotThereIsToldSo() {
    assertThatThrownBy(() -> ArrivingFile.at(here.resolve("none/target"), "none/target"))
        .isInstanceOf(NoSuchFileException.class);
  }
}
