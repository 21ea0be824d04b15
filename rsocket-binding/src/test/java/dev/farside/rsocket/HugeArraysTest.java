package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.Peer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A huge array travels in fragments, between which small calls have their turn. */
@Timeout(120)
class HugeArraysTest {
  private static final int SIZE = 64 << 20;
  private static final int STEP = 8 << 20;

  /** Holds and takes much. */
  public interface Store {
    /** The sum of all bytes; changes the last one. */
    long sum(byte[] bytes);

    /** So many bytes. */
    byte[] bytes(int count);

    /** Nothing but an answer. */
    int ping(int number);
  }

  static final class PlainStore implements Store {
    @Override
    public long sum(byte[] bytes) {
      long sum = 0;
      for (byte b : bytes) {
        sum += b;
      }
      bytes[bytes.length - 1] = 7;
      return sum;
    }

    @Override
    public byte[] bytes(int count) {
      byte[] bytes = new byte[count];
      Arrays.fill(bytes, (byte) 1);
      return bytes;
    }

    @Override
    public int ping(int number) {
      return number;
    }
  }

  static final class Main {
    public static void main(String[] args) throws Exception {
      TwoJvms.serve(Farside.builder().bind("store", new PlainStore()));
    }
  }

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(Main.class, "-Xmx512m");

  /** Passes on what two sides say to each other, but no more bytes than are allowed so far. */
  private static final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private long allowed = STEP;

    Relay(String target) throws IOException {
      server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      start(
          () -> {
            Socket near = server.accept();
            var far = new Socket(InetAddress.getLoopbackAddress(), URI.create(target).getPort());
            start(() -> pass(near, far));
            pass(far, near);
            return null;
          });
    }

    String uri() {
      return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private Object pass(Socket from, Socket to) throws IOException, InterruptedException {
      try (from;
          to) {
        byte[] buffer = new byte[1 << 16];
        int read = from.getInputStream().read(buffer);
        while (read >= 0) {
          await(read);
          to.getOutputStream().write(buffer, 0, read);
          read = from.getInputStream().read(buffer);
        }
        return to;
      }
    }

    synchronized void allow(long more) {
      allowed += more;
      notifyAll();
    }

    private synchronized void await(long bytes) throws InterruptedException {
      while (allowed < bytes) {
        wait();
      }
      allowed -= bytes;
    }

    private static void start(Callable<?> task) {
      var thread = new Thread(new FutureTask<>(task));
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /** That the large call ends though each part of it passes only once small ones were answered. */
  private void assertAnsweredDuring(Consumer<Store> large) throws Exception {
    try (var relay = new Relay(jvms.uri());
        Peer peer = jvms.near().connectNow(relay.uri())) {
      Store store = peer.lookup("store", Store.class);
      assertThat(store.ping(0)).isZero();
      var task =
          new FutureTask<>(
              () -> {
                large.accept(store);
                return true;
              });
      new Thread(task).start();
      int answered = 0;
      while (!task.isDone()) {
        assertThat(store.ping(answered)).isEqualTo(answered);
        answered++;
        relay.allow(STEP);
      }
      assertThat(task.get()).isTrue();
      assertThat(answered).isGreaterThanOrEqualTo(SIZE / STEP - 1);
    }
  }

  @Test
  void smallCallsAreAnsweredWhileAHugeArgumentTravels() throws Exception {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) 1);
    assertAnsweredDuring(store -> assertThat(store.sum(bytes)).isEqualTo(SIZE));
    assertThat(bytes[SIZE - 1]).isEqualTo((byte) 7);
    assertThat(bytes[0]).isEqualTo((byte) 1);
  }

  @Test
  void smallCallsAreAnsweredWhileAHugeResultTravels() throws Exception {
    assertAnsweredDuring(store -> assertThat(store.bytes(SIZE).length).isEqualTo(SIZE));
  }
}
