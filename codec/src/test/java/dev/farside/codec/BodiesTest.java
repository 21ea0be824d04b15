package dev.farside.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodiesTest {
  private final RecordingReferences references = new RecordingReferences();
  private final Bodies bodies =
      new Bodies(
          new PassingRules(Set.of()),
          new TypeNames(BodiesTest.class.getClassLoader()),
          frame -> true);

  @ParameterizedTest
  @ValueSource(ints = {1, 600, 10_000, 100_000})
  void aBodyThatFailedLeavesNothingToTheNext(int written) {
    try (BodyWriter lost = writer()) {
      lost.begin(2).value("args[0]", List.of("x".repeat(written), 1), PassMode.BY_CLASS);
      assertThatThrownBy(() -> lost.value("args[1]", new Samples.Unreadable(1), PassMode.BY_CLASS))
          .isExactlyInstanceOf(NotPassableException.class);
    }
    assertThat(Wire.hex(write(List.of(1)))).isEqualTo("91920901");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 600, 10_000, 100_000})
  void aBodyThatWasGivenUpLeavesNothingToTheNext(int written) {
    try (BodyWriter lost = writer()) {
      lost.begin(3);
      lost.value("args[0]", "x".repeat(written), PassMode.BY_CLASS);
      lost.value("args[1]", 1, PassMode.BY_CLASS);
    }
    assertThat(Wire.hex(write(List.of(1)))).isEqualTo("91920901");
  }

  @Test
  void aBodyThatWasTooLargeLeavesNothingToTheNext() {
    var small = new Limits(10, 10, 10);
    try (BodyWriter lost = bodies.writer(references, small, false)) {
      lost.begin(1).value("args[0]", "x".repeat(300), PassMode.BY_CLASS);
      assertThatThrownBy(lost::finish).hasMessageStartingWith("The message is larger than 10");
    }
    assertThat(Wire.hex(write(List.of(1)))).isEqualTo("91920901");
  }

  @Test
  void aBodyThatCouldNotBeReadLeavesNothingToTheNext() {
    assertThatThrownBy(() -> read(Wire.bytes("91 92 09 92 09 c1")))
        .isExactlyInstanceOf(ProtocolException.class);
    assertThat(read(Wire.bytes("91 92 09 01"))).isEqualTo(List.of(1));
  }

  @Test
  void writingABodyMayBeginAnother() {
    byte[] outerBody;
    try (BodyWriter outer = writer()) {
      outer.begin(2).value("a", 1, PassMode.BY_CLASS);
      assertThat(Wire.hex(write("inner"))).isEqualTo(Wire.hex("91 a5'inner'"));
      outerBody = outer.value("b", 2, PassMode.BY_CLASS).finish();
    }
    assertThat(Wire.hex(outerBody)).isEqualTo("920102");
  }

  @Test
  void aBodyThatWasClosedTwiceIsGivenBackOnce() {
    BodyWriter first = writer();
    first.begin(0).finish();
    first.close();
    first.close();
    BodyReader reader = bodies.reader(Wire.bytes("90"), references, Limits.DEFAULT);
    reader.close();
    reader.close();

    try (BodyWriter a = writer();
        BodyWriter b = writer();
        BodyReader c = bodies.reader(Wire.bytes("91 01"), references, Limits.DEFAULT);
        BodyReader d = bodies.reader(Wire.bytes("92 0202"), references, Limits.DEFAULT)) {
      a.begin(1).value("a", 1, PassMode.BY_CLASS);
      b.begin(1).value("b", 2, PassMode.BY_CLASS);
      assertThat(Wire.hex(a.finish())).isEqualTo("9101");
      assertThat(Wire.hex(b.finish())).isEqualTo("9102");
      assertThat(c.begin()).isEqualTo(1);
      assertThat(d.begin()).isEqualTo(2);
    }
  }

  @Test
  void theSizeIsThatOfTheBodySoFar() {
    for (int message = 0; message < 2; message++) {
      try (BodyWriter writer = writer()) {
        assertThat(writer.size()).isZero();
        writer.begin(2).value("a", new byte[1000], PassMode.BY_CLASS);
        assertThat(writer.size()).isBetween(1000L, 1010L);
        writer.value("b", "x".repeat(100_000), PassMode.BY_CLASS);
        assertThat(writer.size()).isBetween(101_000L, 101_020L);
        assertThat(writer.finish()).hasSizeBetween(101_000, 101_020);
      }
    }
  }

  @Test
  void nothingIsKeptOfAMessage() throws InterruptedException {
    var kept = List.of(new WeakReference<>(writeAndForget()), new WeakReference<>(readAndForget()));

    for (int i = 0; i < 50 && kept.stream().anyMatch(r -> r.get() != null); i++) {
      System.gc();
    }
    assertThat(kept).allMatch(r -> r.get() == null);
  }

  private Object writeAndForget() {
    var point = new Samples.Point(1, 2);
    write(point);
    return point;
  }

  private Object readAndForget() {
    try (BodyReader reader =
        bodies.reader(Wire.bytes("92 93 04 04 c400 c0"), references, Limits.DEFAULT)) {
      reader.begin();
      return Objects.requireNonNull(reader.value("a", Object.class));
    }
  }

  @Test
  void bytesThatAreLeftOverAreRefused() {
    assertThatThrownBy(() -> read(Wire.bytes("91 01 02")))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage("Malformed message body at byte 2 of 3: bytes are left over");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "91 c40101 | 1 | a value begins with BIN8",
        "91 8101 | 1 | a value begins with FIXMAP",
        "91 90 | 2 | a composite value has no tag",
        "91 91 14 | 3 | unknown tag 20",
        "91 91 00 | 3 | unknown tag 0",
        "91 d4 07 00 | 4 | unknown extension type 7",
        "91 c7 00 02 | 4 | an extension value has 0 bytes",
        "91 c7 09 02 000000000000000000 | 13 | an extension value has 9 bytes",
        "91 d4 00 ff | 4 | a reference has the index -1",
        "91 93 01 b0'java.lang.String' 01 | 21 | a String was expected",
        "91 92 01 b0'java.lang.String' | 3 | an enum constant has 1 parts",
        "91 91 02 | 3 | a record has 0 parts",
        "91 92 02 b0'java.lang.String' | 20 | a record's type has no components: java.lang.String",
        "92 91 03 a3'int' | 3 | an array has 0 parts",
        "91 92 03 a3'int' | 7 | an array of objects has the component type int",
        "91 92 04 00 | 3 | an array has 1 parts",
        "91 93 04 08 c400 | 4 | an array has the component type 8",
        "91 93 04 04 c40301 0203 | 9 | an array ends in the middle of an element",
        "91 92 05 01 | 3 | an exception has 1 parts",
        "91 91 06 | 3 | a class has 0 parts",
        "91 94 06 a3'int' d40000 01 | 3 | a class has 3 parts",
        "91 91 07 | 3 | a buffer has 0 parts",
        "91 91 13 | 3 | a buffer has 0 parts",
        "91 93 08 01 01 | 3 | an Optional has 2 parts",
        "91 92 0b 01 | 3 | a map ends with a key",
        "91 92 0c 01 | 3 | a map entry has 1 parts",
        "91 91 0d | 3 | an atom has 0 parts",
        "91 92 0d 25 | 4 | unknown atom 37",
        "91 92 0d 02 | 4 | a part is missing",
        "91 95 0d 02 d40201 d40202 c0 | 10 | 1 parts are left over",
        "91 93 0d 02 01 | 5 | a Long was expected",
        "91 91 0f | 3 | a mutable set or map has 0 parts",
        "91 93 0f c0 c0 | 4 | a Boolean was expected",
        "91 93 0f c3 01 | 5 | a comparator was expected",
        "91 93 11 a1'a' 01 | 3 | a marked value has 2 parts"
      })
  void aMalformedBodyIsRefusedInWords(String body, int position, String what) {
    byte[] bytes = Wire.bytes(body);

    assertThatThrownBy(() -> read(bytes))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage(
            "Malformed message body at byte " + position + " of " + bytes.length + ": " + what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "91", "91 c1", "91 d9", "91 92", "91 ce ffffffff"})
  void whatIsNoMessagePackIsRefused(String body) {
    assertThatThrownBy(() -> read(Wire.bytes(body)))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessageMatching("Malformed message body at byte \\d of \\d: .+");
  }

  @Test
  void anArrayOfMoreDimensionsThanAnybodyUsesIsRefused() {
    byte[] name = ("[".repeat(255) + "I").getBytes(UTF_8);
    byte[] body = Wire.bytes("91 92 03 da 0100" + Wire.hex(name));

    assertThatThrownBy(() -> read(body))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the type of an array of 255 dimensions is not looked for:"
                + " 8 are the most");
  }

  /** Cannot be initialised. */
  enum Broken {
    ANY;

    static final int NUMBER = Integer.parseInt("x");
  }

  @Test
  void aClassThatCannotBeInitialisedFailsInWords() {
    String name = Broken.class.getName();

    assertThatThrownBy(
            () -> read(Wire.bytes("91 93 01 d9%02x'%s' a1'A'".formatted(name.length(), name))))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: it cannot be rebuilt here:"
                + " java.lang.ExceptionInInitializerError");
  }

  @Test
  void anElementOfTheWrongClassFailsInWords() {
    assertThatThrownBy(() -> read(Wire.bytes("91 93 03 b0'java.lang.String' 01")))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage("Cannot pass args[0][0]: a java.lang.Integer is no java.lang.String here");
  }

  @Test
  void wholeNumbersOfOursGoBetweenTheValues() {
    byte[] body;
    try (BodyWriter writer = writer()) {
      body = writer.begin(2).integer(-5).value("a", "b", PassMode.BY_CLASS).finish();
    }
    try (BodyReader reader = bodies.reader(body, references, Limits.DEFAULT)) {
      assertThat(reader.begin()).isEqualTo(2);
      assertThat(reader.integer()).isEqualTo(-5);
      assertThat(reader.value("a", Object.class)).isEqualTo("b");
      reader.finish();
    }
  }

  @Test
  void aBodyWithoutTheNumberOfItsValuesEndsWithTheLast() {
    byte[] body;
    try (BodyWriter writer = writer()) {
      writer.value("items[0]", 1, PassMode.BY_CLASS);
      body = writer.value("items[1]", List.of(2), PassMode.BY_CLASS).finish();
    }
    try (BodyReader reader = bodies.reader(body, references, Limits.DEFAULT)) {
      assertThat(reader.hasMore()).isTrue();
      assertThat(reader.value("items[0]", Object.class)).isEqualTo(1);
      assertThat(reader.hasMore()).isTrue();
      assertThat(reader.value("items[1]", Object.class)).isEqualTo(List.of(2));
      assertThat(reader.hasMore()).isFalse();
      reader.finish();
    }
    assertThat(Wire.hex(body)).isEqualTo("01920902");
  }

  @Test
  void whatIsAskedForByReferenceIsReferencedUnlessItIsAScalar() {
    var point = new Samples.Point(1, 2);

    assertThat(Wire.hex(write(point, PassMode.BY_REFERENCE))).isEqualTo("91d40000");
    assertThat(references.sent).containsExactly(point);
    for (Object scalar : Arrays.<@Nullable Object>asList(null, 1, 2L, "a", true, 'c', 1f, 1d)) {
      assertThat(write(scalar, PassMode.BY_REFERENCE)).isEqualTo(write(scalar, PassMode.BY_CLASS));
    }
  }

  @Test
  void whatIsAskedForByValueIsCopiedAndTheNextIsNot() {
    List<Integer> list = new ArrayList<>(IntStream.range(1, 3).boxed().toList());
    byte[] body;
    try (BodyWriter writer = writer()) {
      writer.begin(2).value("a", List.of(list), PassMode.BY_VALUE);
      body = writer.value("b", list, PassMode.BY_CLASS).finish();
    }
    assertThat(Wire.hex(body)).isEqualTo(Wire.hex("92 92 09 93 0e 01 02 d40000"));
  }

  @Test
  void whatIsAskedForByValueButCannotBeCopiedIsRefused() {
    assertThatThrownBy(() -> write(new Object(), PassMode.BY_VALUE))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: java.lang.Object cannot be copied; mark it @ByValue"
                + " or register it with valueType on both sides");
  }

  @Test
  void whatTheUserAsksForByReferenceThisOnceIsReferenced() {
    var point = new Samples.Point(1, 2);
    references.wanted.add(point);

    assertThat(Wire.hex(write(List.of(point)))).isEqualTo(Wire.hex("91 92 09 d40000"));
  }

  @Test
  void aMessageThatCannotHoldReferencesSaysSo() {
    try (BodyWriter writer = bodies.writer(NoReferences.INSTANCE, Limits.DEFAULT, false)) {
      assertThatThrownBy(() -> writer.begin(1).value("a", List.of(new Object()), PassMode.BY_CLASS))
          .isExactlyInstanceOf(NotPassableException.class)
          .hasMessage("Cannot pass a[0]: no references can be passed here");
    }
    byte[] body = Wire.bytes("91 92 09 d40000");
    try (BodyReader reader = bodies.reader(body, NoReferences.INSTANCE, Limits.DEFAULT)) {
      reader.begin();
      assertThatThrownBy(() -> reader.value("a", Object.class))
          .isExactlyInstanceOf(NotPassableException.class)
          .hasMessage("Cannot pass a[0]: no references can be received here");
    }
  }

  private BodyWriter writer() {
    return bodies.writer(references, Limits.DEFAULT, false);
  }

  private byte[] write(Object value) {
    return write(value, PassMode.BY_CLASS);
  }

  private byte[] write(@Nullable Object value, PassMode mode) {
    try (BodyWriter writer = writer()) {
      return writer.begin(1).value("args[0]", value, mode).finish();
    }
  }

  private @Nullable Object read(byte[] body) {
    try (BodyReader reader = bodies.reader(body, references, Limits.DEFAULT)) {
      reader.begin();
      @Nullable Object value = reader.value("args[0]", Object.class);
      reader.finish();
      return value;
    }
  }
}
