package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.farside.rsocket.ReactorRulesAcrossJvmsTest.AsyncTroublemaker;
import dev.farside.rsocket.ReactorRulesAcrossJvmsTest.Pinged;
import dev.farside.rsocket.ReactorRulesAcrossJvmsTest.ReactivePinged;
import dev.farside.rsocket.ReactorRulesAcrossJvmsTest.Troublemaker;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Pings keep their pace beside what an object does over there on the same connection, and beside
 * whoever takes its results. There is more of it than processors, and it lasts until the end.
 */
@Timeout(120)
public class PaceAcrossJvmsTest {
  private static final int MANY = Runtime.getRuntime().availableProcessors() + 1;
  private static final int PINGS = 201;
  private static final int MANY_ELEMENTS = 100_000;
  private static final int SLOWER = 20;

  /** So long the threads of a ping may wait for a processor on which others compute. */
  private static final Duration TURNS = Duration.ofMillis(50);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension final TwoJvms jvms = TwoJvms.with(ReactorRulesAcrossJvmsTest.Main.class);

  private final Disposable.Composite running = Disposables.composite();
  private final Scheduler takers = Schedulers.newBoundedElastic(MANY, MANY, "taker");
  private final AtomicLong elements = new AtomicLong();

  private Troublemaker troublemaker() {
    return jvms.lookup("troublemaker", Troublemaker.class);
  }

  private AsyncTroublemaker async() {
    return jvms.lookup("troublemaker", AsyncTroublemaker.class);
  }

  /** Every int, again and again. */
  private Flux<Integer> endless() {
    return troublemaker().search(Integer.MAX_VALUE);
  }

  @AfterEach
  @Timeout(60)
  void end() {
    running.dispose();
    takers.dispose();
    troublemaker().stop();
  }

  private void awaitBusy(int many) {
    await().atMost(PATIENCE).until(() -> troublemaker().busy() >= many);
  }

  private void awaitElements(long many) {
    await().atMost(PATIENCE).until(() -> elements.get() >= many);
  }

  private void awaitMoreElements() {
    awaitElements(elements.get() + MANY_ELEMENTS);
  }

  /** To a method that blocks, and to one that runs on the event loop. */
  private Duration medianOfPings() {
    Pinged pinged = jvms.lookup("pinged", Pinged.class);
    ReactivePinged reactive = jvms.lookup("pinged", ReactivePinged.class);
    var nanos = new long[PINGS];
    for (int i = 0; i < PINGS; i++) {
      long begin = System.nanoTime();
      assertThat(pinged.ping(i)).isEqualTo(i);
      assertThat(reactive.later(i).block(PATIENCE)).isEqualTo(i);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[PINGS / 2]);
  }

  private void assertPingsKeepTheirPaceBeside(Runnable nuisance) {
    medianOfPings();
    Duration alone = medianOfPings();
    nuisance.run();
    Duration beside = medianOfPings();
    Duration slower = alone.multipliedBy(SLOWER);
    assertThat(beside)
        .as("median beside, while it is %s alone", alone)
        .isLessThan(slower.compareTo(TURNS) > 0 ? slower : TURNS);
  }

  @Test
  void besideSourcesWithoutAnEndThatAreTakenAsFastAsTheyCome() {
    assertPingsKeepTheirPaceBeside(
        () -> {
          for (int i = 0; i < MANY; i++) {
            running.add(endless().subscribe(n -> elements.incrementAndGet()));
          }
          awaitMoreElements();
        });
    awaitMoreElements();
  }

  @Test
  void besideArgumentsWithoutAnEndThatAreTakenAsFastAsTheyCome() {
    Flux<Integer> argument =
        Flux.range(0, Integer.MAX_VALUE).repeat().doOnNext(n -> elements.incrementAndGet());
    assertPingsKeepTheirPaceBeside(
        () -> {
          for (int i = 0; i < MANY; i++) {
            running.add(troublemaker().count(argument).subscribe());
          }
          awaitMoreElements();
        });
    awaitMoreElements();
  }

  @Test
  void besideSourcesThatSearchWithoutAnEnd() {
    assertPingsKeepTheirPaceBeside(
        () -> {
          for (int i = 0; i < MANY; i++) {
            running.add(troublemaker().search(0).subscribe());
          }
          awaitBusy(MANY);
        });
  }

  @Test
  void besideSubscribersThatTakeLongForEachElement() {
    var turns = new Semaphore(MANY);
    assertPingsKeepTheirPaceBeside(
        () -> {
          for (int i = 0; i < MANY; i++) {
            running.add(endless().publishOn(takers).subscribe(n -> take(turns)));
          }
          awaitElements(MANY);
        });
    assertThat(elements).hasValue(MANY);
    turns.release(MANY_ELEMENTS);
    awaitElements(MANY + MANY_ELEMENTS);
  }

  /** Waits until it may. */
  private void take(Semaphore turns) {
    try {
      turns.acquire();
      elements.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void besideMethodsThatSpin() {
    assertPingsKeepTheirPaceBeside(
        () -> {
          for (int i = 0; i < MANY; i++) {
            running.add(async().spin().subscribe());
          }
          awaitBusy(MANY);
        });
  }

  @Test
  void besideMethodsThatSleep() {
    assertPingsKeepTheirPaceBeside(
        () -> {
          for (int i = 0; i < MANY; i++) {
            running.add(async().sleep().subscribe());
            running.add(async().sleepThenGive().subscribe());
          }
          awaitBusy(2 * MANY);
        });
  }
}
