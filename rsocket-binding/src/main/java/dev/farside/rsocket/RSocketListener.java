package dev.farside.rsocket;

import dev.farside.Listener;
import io.rsocket.Closeable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An RSocket server as a listener, with the sessions that came through it. Thread-safe. */
final class RSocketListener implements Listener {
  private final Side side;
  private final Closeable server;
  private final Set<Session> sessions;
  private final String uri;

  RSocketListener(Side side, Closeable server, RSocketTransport transport, Set<Session> sessions) {
    this.side = side;
    this.server = server;
    this.sessions = sessions;
    this.uri = transport.address().apply(server);
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public Mono<Void> onClose() {
    return server.onClose().onErrorComplete();
  }

  @Override
  public void join() {
    try {
      onClose().toFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Closing never fails", e);
    }
  }

  @Override
  public void close() {
    sessions.forEach(session -> session.link().close());
    server.dispose();
    side.closed(this);
    List.copyOf(sessions).forEach(Session::close);
    if (!Schedulers.isInNonBlockingThread()) {
      onClose().toFuture().join();
    }
  }
}
