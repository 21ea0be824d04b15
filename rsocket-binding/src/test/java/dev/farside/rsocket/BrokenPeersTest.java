package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import dev.farside.codec.Header;
import dev.farside.codec.Limits;
import dev.farside.codec.Message;
import dev.farside.codec.Reference;
import dev.farside.codec.Shape;
import dev.farside.codec.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** Whatever a peer sends, it gets a clear error, and nobody else notices. */
@Timeout(60)
@SuppressWarnings({"StringCharset", "UnnecessaryLambda"}) // raw bytes, and a table of behaviours
class BrokenPeersTest {
  private static final String OURS = "application/x-farside.v1";
  private static final byte[] NOTHING = {};
  private static final long SEED = 20060102;

  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final Supplier<Integer> one = () -> 1;
  private final Farside far =
      Farside.builder().bind("one", one).bind("list", List.of(1, 2)).onPeer(peers::add).build();
  private final Farside near = Farside.create();
  private Listener listener;
  private Supplier<Integer> healthy;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void connectAHealthyPeer() {
    listener = far.listenNow("tcp://127.0.0.1:0");
    healthy = near.connectNow(listener.uri()).lookup("one", Supplier.class);
    await().until(() -> peers.size() == 1);
  }

  @AfterEach
  void theHealthyPeerNoticedNothing() {
    try {
      assertThat(healthy.get()).isEqualTo(1);
      for (Peer peer : peers) {
        await()
            .untilAsserted(
                () -> {
                  System.gc();
                  assertThat(peer.stats().exports()).as("exports").isZero();
                  assertThat(peer.stats().imports()).as("imports").isZero();
                  assertThat(peer.stats().pendingCalls()).as("pending").isZero();
                });
      }
    } finally {
      near.close();
      far.close();
    }
  }

  private RawPeer greeted() {
    return RawPeer.greeted(listener.uri());
  }

  private static byte[] one(long id) {
    return RawPeer.call(id, new Target.Root("one"), "get");
  }

  /** A body of no values. */
  private static final byte[] NO_ARGUMENTS = {(byte) 0x90};

  @Test
  void aPeerOfOurOwnMakingIsServed() {
    try (RawPeer raw = greeted()) {
      assertThat(raw.request(one(1), NO_ARGUMENTS)).isEqualTo("Returned");
    }
  }

  private void assertRejected(String mimeType, byte[] greeting) {
    try (RawPeer raw = RawPeer.connect(listener.uri(), mimeType, greeting)) {
      Mono.from(raw.onClose()).onErrorComplete().block(Duration.ofSeconds(20));
      assertThat(raw.isClosed()).isTrue();
    }
    assertThat(peers).hasSize(1);
  }

  @Test
  void whoGreetsInAnotherWayIsRejected() {
    assertRejected("text/plain", RawPeer.hello(1, 1));
    assertRejected(OURS, NOTHING);
    assertRejected(OURS, "hello".getBytes(StandardCharsets.UTF_8));
    assertRejected(OURS, one(1));
    byte[] wrongMagic = RawPeer.hello(1, 1);
    wrongMagic[3] ^= 1;
    assertRejected(OURS, wrongMagic);
    byte[] hello = RawPeer.hello(1, 1);
    assertRejected(OURS, Arrays.copyOf(hello, hello.length - 1));
    assertRejected(OURS, Arrays.copyOf(hello, hello.length + 1));
  }

  @Test
  void whoSpeaksAnotherVersionIsToldSo() {
    try (RawPeer raw = RawPeer.connect(listener.uri(), OURS, RawPeer.hello(2, 9))) {
      assertThat(raw.request(RawPeer.hello(2, 9), NOTHING))
          .isEqualTo(
              "client 2 of "
                  + listener.uri()
                  + " speaks versions 2 to 9 of the protocol, we speak 1;"
                  + " use the same release on both sides");
    }
  }

  @Test
  void whoGreetsTwiceIsOnePeer() {
    try (RawPeer raw = greeted()) {
      for (int i = 0; i < 5; i++) {
        assertThat(raw.request(RawPeer.hello(1, 1), NOTHING))
            .isEqualTo("client 2 of " + listener.uri() + " greeted twice");
      }
      assertThat(raw.request(one(1), NO_ARGUMENTS)).isEqualTo("Returned");
      await().until(() -> peers.size() > 1);
      assertThat(peers).doesNotHaveDuplicates();
    }
  }

  @Test
  void anEmptyHeaderIsMalformed() {
    String message = "Malformed message header at byte 0 of 0: it ends too early";
    try (RawPeer raw = greeted()) {
      assertThat(raw.request(NOTHING, NOTHING)).isEqualTo(message);
      assertThat(raw.stream(NOTHING, NOTHING)).isEqualTo(message);
      assertThat(raw.channel(NOTHING, NOTHING)).isEqualTo(message);
      raw.send(NOTHING, NOTHING);
      raw.push(new byte[] {1, 2, 3});
      assertThat(raw.request(one(1), NO_ARGUMENTS)).isEqualTo("Returned");
    }
  }

  @Test
  void anUnknownKindOfMessageIsToldSo() {
    String message = "Malformed message header at byte 1 of 2: unknown kind of message 99";
    byte[] unknown = {99, 0};
    try (RawPeer raw = greeted()) {
      assertThat(raw.request(unknown, NOTHING)).isEqualTo(message);
      assertThat(raw.stream(unknown, NOTHING)).isEqualTo(message);
      assertThat(raw.channel(unknown, NOTHING)).isEqualTo(message);
      raw.send(unknown, NOTHING);
      assertThat(raw.request(one(1), NO_ARGUMENTS)).isEqualTo("Returned");
    }
  }

  @Test
  void aMessageInTheWrongPlaceIsToldSo() {
    byte[] items = Header.of(new Message.Items()).toBytes();
    try (RawPeer raw = greeted()) {
      String message = "The peer asked for an answer to a Items[]";
      assertThat(raw.request(items, NOTHING)).isEqualTo(message);
      assertThat(raw.stream(items, NOTHING)).isEqualTo(message);
      assertThat(raw.channel(items, NOTHING)).isEqualTo(message);
      raw.send(items, NOTHING);
      raw.send(RawPeer.hello(1, 1), NOTHING);
      raw.send(Header.of(new Message.Subscribe(1, new Target.Root("one"))).toBytes(), NOTHING);
      assertThat(raw.request(one(1), NO_ARGUMENTS)).isEqualTo("Returned");
    }
  }

  @Test
  void aTruncatedCallIsToldSo() {
    byte[] whole = one(1);
    try (RawPeer raw = greeted()) {
      for (int length = 0; length < whole.length; length++) {
        assertThat(raw.request(Arrays.copyOf(whole, length), NO_ARGUMENTS))
            .startsWith("Malformed message header at byte ")
            .contains(" of " + length + ": ");
      }
      assertThat(raw.request(Arrays.copyOf(whole, whole.length + 1), NO_ARGUMENTS))
          .endsWith(": 1 bytes are left over");
      assertThat(raw.request(whole, NOTHING))
          .isEqualTo("Malformed message body at byte 0 of 0: it ends too early");
    }
  }

  @Test
  void whatDoesNotExistIsToldSo() {
    try (RawPeer raw = greeted()) {
      assertThat(raw.request(RawPeer.call(1, new Target.Export(7), "get"), NO_ARGUMENTS))
          .isEqualTo("The object #7 is not referenced any more: it was released; look it up again");
      assertThat(raw.request(RawPeer.call(1, new Target.Root("two"), "get"), NO_ARGUMENTS))
          .isEqualTo("Nothing is bound to \"two\"; bound are [list, one]");
      assertThat(
              raw.request(RawPeer.call(1, new Target.Statics("java.lang.Runtime"), "x"), NOTHING))
          .isEqualTo(
              "java.lang.Runtime may not be imported from here: the owner must name it in"
                  + " Farside.builder().allowImport(Runtime.class)");
      assertThat(raw.request(RawPeer.call(1, new Target.Root("one"), "exit"), NO_ARGUMENTS))
          .contains("has no public method exit() in a public type; it has ");
      assertThat(
              raw.stream(
                  Header.of(new Message.Subscribe(1, new Target.Statics("java.lang.Runtime")))
                      .toBytes(),
                  NOTHING))
          .isEqualTo("The peer subscribed to java.lang.Runtime, which is no publisher");
    }
  }

  /** Fails in all ways in which a loader of an application may. */
  private static final class FailingLoader extends ClassLoader {
    FailingLoader() {
      super(BrokenPeersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      switch (name) {
        case "acme.Failing" -> throw new IllegalStateException("expected");
        case "acme.Broken" -> throw new AssertionError("expected");
        default -> {
          return super.loadClass(name, resolve);
        }
      }
    }
  }

  @Test
  void whatFailsBeforeACallBeginsFailsThatCallOnly() {
    try (Farside failing =
            Farside.builder()
                .classLoader(new FailingLoader())
                .allowImportPackage("acme")
                .bind("one", one)
                .build();
        RawPeer raw = RawPeer.greeted(failing.listenNow("tcp://127.0.0.1:0").uri())) {
      for (String name : List.of("acme.Failing", "acme.Broken")) {
        String message = "The peer could not begin with the call: java.lang.";
        byte[] call = RawPeer.call(1, new Target.Statics(name), "x");
        assertThat(raw.request(call, NO_ARGUMENTS)).startsWith(message).endsWith(": expected");
        assertThat(raw.stream(call, NO_ARGUMENTS)).startsWith(message).endsWith(": expected");
        assertThat(raw.channel(call, NO_ARGUMENTS)).startsWith(message).endsWith(": expected");
        raw.send(call, NO_ARGUMENTS);
        assertThat(raw.request(one(2), NO_ARGUMENTS)).isEqualTo("Returned");
      }
    }
  }

  @Test
  void releasesAndCancelsOfWhatIsUnknownDoNothing() {
    try (RawPeer raw = greeted()) {
      raw.send(
          Header.of(
                  new Message.Release(
                      List.of(
                          new Message.Release.Count(1, 1),
                          new Message.Release.Count(-1, Long.MAX_VALUE),
                          new Message.Release.Count(2, -5))))
              .toBytes(),
          NOTHING);
      raw.send(Header.of(new Message.Cancel(99, false)).toBytes(), NOTHING);
      raw.send(Header.of(new Message.Cancel(99, true)).toBytes(), NOTHING);
      raw.send(Header.of(new Message.KnowsShapes(List.of(0, 5, 1 << 30))).toBytes(), NOTHING);
      assertThat(raw.request(one(1), NO_ARGUMENTS)).isEqualTo("Returned");
    }
  }

  @Test
  void claimsOfHugeSizesCostNothing() {
    byte[] hugeRelease = {8, -1, -1, -1, -1, 7};
    byte[] manyReleases = {8, -128, -128, 64};
    byte[] manyReferences = {3, -128, -128, 4};
    byte[] hugeText = concat(new byte[] {1, 1, 1, -1, -1, -1, -1, 7}, new byte[10]);
    byte[] longNumber = {2, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    try (RawPeer raw = greeted()) {
      for (byte[] header :
          List.of(hugeRelease, manyReleases, manyReferences, hugeText, longNumber)) {
        assertThat(raw.request(header, NO_ARGUMENTS)).startsWith("Malformed message header at ");
        raw.send(header, NO_ARGUMENTS);
      }
      byte[] hugeArray = {(byte) 0xdd, 0x7f, -1, -1, -1};
      assertThat(raw.request(one(1), hugeArray))
          .isEqualTo(
              "Malformed message body at byte 5 of 5: a part claims 2147483647 elements or bytes,"
                  + " but 0 bytes remain");
    }
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static final Shape SHAPE =
      new Shape(Shape.Kind.OBJECT, List.of("java.util.function.Supplier"), false, false);

  private static byte[] withReferences(Message message, Reference... references) {
    return new Header(message, List.of(references)).toBytes();
  }

  @Test
  void referencesOfAMessageThatIsRefusedAreReleased() {
    Reference known = new Reference.Sent(1, 1, SHAPE);
    Reference unknownShape = new Reference.Sent(2, 77, null);
    try (RawPeer raw = greeted()) {
      byte[] call = withReferences(Header.parse(one(1), Limits.DEFAULT).message(), known);
      assertThat(raw.request(call, NO_ARGUMENTS)).isEqualTo("Returned");
      assertThat(raw.request(call, NOTHING)).startsWith("Malformed message body");
      assertThat(raw.request(withReferences(new Message.Returned(), known), NOTHING))
          .isEqualTo("The peer asked for an answer to a Returned[]");
      assertThat(raw.request(withReferences(new Message.Returned(), known, unknownShape), NOTHING))
          .isEqualTo("The peer sent the shape number 77 without its shape");
      Message hello = Header.parse(RawPeer.hello(1, 1), Limits.DEFAULT).message();
      raw.request(withReferences(hello, known), NOTHING);
      raw.stream(withReferences(new Message.Subscribe(5, new Target.Root("list")), known), NOTHING);
      raw.send(withReferences(new Message.Cancel(5, false), known), NOTHING);
      raw.send(withReferences(new Message.Release(List.of()), known), NOTHING);
      raw.send(withReferences(new Message.KnowsShapes(List.of()), known), NOTHING);
      raw.send(withReferences(new Message.Opened(), known), NOTHING);
      await().until(() -> peers.size() > 1);
      assertThat(raw.request(one(2), NO_ARGUMENTS)).isEqualTo("Returned");
      Peer session = peers.get(1);
      await()
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(session.stats().imports()).isZero();
              });
    }
  }

  @Test
  void randomBytesHarmNobody() {
    var random = new Random(SEED);
    try (RawPeer raw = greeted()) {
      for (int i = 0; i < 300; i++) {
        byte[] header = random(random, 40);
        byte[] body = random(random, 40);
        switch (i % 4) {
          case 0 -> assertThat(raw.request(header, body)).isNotEmpty();
          case 1 -> assertThat(raw.stream(header, body)).isNotEmpty();
          case 2 -> assertThat(raw.channel(header, body)).isNotEmpty();
          default -> raw.send(header, body);
        }
      }
      assertThat(raw.request(one(1), NO_ARGUMENTS)).isEqualTo("Returned");
    }
  }

  @Test
  void callsWithSomeBitsTurnedHarmNobody() {
    var random = new Random(SEED);
    byte[] whole =
        withReferences(
            Header.parse(one(1), Limits.DEFAULT).message(), new Reference.Sent(1, 1, SHAPE));
    try (RawPeer raw = greeted()) {
      for (int i = 0; i < 300; i++) {
        byte[] header = whole.clone();
        header[random.nextInt(header.length)] ^= (byte) (1 << random.nextInt(8));
        switch (i % 4) {
          case 0 -> assertThat(raw.request(header, NO_ARGUMENTS)).isNotEmpty();
          case 1 -> assertThat(raw.stream(header, NO_ARGUMENTS)).isNotEmpty();
          case 2 -> assertThat(raw.channel(header, NO_ARGUMENTS)).isNotEmpty();
          default -> raw.send(header, NO_ARGUMENTS);
        }
      }
      assertThat(raw.request(one(1), NO_ARGUMENTS)).isEqualTo("Returned");
    }
  }

  private static byte[] random(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    if (bytes.length > 0 && random.nextBoolean()) {
      bytes[0] = (byte) (1 + random.nextInt(9));
    }
    return bytes;
  }

  @Test
  void whoSpeaksHttpWaitsAloneAndIsForgottenWhenItGoes() throws IOException {
    URI address = URI.create(listener.uri());
    var sockets = new ArrayList<Socket>();
    for (int i = 0; i < 5; i++) {
      var socket = new Socket(address.getHost(), address.getPort());
      sockets.add(socket);
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(healthy.get()).isEqualTo(1);
    }
    for (Socket socket : sockets) {
      socket.close();
    }
    assertThat(peers).hasSize(1);
  }

  @Test
  void whoSpeaksNonsenseIsClosed() throws IOException {
    URI address = URI.create(listener.uri());
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(new byte[] {0, 0, 6, 9, 9, 9, 9, 9, 9});
      socket.getOutputStream().flush();
      while (socket.getInputStream().read() >= 0) {
        // whatever it says before it closes
      }
    }
  }
}
