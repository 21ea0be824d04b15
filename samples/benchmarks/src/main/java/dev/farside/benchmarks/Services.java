package dev.farside.benchmarks;

import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the Farside server offers, and its client sees. */
final class Services {
  static final String REACTIVE = "reactive";
  static final String PLAIN = "plain";

  private Services() {}

  public interface Reactive {
    Mono<String> echo(String text);

    Flux<Integer> count(int numbers);

    Flux<ByteBuffer> read(String path);
  }

  public interface Plain {
    String echo(String text);
  }

  static final class ReactiveService implements Reactive {
    @Override
    public Mono<String> echo(String text) {
      return Mono.just(text);
    }

    @Override
    public Flux<Integer> count(int numbers) {
      return Flux.range(0, numbers);
    }

    @Override
    public Flux<ByteBuffer> read(String path) {
      return Chunks.of(path);
    }
  }

  static final class PlainService implements Plain {
    @Override
    public String echo(String text) {
      return text;
    }
  }
}
