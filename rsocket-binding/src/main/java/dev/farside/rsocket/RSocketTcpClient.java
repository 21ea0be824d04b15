package dev.farside.rsocket;

import io.rsocket.DuplexConnection;
import io.rsocket.transport.ClientTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Connects to a TCP address.
 *
 * @param address unresolved: its name is looked up for each connection, and each address that it
 *     has is tried in turn
 */
record RSocketTcpClient(InetSocketAddress address) implements ClientTransport {
  @Override
  public Mono<DuplexConnection> connect() {
    return Mono.fromCallable(() -> InetAddress.getAllByName(address.getHostString()))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(found -> connect(found, 0));
  }

  /** Tries the addresses from this one on; the failures of those before are added to the last. */
  Mono<DuplexConnection> connect(InetAddress[] found, int index) {
    Mono<DuplexConnection> attempt =
        Mono.create(sink -> connect(new InetSocketAddress(found[index], address.getPort()), sink));
    return index + 1 == found.length
        ? attempt
        : attempt.onErrorResume(
            e -> connect(found, index + 1).doOnError(later -> later.addSuppressed(e)));
  }

  private static void connect(InetSocketAddress to, MonoSink<DuplexConnection> sink) {
    IoLoop loop = IoLoops.next();
    @Nullable SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      var attempt = new Attempt(loop, channel, to, sink);
      SelectionKey key = loop.register(channel, attempt);
      sink.onCancel(() -> loop.execute(() -> attempt.giveUp(key)));
      if (channel.connect(to)) {
        loop.execute(() -> attempt.connected(key));
      } else {
        loop.await(key, SelectionKey.OP_CONNECT);
      }
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        loop.close(channel);
      }
      sink.error(at(to, e));
    }
  }

  /** A system's message does not say where. */
  private static Exception at(InetSocketAddress to, Throwable failure) {
    return new IOException(failure.getMessage() + ": " + to, failure);
  }

  /** A connection that is being made. Used by the loop's thread. */
  private static final class Attempt implements IoLoop.Handler {
    private final IoLoop loop;
    private final SocketChannel channel;
    private final InetSocketAddress to;
    private final MonoSink<DuplexConnection> sink;

    Attempt(
        IoLoop loop, SocketChannel channel, InetSocketAddress to, MonoSink<DuplexConnection> sink) {
      this.loop = loop;
      this.channel = channel;
      this.to = to;
      this.sink = sink;
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
      if (channel.finishConnect()) {
        key.interestOps(0);
        sink.success(new RSocketTcpConnection(loop, channel, key));
      }
    }

    /** A system may connect at once; nothing will be ready then. */
    void connected(SelectionKey key) {
      try {
        ready(key);
      } catch (IOException e) {
        failed(e);
      }
    }

    @Override
    public void failed(Throwable failure) {
      loop.close(channel);
      sink.error(at(to, failure));
    }

    /** Nobody waits for the connection; it may have been made and not been taken. */
    void giveUp(SelectionKey key) {
      if (key.attachment() instanceof RSocketTcpConnection connection) {
        connection.dispose();
      } else {
        loop.close(channel);
      }
    }
  }
}
