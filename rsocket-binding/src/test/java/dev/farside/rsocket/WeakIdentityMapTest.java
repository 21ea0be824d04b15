package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is noted about objects is found by identity, and goes with them. */
@Timeout(60)
class WeakIdentityMapTest {
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final WeakIdentityMap<Object, Object> map = new WeakIdentityMap<>(gone);

  @Test
  void anEmptyMapKnowsNothing() {
    assertThat(map.get("a")).isNull();
    assertThat(map.remove("a")).isNull();
  }

  @Test
  void aKeyFindsItsOwnValueOnly() {
    var one = new Object();
    var two = new Object();
    map.put(one, 1);
    assertThat(map.get(one)).isEqualTo(1);
    assertThat(map.get(two)).isNull();
    map.put(two, 2);
    assertThat(map.get(one)).isEqualTo(1);
    assertThat(map.get(two)).isEqualTo(2);
  }

  @Test
  void equalObjectsAreDifferentKeys() {
    List<String> one = new ArrayList<>(List.of("a"));
    List<String> two = new ArrayList<>(List.of("a"));
    map.put(one, 1);
    map.put(two, 2);
    assertThat(map.get(one)).isEqualTo(1);
    assertThat(map.get(two)).isEqualTo(2);
    one.add("its hash code is another one now");
    assertThat(map.get(one)).isEqualTo(1);
  }

  @Test
  void aKeysOwnMethodsAreNotCalled() {
    var hostile =
        new Object() {
          @Override
          public boolean equals(Object other) {
            throw new AssertionError("equals");
          }

          @Override
          public int hashCode() {
            throw new AssertionError("hashCode");
          }
        };
    map.put(hostile, 1);
    map.put(new Object(), 2);
    assertThat(map.get(hostile)).isEqualTo(1);
    assertThat(map.remove(hostile)).isEqualTo(1);
  }

  @Test
  void theLastValueCounts() {
    var key = new Object();
    map.put(key, 1);
    map.put(key, 2);
    assertThat(map.get(key)).isEqualTo(2);
    assertThat(map.remove(key)).isEqualTo(2);
    assertThat(map.get(key)).isNull();
    assertThat(map.remove(key)).isNull();
  }

  @Test
  void theValueGoesWithItsKey() {
    var kept = new Object();
    var value = new WeakReference<>(new Object());
    map.put(kept, "kept");
    noteSomethingAboutGarbage(value);
    await()
        .untilAsserted(
            () -> {
              System.gc();
              Reclaimer.reclaimAll(gone);
              assertThat(value.refersTo(null)).isTrue();
            });
    assertThat(map.get(kept)).isEqualTo("kept");
  }

  private void noteSomethingAboutGarbage(WeakReference<Object> value) {
    map.put(new Object(), value.get());
  }

  @Test
  void aKeyIsNotKeptByTheMap() {
    var key = new WeakReference<>(new Object());
    map.put(key.get(), 1);
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(key.refersTo(null)).isTrue();
            });
  }

  @Test
  void threadsThatPutAndRemoveDoNotDisturbEachOther() throws InterruptedException {
    var failures = new CopyOnWriteArrayList<String>();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 4; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  var key = new Object();
                  map.put(key, i);
                  if (!Integer.valueOf(i).equals(map.get(key))
                      || !Integer.valueOf(i).equals(map.remove(key))
                      || map.get(key) != null) {
                    failures.add("entry " + i);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }
}
