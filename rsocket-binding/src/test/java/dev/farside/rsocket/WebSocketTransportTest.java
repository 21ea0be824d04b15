package dev.farside.rsocket;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class WebSocketTransportTest implements TransportContract {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.WEB_SOCKET);

  @Override
  public TwoSides sides() {
    return sides;
  }

  @Override
  public String uri() {
    return TwoSides.Transport.WEB_SOCKET.uri();
  }

  /** Masking is slow while leaks are looked for. */
  @Override
  public int bigMessageSize() {
    return 2 << 20;
  }
}
