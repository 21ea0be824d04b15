package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.StaleReferenceException;
import dev.farside.Unreferenced;
import dev.farside.codec.Message.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An object of ours stands in the table as long as the peer has not given back all it was sent. */
class ExportTableTest {
  private final ExportCensus census = new ExportCensus(Runnable::run);
  private final ExportTable table = new ExportTable(census);

  /** Counts how often it is told that nobody refers to it. */
  private static final class Watched implements Unreferenced {
    private final AtomicInteger told = new AtomicInteger();

    @Override
    public void onUnreferenced() {
      told.incrementAndGet();
    }
  }

  private static void release(ExportTable table, long id, long count) {
    table.release(List.of(new Release.Count(id, count)));
  }

  @Test
  void anObjectHasOneNumberAndAnotherHasAnother() {
    List<String> one = new ArrayList<>();
    List<String> equal = new ArrayList<>();
    assertThat(table.size()).isZero();
    assertThat(table.send(one)).isEqualTo(1);
    assertThat(table.send(equal)).isEqualTo(2);
    assertThat(table.send(one)).isEqualTo(1);
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.get(1)).isSameAs(one);
    assertThat(table.find(2)).isSameAs(equal);
  }

  @Test
  void aNumberThatIsNotThereIsStale() {
    assertThat(table.find(7)).isNull();
    assertThatThrownBy(() -> table.get(7))
        .isInstanceOf(StaleReferenceException.class)
        .hasMessage("The object #7 is not referenced any more: it was released; look it up again");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 1", "1, 1, 0", "1, 2, 0", "2, 1, 1", "2, 2, 0", "3, 1, 1", "3, 2, 1", "3, 3, 0"
  })
  void anEntryEndsWhenAsManyCameBackAsWereSent(int sent, int released, int left) {
    var object = new Object();
    for (int i = 0; i < sent; i++) {
      table.send(object);
    }
    release(table, 1, released);
    assertThat(table.size()).isEqualTo(left);
    assertThat(table.find(1)).isSameAs(left == 1 ? object : null);
  }

  @Test
  void whatIsSentAgainWhileAReleaseIsOnItsWayStays() {
    var object = new Object();
    table.send(object);
    table.send(object); // the peer has released the first one, and does not know of this one
    release(table, 1, 1);
    assertThat(table.get(1)).isSameAs(object);
    release(table, 1, 1);
    assertThat(table.size()).isZero();
  }

  @Test
  void aNumberIsNeverUsedAgain() {
    var object = new Object();
    for (long id = 1; id <= 3; id++) {
      assertThat(table.send(object)).isEqualTo(id);
      release(table, id, 1);
      assertThat(table.find(id)).isNull();
    }
  }

  @Test
  void releasesOfOthersChangeNothing() {
    table.send("a");
    table.release(List.of());
    table.release(
        List.of(
            new Release.Count(2, 1),
            new Release.Count(0, 1),
            new Release.Count(-1, Long.MAX_VALUE)));
    assertThat(table.get(1)).isEqualTo("a");
  }

  @Test
  void oneMessageReleasesMany() {
    for (int i = 0; i < 10; i++) {
      table.send(new Object());
    }
    var counts = new ArrayList<Release.Count>();
    for (long id = 1; id <= 9; id++) {
      counts.add(new Release.Count(id, 1));
    }
    table.release(counts);
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.find(10)).isNotNull();
  }

  @Test
  void aClosedTableHoldsNothingEvenOfWhatIsSentLater() {
    var object = new Object();
    table.send(object);
    table.close();
    assertThat(table.size()).isZero();
    assertThat(table.send(object)).isEqualTo(2);
    assertThat(table.size()).isZero();
    assertThat(table.find(2)).isNull();
    table.close();
  }

  @Test
  void whoWatchesIsToldOnceWhenTheLastReferenceIsReleased() {
    var watched = new Watched();
    table.send(watched);
    table.send(watched);
    release(table, 1, 1);
    assertThat(watched.told).hasValue(0);
    release(table, 1, 1);
    assertThat(watched.told).hasValue(1);
    release(table, 1, 1);
    table.close();
    assertThat(watched.told).hasValue(1);
  }

  @Test
  void whoWatchesIsToldOnceWhenTheConnectionEnds() {
    var watched = new Watched();
    table.send(watched);
    table.close();
    table.close();
    release(table, 1, 1);
    assertThat(watched.told).hasValue(1);
  }

  @Test
  void whoWatchesIsToldWhenTheLastOfSeveralPeersHasLetGo() {
    var watched = new Watched();
    var other = new ExportTable(census);
    table.send(watched);
    other.send(watched);
    release(table, 1, 1);
    assertThat(watched.told).hasValue(0);
    other.close();
    assertThat(watched.told).hasValue(1);
  }

  @Test
  void whoWatchesIsToldAgainAfterItWasReferredToAgain() {
    var watched = new Watched();
    for (int i = 1; i <= 3; i++) {
      long id = table.send(watched);
      assertThat(watched.told).hasValue(i - 1);
      release(table, id, 1);
      assertThat(watched.told).hasValue(i);
    }
  }

  @Test
  void whatIsSentToAClosedTableIsNotWatched() {
    var watched = new Watched();
    table.close();
    table.send(watched);
    table.close();
    assertThat(watched.told).hasValue(0);
  }

  @Test
  void whoFailsToHearHarmsNobody() {
    Unreferenced failing =
        () -> {
          throw new IllegalStateException("cannot hear");
        };
    var watched = new Watched();
    table.send(failing);
    table.send(watched);
    table.release(List.of(new Release.Count(1, 1), new Release.Count(2, 1)));
    assertThat(watched.told).hasValue(1);
    assertThat(table.size()).isZero();
  }

  @Test
  void userCodeIsCalledWithoutALock() {
    Unreferenced reentrant =
        () -> {
          var thread = new Thread(() -> table.send("by another thread"));
          thread.start();
          try {
            thread.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    release(table, table.send(reentrant), 1);
    assertThat(table.get(2)).isEqualTo("by another thread");
  }

  @Test
  void threadsThatSendAndReleaseLeaveNothing() throws InterruptedException {
    var watched = new Watched();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 5000; i++) {
                  release(table, table.send(watched), 1);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(table.size()).isZero();
    assertThat(watched.told.get()).isBetween(1, 20_000);
    int before = watched.told.get();
    release(table, table.send(watched), 1);
    assertThat(watched.told).hasValue(before + 1);
  }
}
