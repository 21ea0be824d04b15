package dev.farside.rsocket;

import dev.farside.Listener;
import io.rsocket.Closeable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** An RSocket server as a listener. Thread-safe. */
final class RSocketListener implements Listener {
  private final Side side;
  private final Closeable server;
  private final String uri;

  RSocketListener(Side side, Closeable server, RSocketTransport transport) {
    this.side = side;
    this.server = server;
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
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("Closing never fails", e);
    }
  }

  @Override
  public void close() {
    server.dispose();
    side.closed(this);
    if (!Schedulers.isInNonBlockingThread()) {
      onClose().block();
    }
  }
}
