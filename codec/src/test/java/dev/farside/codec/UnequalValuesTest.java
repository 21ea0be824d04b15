package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values whose {@code equals} does not tell whether a copy is right. */
class UnequalValuesTest {
  static Stream<Arguments> buffers() {
    return Stream.of(
        arguments("heap", ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1)),
        arguments("direct", direct(1, 2, 3).position(1)),
        arguments(
            "read-only", ByteBuffer.wrap(new byte[] {1, 2, 3}).position(1).asReadOnlyBuffer()),
        arguments("slice", ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}).slice(1, 3).position(1)),
        arguments("limited", ByteBuffer.wrap(new byte[] {1, 2, 3, 9}).position(1).limit(3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("buffers")
  void theRemainingBytesOfABufferArriveAndItStaysAsItWas(String kind, ByteBuffer buffer) {
    int limit = buffer.limit();

    assertThat(RoundTrip.plain().of(buffer)).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3}));
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(buffer.limit()).isEqualTo(limit);
  }

  @Test
  void anEmptyBufferArrivesEmpty() {
    assertThat(RoundTrip.plain().of(ByteBuffer.allocate(0))).isEqualTo(ByteBuffer.allocate(0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBufferArrivesInItsByteOrderAndReadOnlyIfItWas(boolean readOnly) {
    ByteBuffer little = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 1);
    ByteBuffer big = ByteBuffer.allocate(4).putInt(0, 1);

    assertThat(copied(little, readOnly).getInt()).isEqualTo(1);
    assertThat(copied(big, readOnly).getInt()).isEqualTo(1);
    assertThat(little.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer copied(ByteBuffer buffer, boolean readOnly) {
    ByteBuffer sent =
        readOnly
            ? buffer.asReadOnlyBuffer().order(buffer.order())
            : buffer.duplicate().order(buffer.order());
    ByteBuffer copy = (ByteBuffer) Objects.requireNonNull(RoundTrip.plain().of(sent));

    assertThat(copy.isReadOnly()).isEqualTo(readOnly);
    assertThat(copy.order()).isEqualTo(buffer.order());
    return copy;
  }

  @Test
  void aBufferOfCharactersArrivesReadOnlyIfItWas() {
    @Nullable Object readOnly = RoundTrip.plain().of(CharBuffer.wrap("ab"));
    @Nullable Object writable = RoundTrip.plain().of(CharBuffer.wrap(new char[] {'a', 'b'}));

    assertThat(readOnly).isEqualTo(CharBuffer.wrap("ab"));
    assertThat(((CharBuffer) Objects.requireNonNull(readOnly)).isReadOnly()).isTrue();
    assertThat(writable).isEqualTo(CharBuffer.wrap("ab"));
    assertThat(((CharBuffer) Objects.requireNonNull(writable)).isReadOnly()).isFalse();
  }

  @Test
  void whatIsNotKnownOfABufferIsMalformed() {
    assertThatThrownBy(() -> RoundTrip.plain().read(Wire.bytes("91 93 07 c4 01 00 04")))
        .isExactlyInstanceOf(ProtocolException.class)
        .hasMessageEndingWith("a buffer has other traits than are known");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Pattern.CASE_INSENSITIVE, Pattern.CANON_EQ | Pattern.UNICODE_CASE})
  void aPatternArrivesWithItsFlags(int flags) {
    @Nullable Object copy = RoundTrip.plain().of(Pattern.compile("a(b+)", flags));

    assertThat(copy)
        .isInstanceOfSatisfying(
            Pattern.class,
            pattern -> {
              assertThat(pattern.pattern()).isEqualTo("a(b+)");
              assertThat(pattern.flags()).isEqualTo(flags);
            });
  }

  static Stream<Arguments> patternsThatChangeTheirFlags() {
    return Stream.of(
        arguments(Pattern.compile("a(?i)b"), "aB", "Ab"),
        arguments(Pattern.compile("a(?-i)b", Pattern.CASE_INSENSITIVE), "Ab", "aB"),
        arguments(Pattern.compile("a b(?x) c"), "a bc", "abc"),
        arguments(Pattern.compile("a b( ?-x) c", Pattern.COMMENTS), "ab c", "abc"),
        arguments(Pattern.compile("a(#\n?i)b", Pattern.COMMENTS), "aB", "Ab"),
        arguments(Pattern.compile("a((?i)b)?c"), "aBc", "aBC"),
        arguments(Pattern.compile("(?i)a", Pattern.LITERAL), "(?i)a", "A"));
  }

  @ParameterizedTest
  @MethodSource("patternsThatChangeTheirFlags")
  void aPatternArrivesWithTheFlagsThatItsTextDoesNotChange(
      Pattern pattern, String matching, String other) {
    var copy = (Pattern) Objects.requireNonNull(RoundTrip.plain().of(pattern));

    assertThat(copy.pattern()).isEqualTo(pattern.pattern());
    assertThat(copy.flags()).isEqualTo(pattern.flags());
    assertThat(copy.matcher(matching).matches()).isTrue();
    assertThat(copy.matcher(other).matches()).isFalse();
  }

  static Stream<InetAddress> addresses() throws UnknownHostException {
    byte[] six = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 1, 2, 3, 4};
    return Stream.of(
        InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}),
        InetAddress.getByAddress("not/asked.invalid", new byte[] {1, 2, 3, 4}),
        InetAddress.getLoopbackAddress(),
        InetAddress.getByAddress(six),
        Inet6Address.getByAddress("six.invalid", six, 5),
        Inet6Address.getByAddress(null, six, 0),
        Inet6Address.getByAddress(null, mapped, -1));
  }

  /** {@code toString} tells the name that an address has, and does not ask for one. */
  @ParameterizedTest
  @MethodSource("addresses")
  void anAddressArrivesWithItsNameAndScopeAndNoNameIsLookedUp(InetAddress address) {
    String text = address.toString();

    assertThat(RoundTrip.plain().of(address))
        .isEqualTo(address)
        .hasSameClassAs(address)
        .hasToString(text);
    assertThat(address).hasToString(text);
    assertThat(RoundTrip.plain().of(new InetSocketAddress(address, 80)))
        .hasToString(text.contains(":") ? text.replace("/", "/[") + "]:80" : text + ":80");
  }

  static Stream<StackTraceElement> frames() {
    var throwable = new Throwable();
    return Stream.of(
        throwable.getStackTrace()[0],
        throwable.getStackTrace()[throwable.getStackTrace().length - 1],
        new StackTraceElement("app", "java.base", "17", "a.B", "m", "B.java", 7),
        new StackTraceElement(null, "m", null, "a.B", "m", null, -1));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void aFrameOfAStackArrivesAsItPrints(StackTraceElement frame) {
    assertThat(RoundTrip.plain().of(frame))
        .isInstanceOf(StackTraceElement.class)
        .hasToString(frame.toString());
  }

  @Test
  void aUrlArrivesAsItsText() throws MalformedURLException {
    @Nullable Object copy = RoundTrip.plain().of(new URL("http://nowhere.invalid:81/a?b#c"));

    assertThat(copy).isInstanceOf(URL.class).hasToString("http://nowhere.invalid:81/a?b#c");
  }

  @Test
  void aPathOfAnotherFileSystemIsAReference(@TempDir Path folder) throws Exception {
    var roundTrip = RoundTrip.plain();
    Path archive = folder.resolve("a.zip");
    try (FileSystem zip = FileSystems.newFileSystem(archive, java.util.Map.of("create", "true"))) {
      Files.createFile(zip.getPath("inside"));
      Path inside = zip.getPath("inside");
      roundTrip.of(inside);
      assertThat(roundTrip.references().sent).containsExactly(inside);
    }
  }

  @Test
  void aValueThatTheReceiverCannotBuildFailsInWords() {
    byte[] unknownCharset = Wire.bytes("91 93 0d 07 a7'x-never'");

    assertThatThrownBy(() -> RoundTrip.plain().read(unknownCharset))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage("Cannot pass args[0]: this is no java.nio.charset.Charset here: x-never");
  }

  private static ByteBuffer direct(int... bytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length);
    for (int b : bytes) {
      buffer.put((byte) b);
    }
    return buffer.flip();
  }
}
