package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.Farside;
import dev.farside.ProtocolException;
import dev.farside.codec.Message.Release;
import dev.farside.codec.Shape;
import dev.farside.rsocket.ImportTable.Import;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An object of the peer's stands in the table while it is in use or on its way in; then as many of
 * its references are given back as were received.
 */
@Timeout(60)
class ImportTableTest {
  private static final Shape SHAPE =
      new Shape(Shape.Kind.OBJECT, List.of("java.lang.Runnable"), false, false);

  private final Side side = (Side) Farside.create();
  private final RecordingLink link = new RecordingLink();
  private final Session session = new Session(side, "them", link, new Traffic());
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
  private final List<Release.Count> released = new CopyOnWriteArrayList<>();
  private final ImportTable table = new ImportTable(session, collected, released::addAll);

  @AfterEach
  void close() {
    side.close();
  }

  private void collectUntilReleased(Release.Count... expected) {
    await()
        .untilAsserted(
            () -> {
              System.gc();
              Reclaimer.reclaimAll(collected);
              assertThat(released).containsExactly(expected);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatIsNeverUsedIsReleasedWithItsLastMessage(int times) {
    var entries = new ArrayList<Import>();
    for (int i = 0; i < times; i++) {
      entries.add(table.receive(7, SHAPE));
    }
    assertThat(table.size()).isEqualTo(1);
    for (int i = 0; i < times - 1; i++) {
      table.unpin(entries.get(i));
    }
    assertThat(released).isEmpty();
    table.unpin(entries.get(times - 1));
    assertThat(released).containsExactly(new Release.Count(7, times));
    assertThat(table.size()).isZero();
  }

  @Test
  void anObjectIsTheSameWhileItIsInUse() {
    Import first = table.receive(7, SHAPE);
    RemoteObject object = table.object(first);
    table.unpin(first);
    Import second = table.receive(7, SHAPE);
    assertThat(second).isSameAs(first);
    assertThat(table.object(second)).isSameAs(object);
    table.unpin(second);
    assertThat(released).isEmpty();
    assertThat(table.size()).isEqualTo(1);
    assertThat(object).hasToString("Runnable@them#7"); // and in use until here
  }

  @Test
  void twoNumbersAreTwoObjects() {
    RemoteObject one = table.object(table.receive(1, SHAPE));
    RemoteObject two = table.object(table.receive(2, SHAPE));
    assertThat(one).isNotSameAs(two);
    assertThat(one).hasToString("Runnable@them#1");
    assertThat(two).hasToString("Runnable@them#2");
    assertThat(table.size()).isEqualTo(2);
  }

  @Test
  void whatIsOutOfUseIsReleasedWithAllThatWasReceived() {
    useAndForget(7, 3);
    assertThat(table.size()).isEqualTo(1);
    collectUntilReleased(new Release.Count(7, 3));
    assertThat(table.size()).isZero();
  }

  private void useAndForget(long id, int times) {
    for (int i = 0; i < times; i++) {
      Import entry = table.receive(id, SHAPE);
      table.object(entry);
      table.unpin(entry);
    }
  }

  @Test
  void whatIsOnItsWayInAgainIsNotReleased() {
    useAndForget(7, 1);
    Import entry = table.receive(7, SHAPE);
    awaitCollected();
    Reclaimer.reclaimAll(collected);
    assertThat(released).isEmpty();
    RemoteObject again = table.object(entry);
    table.unpin(entry);
    assertThat(released).isEmpty();
    assertThat(again).hasToString("Runnable@them#7"); // and in use until here
  }

  private static void awaitCollected() {
    var sentinel = new WeakReference<>(new Object());
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(sentinel.refersTo(null)).isTrue();
            });
  }

  @Test
  void aReferenceThatIsReleasedEndsAtOnceAndOnce() {
    Import entry = table.receive(7, SHAPE);
    RemoteObject object = table.object(entry);
    table.unpin(entry);
    table.release(7);
    table.release(7);
    assertThat(released).containsExactly(new Release.Count(7, 1));
    assertThat(table.size()).isZero();
    assertThat(object).hasToString("Runnable@them#7"); // and in use until here
  }

  @Test
  void whatWasReceivedAfterAReleaseIsCountedAnew() {
    Import old = table.receive(7, SHAPE);
    table.receive(7, SHAPE);
    table.release(7);
    Import fresh = table.receive(7, SHAPE);
    assertThat(fresh).isNotSameAs(old);
    table.unpin(old);
    table.unpin(old);
    assertThat(table.size()).isEqualTo(1);
    table.unpin(fresh);
    assertThat(released).containsExactly(new Release.Count(7, 2), new Release.Count(7, 1));
  }

  @Test
  void theReleaseOfWhatIsUnknownDoesNothing() {
    table.release(7);
    assertThat(released).isEmpty();
  }

  @Test
  void aClosedTableHoldsAndReleasesNothing() {
    Import entry = table.receive(7, SHAPE);
    RemoteObject object = table.object(entry);
    table.close();
    table.close();
    assertThat(table.size()).isZero();
    table.unpin(entry);
    table.release(7);
    assertThat(released).isEmpty();
    assertThat(object).hasToString("Runnable@them#7"); // and in use until here
  }

  @Test
  void aMessageIsNotDecodedAfterItWasClosed() {
    Import entry = table.receive(7, SHAPE);
    table.unpin(entry);
    assertThatThrownBy(() -> table.object(entry))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("A message was decoded after it was closed");
  }

  @Test
  void threadsThatReceiveAndForgetGiveBackAllThatCame() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 2000; i++) {
                  Import entry = table.receive(1 + i % 3, SHAPE);
                  if (i % 2 == 0) {
                    table.object(entry);
                  }
                  table.unpin(entry);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    await()
        .untilAsserted(
            () -> {
              System.gc();
              Reclaimer.reclaimAll(collected);
              assertThat(table.size()).isZero();
            });
    assertThat(released.stream().mapToLong(Release.Count::received).sum()).isEqualTo(8000);
  }
}
