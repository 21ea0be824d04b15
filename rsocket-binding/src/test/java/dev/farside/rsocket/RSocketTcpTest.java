package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rsocket.DuplexConnection;
import io.rsocket.exceptions.RejectedSetupException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/** The transport by itself: what it carries is RSocket's business. */
@Timeout(60)
class RSocketTcpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int openBefore = OpenBuffers.count();
  private final List<RSocketTcpServer.Bound> servers = new ArrayList<>();
  private final BlockingQueue<DuplexConnection> accepted = new LinkedBlockingQueue<>();

  @AfterEach
  void nothingIsLeft() {
    servers.forEach(RSocketTcpServer.Bound::dispose);
    servers.forEach(server -> server.onClose().block(PATIENCE));
    accepted.forEach(DuplexConnection::dispose);
    await()
        .untilAsserted(
            () -> {
              assertThat(ioThreads()).isEmpty();
              assertThat(OpenBuffers.count()).isEqualTo(openBefore);
            });
  }

  private static List<String> ioThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("farside-io-"))
        .toList();
  }

  private static InetSocketAddress loopback(int port) {
    return InetSocketAddress.createUnresolved("127.0.0.1", port);
  }

  private RSocketTcpServer.Bound listen(Function<DuplexConnection, Mono<Void>> acceptor) {
    return listen(loopback(0), acceptor);
  }

  private RSocketTcpServer.Bound listen(
      InetSocketAddress address, Function<DuplexConnection, Mono<Void>> acceptor) {
    var server = new RSocketTcpServer(address).start(acceptor::apply).block(PATIENCE);
    servers.add(server);
    return server;
  }

  /** Remembers the connection, for the test to use. */
  private Mono<Void> keep(DuplexConnection connection) {
    accepted.add(connection);
    return connection.onClose();
  }

  /** Sends back what comes. */
  private Mono<Void> echo(DuplexConnection connection) {
    connection.receive().subscribe(frame -> connection.sendFrame(1, frame), e -> {});
    return keep(connection);
  }

  private static DuplexConnection connect(RSocketTcpServer.Bound server) {
    return new RSocketTcpClient(loopback(server.port())).connect().block(PATIENCE);
  }

  private static Socket socket(RSocketTcpServer.Bound server) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static ByteBuf text(String text) {
    return ByteBufUtil.writeAscii(ByteBufAllocator.DEFAULT, text);
  }

  private DuplexConnection accepted() throws InterruptedException {
    DuplexConnection connection = accepted.poll(20, TimeUnit.SECONDS);
    accepted.add(connection);
    return connection;
  }

  /** What comes in, as texts, then how it ended. */
  private static BlockingQueue<String> received(DuplexConnection connection) {
    var received = new LinkedBlockingQueue<String>();
    connection
        .receive()
        .map(frame -> frame.toString(StandardCharsets.US_ASCII))
        .materialize()
        .map(RSocketTcpTest::text)
        .subscribe(received::add);
    return received;
  }

  private static String text(Signal<String> signal) {
    return signal.isOnNext()
        ? signal.get()
        : signal.isOnError() ? signal.getThrowable().getClass().getSimpleName() : "complete";
  }

  private static String next(BlockingQueue<String> received) throws InterruptedException {
    return received.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void framesGoBothWays() throws InterruptedException {
    DuplexConnection here = connect(listen(this::keep));
    DuplexConnection there = accepted();
    var atHere = received(here);
    var atThere = received(there);
    here.sendFrame(1, text("one"));
    here.sendFrame(0, text("two"));
    assertThat(next(atThere)).isEqualTo("one");
    assertThat(next(atThere)).isEqualTo("two");
    there.sendFrame(1, text("three"));
    assertThat(next(atHere)).isEqualTo("three");
    assertThat(here.remoteAddress()).hasToString("/127.0.0.1:" + servers.get(0).port());
    assertThat(here.availability()).isEqualTo(1);
    here.dispose();
    assertThat(next(atHere)).isEqualTo("ClosedChannelException");
    assertThat(next(atThere)).isEqualTo("ClosedChannelException");
  }

  @Test
  void whenTheOtherSideClosesBothAreClosedAndNobodyFails() throws InterruptedException {
    DuplexConnection here = connect(listen(this::keep));
    DuplexConnection there = accepted();
    var atHere = received(here);
    var atThere = received(there);
    there.sendFrame(1, text("the last"));
    there.dispose();
    assertThat(next(atHere)).isEqualTo("the last");
    assertThat(next(atHere)).isEqualTo("ClosedChannelException");
    assertThat(next(atThere)).isEqualTo("ClosedChannelException");
    here.onClose().block(PATIENCE);
    there.onClose().block(PATIENCE);
    assertThat(here.isDisposed()).isTrue();
    assertThat(here.availability()).isZero();
  }

  @Test
  void aConnectionMayBeDisposedOfAgainFromAnyThreadAndFramesAfterwardsAreReleased()
      throws InterruptedException {
    DuplexConnection here = connect(listen(this::keep));
    var running = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 4; i++) {
      running.add(
          CompletableFuture.runAsync(
              () -> {
                for (int frame = 0; frame < 100; frame++) {
                  here.sendFrame(1, text("some"));
                }
                here.dispose();
                here.sendFrame(1, text("late"));
                here.sendFrame(0, text("late"));
              },
              task -> new Thread(task).start()));
    }
    running.forEach(CompletableFuture::join);
    here.onClose().block(PATIENCE);
    here.dispose();
    here.sendFrame(1, text("late"));
    here.sendErrorAndClose(new RejectedSetupException("late"));
    accepted().dispose();
  }

  @Test
  void whoSubscribesAfterTheEndIsToldOfIt() throws InterruptedException {
    DuplexConnection here = connect(listen(this::keep));
    here.dispose();
    here.onClose().block(PATIENCE);
    assertThat(next(received(here))).isEqualTo("ClosedChannelException");
    DuplexConnection there = accepted();
    assertThat(next(received(there))).isEqualTo("ClosedChannelException");
  }

  @Test
  void onlyOneMaySubscribe() {
    DuplexConnection here = connect(listen(this::keep));
    received(here);
    assertThatThrownBy(() -> here.receive().blockLast(PATIENCE))
        .isInstanceOf(IllegalStateException.class);
    here.dispose();
  }

  @Test
  void anErrorIsSentBeforeTheConnectionCloses() throws InterruptedException {
    DuplexConnection here = connect(listen(this::keep));
    var atHere = received(here);
    DuplexConnection there = accepted();
    var atThere = received(there);
    there.sendFrame(1, Unpooled.wrappedBuffer(new byte[5 << 20]));
    there.sendErrorAndClose(new RejectedSetupException("we are closed"));
    assertThat(next(atHere)).hasSize(5 << 20);
    assertThat(next(atHere)).endsWith("we are closed");
    assertThat(next(atHere)).isEqualTo("ClosedChannelException");
    assertThat(next(atThere)).isEqualTo("complete");
    there.onClose().block(PATIENCE);
  }

  @Test
  void whoWritesToAPeerThatHasGoneStillReadsWhatItSaid() throws Exception {
    for (int i = 0; i < 20; i++) {
      var here = (RSocketTcpConnection) connect(listen(this::keep));
      DuplexConnection there = accepted.poll(20, TimeUnit.SECONDS);
      here.sendFrame(1, text("unread"));
      there.sendErrorAndClose(new RejectedSetupException("no"));
      there.onClose().block(PATIENCE);
      while (!here.isDisposed()) {
        here.sendFrame(1, Unpooled.wrappedBuffer(new byte[1000]));
      }
      var atHere = received(here);
      assertThat(next(atHere)).endsWith("no");
      here.onClose().onErrorComplete().block(PATIENCE);
    }
  }

  @Test
  void anInterruptedThreadMaySend() throws InterruptedException {
    DuplexConnection here = connect(listen(this::echo));
    var atHere = received(here);
    Thread.currentThread().interrupt();
    here.sendFrame(1, text("interrupted"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(next(atHere)).isEqualTo("interrupted");
    here.dispose();
  }

  /** Fails at each frame, as no operator of Reactor's does. */
  private record FailingReceiver(RuntimeException failure) implements CoreSubscriber<ByteBuf> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuf frame) {
      throw failure;
    }

    @Override
    public void onError(Throwable e) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void aReceiverThatFailsLosesItsConnectionAndNoOther() {
    var server = listen(this::echo);
    var failure = new IllegalStateException("expected by the test");
    DuplexConnection bad = connect(server);
    bad.receive().subscribe(new FailingReceiver(failure));
    DuplexConnection good = connect(server);
    bad.sendFrame(1, text("bad"));
    assertThatThrownBy(() -> bad.onClose().block(PATIENCE)).isSameAs(failure);
    good.sendFrame(1, text("good"));
    assertThat(good.receive().blockFirst(PATIENCE).readableBytes()).isEqualTo(4);
    good.dispose();
  }

  @Test
  void aConnectionThatIsRefusedByTheAcceptorIsClosed() throws IOException {
    var failing = listen(connection -> Mono.error(new IllegalStateException("not you")));
    var throwing =
        listen(
            connection -> {
              throw new IllegalStateException("not you");
            });
    for (var server : List.of(failing, throwing, failing, throwing)) {
      try (Socket socket = socket(server)) {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void aReset() throws Exception {
    var server = listen(this::echo);
    for (int i = 0; i < 10; i++) {
      Socket socket = socket(server);
      socket.setSoLinger(true, 0);
      send(socket.getOutputStream(), new byte[100_000]);
      socket.close();
      accepted.poll(20, TimeUnit.SECONDS).onClose().onErrorComplete().block(PATIENCE);
    }
    assertEchoes(server);
  }

  @Test
  void whoHasSentItsLastByteIsClosed() throws Exception {
    try (Socket socket = socket(listen(this::echo))) {
      send(socket.getOutputStream(), new byte[3]);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).hasSize(6);
    }
  }

  private static void send(OutputStream out, byte[] frame) throws IOException {
    byte[] bytes = new byte[3 + frame.length];
    bytes[0] = (byte) (frame.length >> 16);
    bytes[1] = (byte) (frame.length >> 8);
    bytes[2] = (byte) frame.length;
    System.arraycopy(frame, 0, bytes, 3, frame.length);
    out.write(bytes);
    out.flush();
  }

  private static byte[] receive(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    byte[] frame = new byte[in.readUnsignedByte() << 16 | in.readUnsignedShort()];
    in.readFully(frame);
    return frame;
  }

  private static void assertEchoes(RSocketTcpServer.Bound server) throws IOException {
    try (Socket socket = socket(server)) {
      for (int i = 0; i < 50; i++) {
        byte[] frame = {1, 2, (byte) i};
        send(socket.getOutputStream(), frame);
        assertThat(receive(socket)).isEqualTo(frame);
      }
    }
  }

  @Test
  void hostileClientsLeaveTheServerUsable() throws Exception {
    var server = listen(this::echo);
    var random = new Random(1);
    var silent = new ArrayList<Socket>();
    for (int i = 0; i < 60; i++) {
      Socket socket = socket(server);
      byte[] garbage = new byte[random.nextInt(5000)];
      random.nextBytes(garbage);
      switch (i % 4) {
        case 0 -> socket.getOutputStream().write(garbage);
        case 1 -> socket.getOutputStream().write(new byte[] {-1, -1});
        case 2 -> socket.getOutputStream().write(new byte[] {-1, -1, -1, 7});
        default -> {}
      }
      if (i % 3 == 0) {
        silent.add(socket);
      } else {
        socket.setSoLinger(i % 3 == 1, 0);
        socket.close();
      }
      if (i % 20 == 0) {
        assertEchoes(server);
      }
    }
    assertEchoes(server);
    for (Socket socket : silent) {
      socket.close();
    }
    for (DuplexConnection connection : accepted) {
      connection.onClose().onErrorComplete().block(PATIENCE);
    }
  }

  @Test
  void aPeerThatDoesNotReadHoldsUpNobodyElse() throws Exception {
    var server = listen(this::echo);
    Socket slow = socket(server);
    send(slow.getOutputStream(), new byte[] {1});
    DuplexConnection toSlow = accepted();
    for (int i = 0; i < 20; i++) {
      toSlow.sendFrame(1, ByteBufAllocator.DEFAULT.directBuffer().writeZero(1 << 20));
    }
    for (int i = 0; i < 4; i++) {
      assertEchoes(server);
    }
    assertThat(OpenBuffers.count()).isGreaterThan(openBefore + 5);
    assertThat(toSlow.isDisposed()).isFalse();
    toSlow.dispose();
    await().untilAsserted(() -> assertThat(OpenBuffers.count()).isEqualTo(openBefore));
    slow.close();
  }

  @Test
  void whatAPeerReadsSlowlyArrivesWhole() throws Exception {
    try (Socket slow = socket(listen(this::keep))) {
      DuplexConnection toSlow = accepted();
      for (int i = 0; i < 20; i++) {
        toSlow.sendFrame(
            1, ByteBufAllocator.DEFAULT.directBuffer().writeZero(1 << 20).setByte(0, i));
      }
      for (int i = 0; i < 20; i++) {
        byte[] frame = receive(slow);
        assertThat(frame).hasSize(1 << 20);
        assertThat(frame[0]).isEqualTo((byte) i);
      }
    }
  }

  @Test
  void aHundredConnectionsLeaveNothing() throws InterruptedException {
    var server = listen(this::echo);
    for (int i = 0; i < 100; i++) {
      DuplexConnection here = connect(server);
      here.receive().subscribe(null, e -> {});
      here.sendFrame(1, text("hello"));
      DuplexConnection there = accepted.poll(20, TimeUnit.SECONDS);
      (i % 2 == 0 ? here : there).dispose();
      there.onClose().onErrorComplete().block(PATIENCE);
      here.onClose().onErrorComplete().block(PATIENCE);
    }
  }

  @Test
  void manyConnectionsOfManyThreadsCarryEverythingWholeAndInOrder() {
    var server = listen(this::echo);
    var running = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < 6; i++) {
      running.add(stress(connect(server), i));
    }
    running.forEach(done -> done.orTimeout(50, TimeUnit.SECONDS).join());
  }

  private static final int STRESS_THREADS = 3;
  private static final int STRESS_FRAMES = 120;

  private static CompletableFuture<Void> stress(DuplexConnection connection, int seed) {
    var done = new CompletableFuture<Void>();
    int[] next = new int[STRESS_THREADS];
    connection
        .receive()
        .doOnNext(frame -> check(frame, next))
        .take(STRESS_THREADS * STRESS_FRAMES)
        .doOnTerminate(connection::dispose)
        .subscribe(null, done::completeExceptionally, () -> done.complete(null));
    for (int thread = 0; thread < STRESS_THREADS; thread++) {
      int id = thread;
      new Thread(
              () -> {
                var random = new Random(STRESS_THREADS * seed + id);
                for (int i = 0; i < STRESS_FRAMES; i++) {
                  connection.sendFrame(1, frame(random, id, i));
                }
              })
          .start();
    }
    return done;
  }

  private static ByteBuf frame(Random random, int thread, int number) {
    byte[] bytes =
        new byte[random.nextInt(10) == 0 ? random.nextInt(1 << 20) : random.nextInt(500)];
    random.nextBytes(bytes);
    ByteBuf frame = number % 2 == 0 ? Unpooled.buffer() : ByteBufAllocator.DEFAULT.directBuffer();
    return frame
        .writeByte(thread)
        .writeInt(number)
        .writeLong(checksum(ByteBuffer.wrap(bytes)))
        .writeBytes(bytes);
  }

  private static void check(ByteBuf frame, int[] next) {
    assertThat(frame.getInt(1)).isEqualTo(next[frame.getByte(0)]++);
    assertThat(checksum(frame.nioBuffer(13, frame.readableBytes() - 13)))
        .isEqualTo(frame.getLong(5));
  }

  private static long checksum(ByteBuffer bytes) {
    var checksum = new CRC32();
    checksum.update(bytes);
    return checksum.getValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::]"})
  void hostsOfAllKinds(String host) {
    var server = listen(InetSocketAddress.createUnresolved(host, 0), this::echo);
    DuplexConnection here =
        new RSocketTcpClient(InetSocketAddress.createUnresolved(host, server.port()))
            .connect()
            .block(PATIENCE);
    here.sendFrame(1, text("hello"));
    assertThat(here.receive().blockFirst(PATIENCE).readableBytes()).isEqualTo(5);
    here.dispose();
  }

  @Test
  void eachAddressOfAHostIsTried() throws IOException {
    var server = listen(this::echo);
    InetAddress nobody = InetAddress.getByName("127.0.0.2");
    InetAddress somebody = InetAddress.getLoopbackAddress();
    var client = new RSocketTcpClient(loopback(server.port()));
    client.connect(new InetAddress[] {nobody, somebody}, 0).block(PATIENCE).dispose();
    assertThatThrownBy(() -> client.connect(new InetAddress[] {nobody, nobody}, 0).block(PATIENCE))
        .hasRootCauseMessage("Connection refused")
        .hasMessageContaining("Connection refused: /127.0.0.2:" + server.port());
  }

  @Test
  void whereNobodyListensNobodyConnects() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> new RSocketTcpClient(loopback(port)).connect().block(PATIENCE))
        .hasMessageContaining("Connection refused: /127.0.0.1:" + port);
  }

  @Test
  void aHostThatIsUnknownIsToldSo() {
    var unknown = InetSocketAddress.createUnresolved("no.such.host.invalid", 1);
    assertThatThrownBy(() -> new RSocketTcpClient(unknown).connect().block(PATIENCE))
        .hasCauseInstanceOf(UnknownHostException.class)
        .hasMessageContaining("no.such.host.invalid");
    assertThatThrownBy(() -> listen(unknown, this::echo))
        .hasCauseInstanceOf(UnknownHostException.class)
        .hasMessageContaining("no.such.host.invalid");
  }

  @Test
  void aPortThatIsTakenIsRefused() {
    var server = listen(this::echo);
    assertThatThrownBy(() -> listen(loopback(server.port()), this::echo))
        .hasRootCauseMessage("Address already in use");
  }

  @Test
  void aServerThatCouldNotAcceptTriesAgain() throws IOException {
    var server = listen(this::echo);
    server.failed(new IOException("Too many open files, says the test"));
    assertEchoes(server);
    server.failed(new IOException("Too many open files, says the test"));
    server.dispose();
    server.onClose().block(PATIENCE);
    server.failed(new IOException("late"));
  }

  @Test
  void aPortIsFreeOnceTheServerIsClosedAndItsConnectionsGoOn() throws InterruptedException {
    var server = listen(this::echoOnceGreeted);
    DuplexConnection here = connect(server);
    var atHere = new LinkedBlockingQueue<Integer>();
    here.receive().subscribe(frame -> atHere.add(frame.readableBytes()), e -> {});
    here.sendFrame(1, text("hello"));
    assertThat(atHere.poll(20, TimeUnit.SECONDS)).isEqualTo(5);
    for (int i = 0; i < 10; i++) {
      server.dispose();
      server.dispose();
      server.onClose().block(PATIENCE);
      assertThat(server.isDisposed()).isTrue();
      server = listen(loopback(server.port()), this::echo);
    }
    here.sendFrame(1, text("again!"));
    assertThat(atHere.poll(20, TimeUnit.SECONDS)).isEqualTo(6);
    here.dispose();
  }

  /** As RSocket's own acceptor: done with a connection once it has a session. */
  private Mono<Void> echoOnceGreeted(DuplexConnection connection) {
    echo(connection).subscribe(null, e -> {});
    return Mono.empty();
  }

  @Test
  void aConnectionThatHasNotGreetedEndsWithItsServer() {
    var server = listen(DuplexConnection::onClose);
    DuplexConnection here = connect(server);
    var end = here.receive().then().toFuture();
    server.dispose();
    assertThatThrownBy(() -> end.get(20, TimeUnit.SECONDS)).cause().isInstanceOf(IOException.class);
  }

  /** Wants a connection, until it wants none; drops none. */
  private static final class Waiting implements CoreSubscriber<DuplexConnection> {
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();

    @Override
    public void onSubscribe(Subscription given) {
      subscription.complete(given);
      given.request(1);
    }

    @Override
    public void onNext(DuplexConnection connection) {
      connection.dispose();
    }

    @Override
    public void onError(Throwable e) {}

    @Override
    public void onComplete() {}

    void giveUp() {
      subscription.join().cancel();
    }
  }

  @Test
  void whoGivesUpConnectingLeavesNoConnection() {
    var server = listen(this::echo);
    for (int i = 0; i < 200; i++) {
      var waiting = new Waiting();
      new RSocketTcpClient(loopback(server.port())).connect().subscribe(waiting);
      for (int spin = 0; spin < 50 * i; spin++) {
        Thread.onSpinWait();
      }
      waiting.giveUp();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(accepted)
                    .allSatisfy(connection -> assertThat(connection.isDisposed()).isTrue()));
  }

  @Test
  void whoWaitsForAServerThatDoesNotAnswerMayGiveUp() throws Exception {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var client = new RSocketTcpClient(loopback(full.getLocalPort()));
      var waiting = new ArrayList<Disposable>();
      for (int i = 0; i < 5; i++) {
        waiting.add(client.connect().subscribe(DuplexConnection::dispose));
      }
      await().until(() -> !ioThreads().isEmpty());
      waiting.forEach(Disposable::dispose);
      await().untilAsserted(() -> assertThat(ioThreads()).isEmpty());
    }
  }
}
