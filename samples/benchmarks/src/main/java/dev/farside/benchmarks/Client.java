package dev.farside.benchmarks;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is measured, as one of the libraries does it. */
interface Client extends AutoCloseable {
  /** Sends a text there and back, answered without leaving the event loop. */
  Mono<String> echo(String text);

  /** The same, waiting for the answer; the implementation may block. */
  String echoNow(String text);

  /** So many numbers, one after the other. */
  Flux<Integer> count(int numbers);

  /** The sizes of the chunks in which the content of a file of the server arrived. */
  Flux<Integer> read(String path);

  @Override
  void close();
}
