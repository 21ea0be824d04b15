package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is out of use is reclaimed once, while somebody is connected. */
@Timeout(60)
class ReclaimerTest {
  private final Reclaimer reclaimer = new Reclaimer();
  private final AtomicInteger reclaimed = new AtomicInteger();
  private final AtomicReference<Thread> thread = new AtomicReference<>();

  /** Counts, and remembers by whom it was reclaimed. */
  private final class Counted extends WeakReference<Object> implements Reclaimer.Reclaimable {
    Counted(ReferenceQueue<Object> queue) {
      super(new Object(), queue);
    }

    @Override
    public void reclaim() {
      thread.set(Thread.currentThread());
      reclaimed.incrementAndGet();
    }
  }

  private Counted queued() {
    var reference = new Counted(reclaimer.queue());
    assertThat(reference.enqueue()).isTrue();
    return reference;
  }

  @Test
  void whatIsQueuedIsReclaimedOnceByAThreadOfItsOwn() {
    reclaimer.sessionOpened();
    Counted reference = queued();
    await().untilAsserted(() -> assertThat(reclaimed).hasValue(1));
    assertThat(reference.enqueue()).isFalse();
    queued();
    await().untilAsserted(() -> assertThat(reclaimed).hasValue(2));
    assertThat(thread.get().getName()).isEqualTo("farside-reclaimer");
    assertThat(thread.get().isDaemon()).isTrue();
    reclaimer.sessionClosed();
    await().until(() -> !thread.get().isAlive());
  }

  @Test
  void whatTheGarbageCollectorFindsIsReclaimed() {
    reclaimer.sessionOpened();
    var reference = new Counted(reclaimer.queue());
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(reclaimed).hasValue(1);
            });
    assertThat(reference.refersTo(null)).isTrue();
    reclaimer.sessionClosed();
  }

  @Test
  void nothingIsReclaimedWithoutASession() {
    queued();
    assertThat(reclaimed).hasValue(0);
    reclaimer.sessionOpened();
    await().untilAsserted(() -> assertThat(reclaimed).hasValue(1));
    reclaimer.sessionClosed();
  }

  @Test
  void oneThreadServesAllSessionsAndEndsWithTheLast() {
    reclaimer.sessionOpened();
    reclaimer.sessionOpened();
    queued();
    await().untilAsserted(() -> assertThat(reclaimed).hasValue(1));
    Thread first = thread.get();
    reclaimer.sessionClosed();
    queued();
    await().untilAsserted(() -> assertThat(reclaimed).hasValue(2));
    assertThat(thread.get()).isSameAs(first);
    reclaimer.sessionClosed();
    await().until(() -> !first.isAlive());
  }

  @Test
  void anotherThreadBeginsWithTheNextSession() {
    for (int i = 1; i <= 3; i++) {
      int count = i;
      reclaimer.sessionOpened();
      queued();
      await().untilAsserted(() -> assertThat(reclaimed).hasValue(count));
      Thread current = thread.get();
      reclaimer.sessionClosed();
      await().until(() -> !current.isAlive());
    }
  }

  @Test
  void otherReferencesAreLeftAlone() {
    reclaimer.sessionOpened();
    new WeakReference<>(new Object(), reclaimer.queue()).enqueue();
    queued();
    await().untilAsserted(() -> assertThat(reclaimed).hasValue(1));
    reclaimer.sessionClosed();
  }

  @Test
  void whatIsQueuedCanBeReclaimedAtOnce() {
    Reclaimer.reclaimAll(reclaimer.queue());
    assertThat(reclaimed).hasValue(0);
    queued();
    queued();
    Reclaimer.reclaimAll(reclaimer.queue());
    assertThat(reclaimed).hasValue(2);
    assertThat(thread).hasValue(Thread.currentThread());
    Reclaimer.reclaimAll(reclaimer.queue());
    assertThat(reclaimed).hasValue(2);
  }
}
