package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stack overflow comes before a call is sent, and leaves enough room to say so. */
@Timeout(60)
class StackRoomTest {
  private static int use(int frames) {
    return frames == 0 ? 0 : 1 + use(frames - 1);
  }

  /** Goes down until there is no room, and tells how many frames could be used there. */
  private static int roomWhereItFailed(int most) {
    try {
      StackRoom.require();
    } catch (StackOverflowError e) {
      return use(100);
    }
    return most == 0 ? 0 : roomWhereItFailed(most - 1);
  }

  @Test
  void anOrdinaryStackHasRoom() {
    for (int i = 0; i < 10_000; i++) {
      StackRoom.require();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096})
  void whereItFailsThereIsStillRoomToSaySo(int kibibytes) throws InterruptedException {
    var room = new AtomicInteger();
    var failure = new AtomicReference<Throwable>();
    Runnable task =
        () -> {
          for (int i = 0; i < 10_000; i++) {
            StackRoom.require(); // until it is compiled
          }
          for (int i = 0; i < 3; i++) {
            room.set(roomWhereItFailed(Integer.MAX_VALUE));
          }
          StackRoom.require();
        };
    var thread = new Thread(null, task, "stack", (long) kibibytes << 10);
    thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertThat(failure).hasValue(null);
    assertThat(room).hasValue(100);
  }
}
