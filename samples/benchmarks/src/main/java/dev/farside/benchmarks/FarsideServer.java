package dev.farside.benchmarks;

import dev.farside.Farside;
import dev.farside.Listener;

/** The services behind Farside. */
record FarsideServer(Farside side, Listener listener) implements Server {
  static FarsideServer start() {
    Farside side =
        Farside.builder()
            .bind(Services.REACTIVE, new Services.ReactiveService())
            .bind(Services.PLAIN, new Services.PlainService())
            .build();
    return new FarsideServer(side, side.listenNow("tcp://127.0.0.1:0"));
  }

  @Override
  public String address() {
    return listener.uri();
  }

  @Override
  public void close() {
    side.close();
  }
}
