package dev.farside.rsocket;

import dev.farside.codec.Shape;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Publishers and futures that stand for the peer's, each of the kind that the peer's is. */
final class RemotePublishers {
  private RemotePublishers() {}

  static Object of(RemoteObject remote, Shape.Kind kind) {
    return switch (kind) {
      case MONO -> new RemoteMono(remote);
      case FLOW -> new RemoteFlow(remote);
      case FUTURE -> new RemoteFuture(remote);
      case FLUX, OBJECT -> new RemoteFlux(remote);
    };
  }

  private static Flux<Object> items(RemoteObject remote) {
    return remote.session().streamCaller().subscribe(remote);
  }

  private static final class RemoteMono extends Mono<Object> implements RemotePublisher {
    private final RemoteObject remote;

    RemoteMono(RemoteObject remote) {
      this.remote = remote;
    }

    @Override
    public RemoteObject remote() {
      return remote;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Object> subscriber) {
      items(remote).singleOrEmpty().subscribe(subscriber);
    }
  }

  private static final class RemoteFlux extends Flux<Object> implements RemotePublisher {
    private final RemoteObject remote;

    RemoteFlux(RemoteObject remote) {
      this.remote = remote;
    }

    @Override
    public RemoteObject remote() {
      return remote;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Object> subscriber) {
      items(remote).subscribe(subscriber);
    }
  }

  private static final class RemoteFlow implements Flow.Publisher<Object>, RemotePublisher {
    private final RemoteObject remote;

    RemoteFlow(RemoteObject remote) {
      this.remote = remote;
    }

    @Override
    public RemoteObject remote() {
      return remote;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Object> subscriber) {
      JdkFlowAdapter.publisherToFlowPublisher(items(remote)).subscribe(subscriber);
    }
  }

  /** Completes when the peer's does; completing or cancelling it does not touch the peer's. */
  private static final class RemoteFuture extends CompletableFuture<Object>
      implements RemotePublisher {
    private final RemoteObject remote;
    private final AtomicBoolean started = new AtomicBoolean();

    RemoteFuture(RemoteObject remote) {
      this.remote = remote;
    }

    @Override
    public void start() {
      if (started.compareAndSet(false, true)) {
        items(remote)
            .singleOrEmpty()
            .subscribe(new FutureCompletion(this, remote.session().side().workers().completions()));
      }
    }

    @Override
    public RemoteObject remote() {
      return remote;
    }
  }
}
