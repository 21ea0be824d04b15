package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.Farside;
import dev.farside.Serial;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Objects that carry out one call at a time, called through a side in between. */
@Timeout(60)
class SerialObjectsOfThreeSidesTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** One call at a time. */
  public interface Desk {
    @dev.farside.Timeout(500)
    void occupy();

    boolean isOccupied();

    boolean ask(Supplier<Boolean> question);
  }

  /** Asks in the name of its caller. */
  public interface Relay {
    boolean relay();
  }

  @Serial
  private static final class PlainDesk implements Desk {
    private final AtomicBoolean occupied = new AtomicBoolean();
    private final CountDownLatch asked = new CountDownLatch(1);

    @Override
    public void occupy() {
      occupied.set(true);
      awaitWithoutReacting(asked);
      occupied.set(false);
    }

    @Override
    public boolean isOccupied() {
      boolean now = occupied.get();
      asked.countDown();
      return now;
    }

    @Override
    public boolean ask(Supplier<Boolean> question) {
      occupied.set(true);
      boolean answer = question.get();
      occupied.set(false);
      return answer;
    }
  }

  /** Longer than another worker would wait to take the place of this one. */
  private static void awaitWithoutReacting(CountDownLatch latch) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2_500);
    boolean interrupted = false;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      try {
        if (latch.await(left, TimeUnit.NANOSECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Relay through(Farside third) {
    Desk desk =
        third
            .connectNow(sides.far().listenNow("tcp://127.0.0.1:0").uri())
            .lookup("desk", Desk.class);
    Relay relay = desk::isOccupied;
    third.bind("relay", relay);
    String uri = third.listenNow("tcp://127.0.0.1:0").uri();
    return sides.near().connectNow(uri).lookup("relay", Relay.class);
  }

  private Desk desk() {
    Desk plain = new PlainDesk();
    sides.far().bind("desk", plain);
    return sides.peer().lookup("desk", Desk.class);
  }

  @Test
  void aCallThroughAThirdSideWaitsForOneThatItsThreadHasGivenUp() {
    Desk desk = desk();
    try (Farside third = Farside.create()) {
      Relay relay = through(third);
      assertThatThrownBy(desk::occupy).isInstanceOf(CallTimeoutException.class);
      assertThat(relay.relay()).isFalse();
    }
  }

  @Test
  void aCallThroughAThirdSideIsPartOfTheOneThatWaitsForIt() {
    Desk desk = desk();
    try (Farside third = Farside.create()) {
      Relay relay = through(third);
      assertThat(desk.ask(relay::relay)).isTrue();
    }
  }
}
