package dev.farside.rsocket;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class LocalTransportTest implements TransportContract {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.LOCAL);

  @Override
  public TwoSides sides() {
    return sides;
  }

  @Override
  public String uri() {
    return TwoSides.Transport.LOCAL.uri();
  }
}
