package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.scheduler.Schedulers;

@Timeout(60)
class IoLoopTest {
  private final String name = "loop " + UUID.randomUUID();
  private final IoLoop loop = new IoLoop(name);

  /** A pipe whose end is read on the loop. */
  private class Reader implements IoLoop.Handler, AutoCloseable {
    final Pipe pipe = Pipe.open();
    final AtomicInteger bytes = new AtomicInteger();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final SelectionKey key;

    Reader() throws IOException {
      key = loop.register(pipe.source(), this);
      loop.await(key, SelectionKey.OP_READ);
    }

    void write() throws IOException {
      pipe.sink().write(ByteBuffer.wrap(new byte[1]));
    }

    void expect(int count) {
      await().until(() -> bytes.get() == count);
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
      assertThat(loop.isCurrentThread()).isTrue();
      ByteBuffer buffer = loop.input();
      int count = pipe.source().read(buffer);
      if (count < 0) {
        loop.close(pipe.source());
      } else {
        bytes.addAndGet(count);
      }
    }

    @Override
    public void failed(Throwable failure) {
      failures.add(failure);
      loop.close(pipe.source());
    }

    @Override
    public void close() throws IOException {
      pipe.sink().close();
      loop.execute(() -> loop.close(pipe.source()));
    }
  }

  private List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .toList();
  }

  private void runAndWait(Runnable task) {
    var done = new CompletableFuture<Void>();
    loop.execute(
        () -> {
          task.run();
          done.complete(null);
        });
    done.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @AfterEach
  void noThreadIsLeft() {
    await().untilAsserted(() -> assertThat(threads()).isEmpty());
  }

  @Test
  void withoutChannelsThereIsNoThread() {
    assertThat(threads()).isEmpty();
  }

  @Test
  void itEndsWithItsLastChannelAndComesBack() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (var first = new Reader();
          var second = new Reader()) {
        first.write();
        first.expect(1);
        runAndWait(() -> loop.close(first.pipe.source()));
        second.write();
        second.expect(1);
        assertThat(threads()).hasSize(1);
      }
      noThreadIsLeft();
    }
  }

  @Test
  void itEndsWhenItsLastChannelClosesAsItIsRead() throws IOException {
    for (int i = 0; i < 20; i++) {
      var reader = new Reader();
      reader.pipe.sink().close();
      noThreadIsLeft();
      assertThat(reader.pipe.source().isOpen()).isFalse();
    }
  }

  @Test
  void aSocketIsFreeWhenATaskRunsAfterItWasClosed() throws IOException {
    InetSocketAddress address = null;
    for (int i = 0; i < 20; i++) {
      var channel = ServerSocketChannel.open();
      channel.bind(
          address == null ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0) : address);
      address = (InetSocketAddress) channel.getLocalAddress();
      loop.register(channel, new Failing());
      var free = new CompletableFuture<Void>();
      loop.execute(
          () -> {
            loop.close(channel);
            loop.execute(() -> free.complete(null));
          });
      free.orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  /** Fails at everything. */
  private static final class Failing implements IoLoop.Handler {
    @Override
    public void ready(SelectionKey key) {
      throw new IllegalStateException("ready");
    }

    @Override
    public void flush() {
      throw new AssertionError("flush");
    }

    @Override
    public void failed(Throwable failure) {
      throw new IllegalStateException("failed");
    }
  }

  @Test
  void tasksRunOnAThreadThatMustNotBlockEvenWithoutChannels() {
    runAndWait(
        () -> {
          assertThat(loop.isCurrentThread()).isTrue();
          assertThat(Thread.currentThread().isDaemon()).isTrue();
          assertThat(Schedulers.isInNonBlockingThread()).isTrue();
        });
    assertThat(loop.isCurrentThread()).isFalse();
  }

  @Test
  void aTaskOfATaskRuns() {
    var ran = new CompletableFuture<Void>();
    runAndWait(() -> loop.execute(() -> loop.execute(() -> ran.complete(null))));
    ran.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void aTaskThatFailsHarmsNoOther() throws IOException {
    try (var reader = new Reader()) {
      loop.execute(
          () -> {
            throw new IllegalStateException("expected by the test");
          });
      loop.execute(
          () -> {
            throw new AssertionError("expected by the test");
          });
      runAndWait(() -> {});
      reader.write();
      reader.expect(1);
    }
  }

  @Test
  void aHandlerThatFailsClosesOnlyItself() throws IOException {
    var failure = new AssertionError("expected by the test");
    try (var good = new Reader();
        var bad =
            new Reader() {
              @Override
              public void ready(SelectionKey ready) {
                throw failure;
              }
            }) {
      bad.write();
      await().until(() -> !bad.pipe.source().isOpen());
      assertThat(bad.failures).containsExactly(failure);
      good.write();
      good.expect(1);
      assertThat(good.failures).isEmpty();
    }
  }

  @Test
  void aHandlerThatFailsToFailHarmsNoOther() throws IOException {
    try (var good = new Reader()) {
      var pipe = Pipe.open();
      SelectionKey key = loop.register(pipe.source(), new Failing());
      loop.await(key, SelectionKey.OP_READ);
      pipe.sink().write(ByteBuffer.wrap(new byte[1]));
      runAndWait(() -> loop.flushLater(new Failing()));
      good.write();
      good.expect(1);
      await().until(() -> !pipe.source().isOpen());
      pipe.sink().close();
    }
  }

  @Test
  void whatIsToBeFlushedIsFlushedAndMayHaveATask() throws IOException {
    try (var reader = new Reader()) {
      for (int i = 0; i < 10; i++) {
        var ran = new CompletableFuture<Void>();
        var flushing =
            new IoLoop.Handler() {
              @Override
              public void ready(SelectionKey key) {}

              @Override
              public void flush() {
                loop.execute(() -> ran.complete(null));
              }

              @Override
              public void failed(Throwable failure) {}
            };
        loop.execute(() -> loop.flushLater(flushing));
        ran.orTimeout(20, TimeUnit.SECONDS).join();
      }
      assertThat(reader.failures).isEmpty();
    }
  }

  @Test
  void closingAgainFromAnyThreadHarmsNoOther() throws Exception {
    try (var good = new Reader()) {
      for (int i = 0; i < 50; i++) {
        var reader = new Reader();
        var together = new CountDownLatch(1);
        loop.execute(
            () -> {
              awaitUninterruptibly(together);
              loop.close(reader.pipe.source());
            });
        together.countDown();
        loop.close(reader.pipe.source());
        reader.close();
      }
      assertThat(threads()).hasSize(1);
      good.write();
      good.expect(1);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aChannelThatIsClosedIsRefused() throws IOException {
    var pipe = Pipe.open();
    pipe.source().close();
    assertThatThrownBy(() -> loop.register(pipe.source(), new Failing()))
        .isInstanceOf(ClosedChannelException.class);
    pipe.sink().close();
  }

  @Test
  void whatWasClosedMeanwhileIsAwaitedInVain() throws IOException {
    try (var reader = new Reader()) {
      runAndWait(() -> loop.close(reader.pipe.source()));
      loop.await(reader.key, SelectionKey.OP_READ);
    }
  }

  @Test
  void anInterruptDoesNotDisturbIt() throws IOException {
    try (var reader = new Reader()) {
      runAndWait(() -> Thread.currentThread().interrupt());
      reader.write();
      reader.expect(1);
      runAndWait(() -> assertThat(Thread.currentThread().isInterrupted()).isFalse());
      assertThat(reader.pipe.source().isOpen()).isTrue();
    }
  }

  @Test
  void manyThreadsMayRegisterAndClose() {
    var running = new ArrayList<CompletableFuture<Void>>();
    for (int thread = 0; thread < 6; thread++) {
      running.add(
          CompletableFuture.runAsync(this::registerAndClose, task -> new Thread(task).start()));
    }
    running.forEach(future -> future.orTimeout(50, TimeUnit.SECONDS).join());
  }

  private void registerAndClose() {
    try {
      for (int i = 0; i < 150; i++) {
        try (var reader = new Reader()) {
          reader.write();
          while (reader.bytes.get() == 0) {
            Thread.onSpinWait();
          }
          if (i % 3 == 0) {
            loop.close(reader.pipe.source());
          }
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
