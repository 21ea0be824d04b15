package dev.farside.benchmarks;

/** The two that are compared. */
public enum Library {
  FARSIDE {
    @Override
    Server serve() {
      return FarsideServer.start();
    }

    @Override
    Client connect(String address) {
      return FarsideClient.connect(address);
    }
  },

  RAW_RSOCKET {
    @Override
    Server serve() {
      return RawServer.start();
    }

    @Override
    Client connect(String address) {
      return RawClient.connect(address);
    }
  };

  /** Starts a server on a free port of the loopback interface. */
  abstract Server serve();

  abstract Client connect(String address);
}
