package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.farside.ProtocolException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderTest {
  private static final Shape NAMELESS = new Shape(Shape.Kind.OBJECT, List.of(), false, false);
  private static final Shape LIST =
      new Shape(Shape.Kind.OBJECT, List.of("java.util.List"), true, true);
  private static final Shape FLUX = new Shape(Shape.Kind.FLUX, List.of("a.B", "c.D"), false, true);

  /** Header, then its bytes as docs/wire.md derives them. */
  static Stream<Arguments> headers() {
    return Stream.of(calls(), callsWithContext(), controls(), replies(), referenceTables())
        .flatMap(s -> s);
  }

  private static Stream<Arguments> calls() {
    return Stream.of(
        arguments(
            Header.of(call(7, new Target.Export(300), new MethodKey.Hash(0x0102030405060708L))),
            "01 07 00 ac02 00 0102030405060708 00 00 00"),
        arguments(
            Header.of(call(0, new Target.Root(""), new MethodKey.Name("read"))),
            "01 00 01 00 01 04'read' 00 00 00"),
        arguments(
            Header.of(call(1, new Target.Root("f\u00e9"), new MethodKey.Name(""))),
            "01 01 01 03 66c3a9 01 00 00 00 00"),
        arguments(
            Header.of(call(-1, new Target.Statics("a.B"), new MethodKey.Hash(-1))),
            "01 ffffffffffffffffff01 02 03'a.B' 00 ffffffffffffffff 00 00 00"),
        arguments(
            Header.of(call(CallOptions.STREAM | CallOptions.CHANNEL | 2 << 16, null, 1000)),
            "01 01 00 02 01 01'm' c28008 01 02 02 e807 00"),
        arguments(
            Header.of(call(3, new Chain(1, 2), 0)),
            "01 01 00 02 01 01'm' 03 01 01 09 0000000000000001 02 00"),
        arguments(
            Header.of(call(0, new Chain(-2, 128), 1)),
            "01 01 00 02 01 01'm' 00 02 01 0a fffffffffffffffe 8001 02 01 01 00"),
        arguments(
            Header.of(
                new Message.Call(
                    1,
                    new Target.Export(2),
                    new MethodKey.Name("m"),
                    new CallOptions(0),
                    null,
                    0,
                    300)),
            "01 01 00 02 01 01'm' 00 01 03 02 ac02 00"));
  }

  private static Stream<Arguments> callsWithContext() {
    return Stream.of(
        arguments(
            Header.of(call(Map.of("k", "v"), Map.of())),
            "01 01 00 02 01 01'm' 00 01 04 05 01 01'k' 01'v' 00"),
        arguments(
            Header.of(call(Map.of(), Map.of("", "\u00e9"))),
            "01 01 00 02 01 01'm' 00 01 05 05 01 00 02 c3a9 00"),
        arguments(
            Header.of(call(inOrder("b", "", "a", "1"), Map.of("user", "ada"))),
            "01 01 00 02 01 01'm' 00 02 04 08 02 01'b' 00 01'a' 01'1' 05 0a 01 04'user' 03'ada' 00"),
        arguments(
            Header.of(
                new Message.Call(
                    1,
                    new Target.Export(2),
                    new MethodKey.Name("m"),
                    new CallOptions(0),
                    new Chain(1, 2),
                    3,
                    4,
                    Baggage.of(Map.of("k", "v"), Map.of("k", "w")))),
            "01 01 00 02 01 01'm' 00 05 01 09 0000000000000001 02 02 01 03 03 01 04"
                + " 04 05 01 01'k' 01'v' 05 05 01 01'k' 01'w' 00"));
  }

  private static Map<String, String> inOrder(String... keysAndValues) {
    var map = new LinkedHashMap<String, String>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private static Stream<Arguments> controls() {
    return Stream.of(
        arguments(
            Header.of(new Message.Hello(1, 2, Limits.DEFAULT)),
            "46'ARSIDE' 01 02 80808040 8002 808004 00"),
        arguments(Header.of(new Message.Subscribe(5, new Target.Export(6))), "02 05 00 06 00"),
        arguments(Header.of(new Message.Cancel(128, false)), "07 8001 00 00"),
        arguments(Header.of(new Message.Cancel(128, true)), "07 8001 01 00"),
        arguments(Header.of(new Message.Release(List.of())), "08 00 00"),
        arguments(Header.of(new Message.Release(List.of(count(1, 2)))), "08 01 01 02 00"),
        arguments(
            Header.of(new Message.Release(List.of(count(1, 2), count(300, 1)))),
            "08 02 01 02 ac02 01 00"),
        arguments(Header.of(new Message.KnowsShapes(List.of())), "09 00 00"),
        arguments(Header.of(new Message.KnowsShapes(List.of(3))), "09 01 03 00"),
        arguments(Header.of(new Message.KnowsShapes(List.of(3, 200))), "09 02 03 c801 00"),
        arguments(Header.of(new Message.ChainsEnded(List.of())), "0a 00 00"),
        arguments(
            Header.of(new Message.ChainsEnded(List.of(new Chain(1, 2), new Chain(-1, 300)))),
            "0a 02 0000000000000001 02 ffffffffffffffff ac02 00"));
  }

  private static Stream<Arguments> replies() {
    return Stream.of(
        arguments(Header.of(new Message.Returned()), "03 00"),
        arguments(Header.of(new Message.Thrown()), "04 00"),
        arguments(Header.of(new Message.Items()), "05 00"),
        arguments(Header.of(new Message.Opened()), "06 00"));
  }

  private static Stream<Arguments> referenceTables() {
    return Stream.of(
        arguments(returned(new Reference.Sent(1, 2, null)), "03 01 00 01 02"),
        arguments(returned(new Reference.Sent(1, 2, NAMELESS)), "03 01 01 01 02 00 00 00"),
        arguments(
            returned(new Reference.Sent(1, 2, LIST)), "03 01 01 01 02 00 03 01 0e'java.util.List'"),
        arguments(
            returned(new Reference.Sent(1, 2, FLUX), new Reference.Home(9)),
            "03 02 01 01 02 02 02 02 03'a.B' 03'c.D' 02 09"),
        arguments(
            returned(new Reference.HomeRoot("files"), new Reference.HomeRoot("")),
            "03 02 03 05'files' 03 00"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderHasTheseBytes(Header header, String bytes) {
    assertThat(Wire.hex(header.toBytes())).isEqualTo(Wire.hex(bytes));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderArrivesAsItWas(Header header, String bytes) {
    assertThat(parse(Wire.bytes(bytes))).isEqualTo(header);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderThatEndsTooEarlyIsRefusedWhereverItEnds(Header header, String bytes) {
    byte[] whole = header.toBytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> parse(part))
          .as("the first %d bytes of %s", length, bytes)
          .isExactlyInstanceOf(ProtocolException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("headers")
  void aHeaderWithSomethingAfterItIsRefused(Header header, String bytes) {
    byte[] longer = Arrays.copyOf(header.toBytes(), header.toBytes().length + 2);
    assertRefused(Wire.hex(longer), "2 bytes are left over", longer.length - 2);
  }

  @ParameterizedTest
  @CsvSource({"0,OBJECT", "1,MONO", "2,FLUX", "3,FLOW", "4,FUTURE"})
  void aKindOfShapeHasThisNumber(int number, Shape.Kind kind) {
    var shape = new Shape(kind, List.of(), false, false);
    byte[] bytes = returned(new Reference.Sent(1, 2, shape)).toBytes();

    assertThat(Wire.hex(bytes)).isEqualTo(Wire.hex("03 01 01 01 02 0" + number + " 00 00"));
    assertThat(parse(bytes)).isEqualTo(returned(new Reference.Sent(1, 2, shape)));
  }

  @Test
  void anExtensionOfALaterVersionIsSkipped() {
    Message message =
        parse(Wire.bytes("01 01 00 02 01 01'm' 00 03 63 03 ffffff 02 01 05 64 00 00")).message();

    assertThat(message).isEqualTo(call(0, null, 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        " | 0 | it ends too early",
        "0b | 1 | unknown kind of message 11",
        "46'ARSIDF' | 7 | the greeting does not begin with FARSIDE",
        "46'ARSIDE' 8080808008 | 12 | the lowest version is 2147483648, more than 2147483647",
        "02 ffffffffffffffffffff01 | 11 | a number is longer than ten bytes",
        "02 01 03 | 3 | unknown kind of target 3",
        "02 01 01 05 'abc' | 4 | the length of a text is 5, more than 3",
        "01 01 00 02 02 | 5 | unknown kind of method key 2",
        "01 01 00 02 01 00 00 41 | 8 | the number of extensions is 65, more than 64",
        "01 01 00 02 01 00 00 01 63 03 0000 | 10 | the length of an extension is 3, more than 2",
        "01 01 00 02 01 00 00 01 02 02 05 00 | 11 | extension 2 is not 2 bytes long",
        "01 01 00 02 01 00 00 01 04 01 41 | 11 | the number of context entries is 65, more than 64",
        "01 01 00 02 01 00 00 01 05 02 02 00 | 12 | it ends too early",
        "01 01 00 02 01 00 00 01 04 03 01 02 00 | 12 | the length of a text is 2, more than 1",
        "01 01 00 02 01 00 00 01 04 04 01 00 00 00 00 | 13 | extension 4 is not 4 bytes long",
        "01 01 00 02 01 00 00 01 05 05 02 00 00 00 00 | 15"
            + " | the context entry \"\" is there twice",
        "08 ffffffffffffffffff01 | 11"
            + " | the number of releases is 18446744073709551615, more than 1048576",
        "09 818040 | 4 | the number of shapes is 1048577, more than 1048576",
        "03 818004 | 4 | the number of references is 65537, more than 65536",
        "03 01 04 | 3 | unknown kind of reference 4",
        "03 01 01 01 02 05 | 6 | unknown kind of shape 5",
        "03 01 01 01 02 00 00 8108 | 9 | the number of types of a shape is 1025, more than 1024",
      })
  void aMalformedHeaderIsRefusedInWords(@Nullable String bytes, int position, String what) {
    assertRefused(bytes == null ? "" : bytes, what, position);
  }

  @Test
  void aContextOfManyEntriesArrivesAndOneOfTooManyIsRefused() {
    var entries = new LinkedHashMap<String, String>();
    for (int i = 0; i < Baggage.MAX_ENTRIES; i++) {
      entries.put("key " + i, "x".repeat(200));
    }
    Header most = Header.of(call(entries, entries));
    assertThat(parse(most.toBytes())).isEqualTo(most);

    entries.put("one more", "");
    byte[] tooMany = Header.of(call(entries, Map.of())).toBytes();
    assertThatThrownBy(() -> parse(tooMany))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessageEndingWith(": the number of context entries is 65, more than 64");
  }

  @Test
  void aContextThatIsTooLongIsRefusedBeforeItIsRead() {
    byte[] tooLong = Header.of(call(Map.of("k", "x".repeat(1 << 16)), Map.of())).toBytes();
    assertThatThrownBy(() -> parse(tooLong))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage(
            "Malformed message header at byte 13 of 65556:"
                + " the context of a call is 65542 bytes, more than 65536");
  }

  @Test
  void theReceiversLimitBoundsTheReferenceTable() {
    var limits = new Limits(1000, 10, 1);
    byte[] two = returned(new Reference.Home(1), new Reference.Home(2)).toBytes();

    assertThatThrownBy(() -> Header.parse(two, limits))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage(
            "Malformed message header at byte 2 of 6: the number of references is 2, more than 1");
  }

  @Test
  void randomBytesAreAHeaderOrRefused() {
    var random = new Random(20_06);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextInt(4) > 0) {
        bytes[0] = (byte) (1 + random.nextInt(9)); // most begin like a message
      }
      parseOrRefuse(bytes);
    }
  }

  @Test
  void mutatedHeadersAreAHeaderOrRefused() {
    var random = new Random(17);
    List<byte[]> valid =
        headers().map(arguments -> ((Header) arguments.get()[0]).toBytes()).toList();
    for (int i = 0; i < 20_000; i++) {
      parseOrRefuse(Mutations.of(valid.get(random.nextInt(valid.size())), random));
    }
  }

  @Test
  void aClaimedSizeIsNotAllocated() {
    long before = Allocations.ofThisThread();
    for (int i = 0; i < 1000; i++) {
      parseOrRefuse(Wire.bytes("08 808040")); // a million releases
      parseOrRefuse(Wire.bytes("09 808040")); // a million shapes
      parseOrRefuse(Wire.bytes("03 808004")); // 65,536 references
      parseOrRefuse(Wire.bytes("02 01 01 ffffffff07")); // a name of two gigabytes
    }
    assertThat(Allocations.ofThisThread() - before).isLessThan(50_000_000);
  }

  private static void parseOrRefuse(byte[] bytes) {
    try {
      assertThat(parse(bytes)).isNotNull();
    } catch (ProtocolException expected) {
      assertThat(expected).hasMessageStartingWith("Malformed message header at byte ");
    } catch (RuntimeException | Error e) {
      fail("These bytes of a peer gave " + e + ": " + Wire.hex(bytes), e);
    }
  }

  private static void assertRefused(String bytes, String what, int position) {
    byte[] given = Wire.bytes(bytes);
    assertThatThrownBy(() -> parse(given))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessage(
            "Malformed message header at byte " + position + " of " + given.length + ": " + what);
  }

  private static Header parse(byte[] bytes) {
    return Header.parse(bytes, Limits.DEFAULT);
  }

  private static Header returned(Reference... references) {
    return new Header(new Message.Returned(), List.of(references));
  }

  private static Message.Call call(long id, Target target, MethodKey method) {
    return new Message.Call(id, target, method, new CallOptions(0), null, 0, 0);
  }

  private static Message.Call call(int options, @Nullable Chain chain, long remainingMillis) {
    return new Message.Call(
        1,
        new Target.Export(2),
        new MethodKey.Name("m"),
        new CallOptions(options),
        chain,
        remainingMillis,
        0);
  }

  private static Message.Call call(Map<String, String> context, Map<String, String> mdc) {
    return new Message.Call(
        1,
        new Target.Export(2),
        new MethodKey.Name("m"),
        new CallOptions(0),
        null,
        0,
        0,
        Baggage.of(context, mdc));
  }

  private static Message.Release.Count count(long id, long received) {
    return new Message.Release.Count(id, received);
  }
}
