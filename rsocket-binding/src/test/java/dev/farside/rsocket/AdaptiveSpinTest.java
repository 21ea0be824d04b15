package dev.farside.rsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Who waits looks for a moment before it sleeps, while that helps. */
class AdaptiveSpinTest {
  private static final int WAITS = 200;
  private static final int FIRST = 8;
  private static final long LOOK_NANOS = 10_000;

  private final AtomicInteger free = new AtomicInteger(1);
  private final ChainMailbox mailbox = new ChainMailbox();
  private final AdaptiveSpin spin = spin(free);
  private long nanos = Long.MAX_VALUE - LOOK_NANOS; // it may run over
  private int looks;

  @Test
  void endsAtOnceWithTheAnswer() {
    assertTrue(spin.until(() -> ++looks == 3, mailbox, 0));
    assertEquals(3, looks);
    assertEquals(1, free.get());
  }

  @Test
  void endsAfterFiftyMicroseconds() {
    BooleanSupplier never =
        () -> {
          looks++;
          return false;
        };

    assertFalse(spin.until(never, mailbox, 0));
    assertEquals(5, looks);
    assertEquals(1, free.get());
  }

  @Test
  void endsWithATask() {
    long seen = mailbox.arrived();
    BooleanSupplier posting =
        () -> {
          mailbox.add(new ChainMailbox.Posted(() -> {}, TimeLimit.NONE));
          return false;
        };

    assertTrue(spin.until(posting, mailbox, seen));
    assertEquals(seen + 1, mailbox.arrived());
  }

  @Test
  void endsWithATaskThatOnlyWhoWaitsRuns() {
    long seen = mailbox.arrived();
    mailbox.leaveToWaiting(() -> {});

    assertTrue(spin.until(this::isNever, mailbox, seen));
  }

  @Test
  void isLeftOutMoreAndMoreOftenWhileItIsInVain() {
    AdaptiveSpin fresh = fresh(free);
    List<Integer> leftOut = new ArrayList<>();
    int since = 0;
    for (int i = 0; i < WAITS; i++) {
      if (looks(fresh, this::isNever)) {
        leftOut.add(since);
        since = 0;
      } else {
        since++;
      }
    }

    assertEquals(List.of(FIRST, 1, 2, 4, 8, 16, 32, 32, 32, 32), leftOut);
  }

  @Test
  void isThereAgainOnceItHasHelped() {
    assertTrue(looks(spin, this::isNever));
    assertFalse(looks(spin, this::isNever));
    assertTrue(looks(spin, this::isNever));
    assertFalse(looks(spin, () -> true));
    assertFalse(looks(spin, () -> true));

    assertTrue(looks(spin, () -> true));
    assertTrue(looks(spin, this::isNever));
    assertFalse(looks(spin, this::isNever));
    assertTrue(looks(spin, this::isNever));
  }

  @Test
  void onlySoManySpin() {
    BooleanSupplier whileOneSpins =
        () -> {
          assertEquals(0, free.get());
          assertFalse(spin(free).until(() -> true, mailbox, 0));
          return true;
        };

    assertTrue(spin.until(whileOneSpins, mailbox, 0));
    assertTrue(spin(free).until(() -> true, mailbox, 0));
  }

  @Test
  void nobodySpinsWhereThereIsNoPlace() {
    assertFalse(spin(new AtomicInteger()).until(() -> true, mailbox, 0));
  }

  @Test
  void virtualThreadsDoNotSpin() throws Exception {
    if (VirtualThreadsTest.AVAILABLE) {
      var come = new AtomicInteger();
      Thread thread =
          VirtualThreads.named("spinning-")
              .newThread(() -> come.set(spin.until(() -> true, mailbox, 0) ? 1 : -1));
      thread.start();
      thread.join();
      assertEquals(-1, come.get());
    }
    assertTrue(spin.until(() -> true, mailbox, 0));
  }

  @Test
  void whatFailsFreesItsPlace() {
    BooleanSupplier failing =
        () -> {
          throw new IllegalStateException("on purpose");
        };

    assertThrows(IllegalStateException.class, () -> spin.until(failing, mailbox, 0));
    assertEquals(1, free.get());
  }

  /** One whose first waits are over. */
  private AdaptiveSpin spin(AtomicInteger places) {
    AdaptiveSpin spin = fresh(places);
    for (int i = 0; i < FIRST; i++) {
      assertFalse(spin.until(() -> true, mailbox, 0));
    }
    return spin;
  }

  /** Each look takes its time, as this test's clock goes. */
  private AdaptiveSpin fresh(AtomicInteger places) {
    return new AdaptiveSpin(places, () -> nanos += LOOK_NANOS);
  }

  private boolean looks(AdaptiveSpin spin, BooleanSupplier done) {
    int before = looks;
    boolean unused =
        spin.until(
            () -> {
              looks++;
              return done.getAsBoolean();
            },
            mailbox,
            mailbox.arrived());
    return looks > before;
  }

  private boolean isNever() {
    return false;
  }
}
