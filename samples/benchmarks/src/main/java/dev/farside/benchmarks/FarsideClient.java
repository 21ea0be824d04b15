package dev.farside.benchmarks;

import dev.farside.Farside;
import dev.farside.Peer;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls through proxies. */
record FarsideClient(Farside side, Services.Reactive reactive, Services.Plain plain)
    implements Client {
  static FarsideClient connect(String address) {
    Farside side = Farside.create();
    Peer peer = side.connectNow(address);
    return new FarsideClient(
        side,
        peer.lookup(Services.REACTIVE, Services.Reactive.class),
        peer.lookup(Services.PLAIN, Services.Plain.class));
  }

  @Override
  public Mono<String> echo(String text) {
    return reactive.echo(text);
  }

  @Override
  public String echoNow(String text) {
    return plain.echo(text);
  }

  @Override
  public Flux<Integer> count(int numbers) {
    return reactive.count(numbers);
  }

  @Override
  public Flux<Integer> read(String path) {
    return reactive.read(path).map(ByteBuffer::remaining);
  }

  @Override
  public void close() {
    side.close();
  }
}
