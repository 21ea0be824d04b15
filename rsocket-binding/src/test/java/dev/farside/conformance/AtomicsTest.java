package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Atomic variables whose methods can be stood in for, and those whose methods are final. */
public class AtomicsTest {
  /** What lives elsewhere. */
  public static class Atomics {
    private final AtomicInteger number = new AtomicInteger(5);
    private final LongAdder adder = new LongAdder();

    /** Counts. */
    public AtomicInteger number() {
      return number;
    }

    /** Adds. */
    public LongAdder adder() {
      return adder;
    }

    /** The number as what can be stood in for. */
    public Number asNumber() {
      return number;
    }

    /** Adds to each that the caller gives. */
    public void addTo(LongAdder theirs, AtomicInteger own) {
      theirs.add(own.get());
    }

    /** The sum of the caller's numbers. */
    public long sum(List<? extends Number> numbers) {
      return numbers.stream().mapToLong(Number::longValue).sum();
    }
  }

  @Conformance
  void anAdderAdds(Atomics atomics) throws Exception {
    LongAdder adder = atomics.adder();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 3; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 20; i++) {
                  adder.increment();
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(adder.sum()).isEqualTo(60);
    adder.add(5);
    assertThat(adder.sumThenReset()).isEqualTo(65);
    assertThat(adder.intValue()).isZero();
    assertThat(adder.toString()).isEqualTo("0");
  }

  @Conformance
  void anAtomicIsANumber(Atomics atomics) {
    Number number = atomics.asNumber();
    assertThat(number.intValue()).isEqualTo(5);
    assertThat(number.doubleValue()).isEqualTo(5.0);
    assertThat(number.toString()).isEqualTo("5");
  }

  @Conformance
  void anAdderOfTheCallerIsAddedToThere(Atomics atomics) {
    var adder = new LongAdder();
    adder.add(1);
    atomics.addTo(adder, atomics.number());
    assertThat(adder.sum()).isEqualTo(6);
    assertThat(atomics.sum(List.of(adder, 1, 2L, new AtomicLong(3)))).isEqualTo(12);
  }

  @Conformance
  void theSameAtomicComesBack(Atomics atomics) {
    assertThat((Object) atomics.number()).isSameAs(atomics.number());
    var list = new ArrayList<Object>();
    var own = new AtomicBoolean();
    list.add(own);
    list.add(new AtomicReference<>("x"));
    list.add(new AtomicIntegerArray(2));
    assertThat(list.get(0)).isSameAs(own);
  }
}
