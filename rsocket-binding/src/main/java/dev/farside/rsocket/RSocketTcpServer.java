package dev.farside.rsocket;

import io.rsocket.Closeable;
import io.rsocket.transport.ServerTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Listens at a TCP address.
 *
 * @param address unresolved
 */
record RSocketTcpServer(InetSocketAddress address)
    implements ServerTransport<RSocketTcpServer.Bound> {
  private static final Logger LOG = LoggerFactory.getLogger(RSocketTcpServer.class);
  private static final int BACKLOG = 1024;

  /** How long not to accept after the system had no more resources for a connection. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Override
  public Mono<Bound> start(ConnectionAcceptor acceptor) {
    return Mono.fromCallable(() -> bind(acceptor)).subscribeOn(Schedulers.boundedElastic());
  }

  private Bound bind(ConnectionAcceptor acceptor) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      InetAddress found = InetAddress.getByName(address.getHostString());
      channel.bind(new InetSocketAddress(found, address.getPort()), BACKLOG);
      return new Bound(IoLoops.next(), channel, acceptor);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** A socket that accepts connections, until it is disposed of. Its connections go on then. */
  static final class Bound implements Closeable, IoLoop.Handler {
    private final IoLoop loop;
    private final ServerSocketChannel channel;
    private final ConnectionAcceptor acceptor;
    private final int port;
    private final SelectionKey key;
    private final Set<RSocketTcpConnection> greeting = ConcurrentHashMap.newKeySet();
    private final Sinks.Empty<Void> closed = Sinks.empty();

    private Bound(IoLoop loop, ServerSocketChannel channel, ConnectionAcceptor acceptor)
        throws IOException {
      this.loop = loop;
      this.channel = channel;
      this.acceptor = acceptor;
      this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      this.key = loop.register(channel, this);
      loop.await(key, SelectionKey.OP_ACCEPT);
    }

    int port() {
      return port;
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
      @Nullable SocketChannel accepted = channel.accept();
      if (accepted != null) {
        serve(accepted);
      }
    }

    private void serve(SocketChannel accepted) {
      IoLoop next = IoLoops.next();
      try {
        var connection = new RSocketTcpConnection(next, accepted, next.register(accepted, this));
        next.execute(() -> serve(connection));
      } catch (IOException | RuntimeException e) {
        next.close(accepted);
        LOG.debug("A connection ended before it was accepted", e);
      }
    }

    /** Until it has greeted, nobody else knows it: it ends with this socket. */
    private void serve(RSocketTcpConnection connection) {
      greeting.add(connection);
      if (!channel.isOpen()) {
        connection.dispose();
      }
      Mono.defer(() -> acceptor.apply(connection))
          .doFinally(end -> greeting.remove(connection))
          .subscribe(
              null,
              e -> {
                LOG.debug("A connection has failed", e);
                connection.dispose();
              });
    }

    @Override
    public void failed(Throwable failure) {
      if (key.isValid()) {
        LOG.warn("Port {} cannot accept a connection; it tries again", port, failure);
        key.interestOps(0);
        Schedulers.parallel()
            .schedule(() -> loop.execute(this::resume), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    private void resume() {
      if (key.isValid()) {
        loop.await(key, SelectionKey.OP_ACCEPT);
      }
    }

    @Override
    public void dispose() {
      if (channel.isOpen()) {
        loop.execute(
            () -> {
              loop.close(channel);
              greeting.forEach(RSocketTcpConnection::dispose);
              loop.execute(closed::tryEmitEmpty);
            });
      }
    }

    @Override
    public boolean isDisposed() {
      return !channel.isOpen();
    }

    @Override
    public Mono<Void> onClose() {
      return closed.asMono();
    }
  }
}
