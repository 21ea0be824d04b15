package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.codec.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calls of one object, begun in order and no sooner than they may. */
class LanesTest {
  private static final Chain CHAIN = new Chain(1, 2);

  private final Lanes lanes = new Lanes(new HashMap<>());
  private final List<String> begun = new ArrayList<>();

  private static Lanes.Way way(boolean queued, boolean awaited) {
    return new Lanes.Way(queued, awaited, false, null);
  }

  private void enter(String name, Chain chain, boolean awaited) {
    lanes.enter("object", chain, way(true, awaited), () -> begun.add(name));
  }

  @Test
  void whatComesAfterAnAwaitedCallWaitsForItAndThenBeginsUpToTheNextAwaited() {
    enter("first", null, true);
    enter("b", null, false);
    enter("c", null, false);
    enter("second", null, true);
    enter("d", null, false);
    assertThat(begun).containsExactly("first");
    lanes.leave("object");
    assertThat(begun).containsExactly("first", "b", "c", "second");
    lanes.leave("object");
    assertThat(begun).containsExactly("first", "b", "c", "second", "d");
    assertThat(lanes.isIdle()).isTrue();
  }

  @Test
  void theChainThatRunsThereDoesNotWait() {
    enter("outer", CHAIN, true);
    enter("other", new Chain(1, 3), true);
    lanes.runsIn("object", CHAIN);
    enter("inner", CHAIN, true);
    assertThat(begun).containsExactly("outer", "inner");
    lanes.leave("object");
    assertThat(begun).containsExactly("outer", "inner");
    lanes.leave("object");
    assertThat(begun).containsExactly("outer", "inner", "other");
    enter("late", CHAIN, true);
    assertThat(begun).doesNotContain("late");
  }

  @Test
  void callsOfOneChainAreGivenToItInTheirOrder() {
    enter("foreign", null, true);
    enter("first", CHAIN, true);
    enter("second", CHAIN, true);
    assertThat(begun).containsExactly("foreign");
    lanes.leave("object");
    enter("third", CHAIN, true);
    assertThat(begun).containsExactly("foreign", "first", "second", "third");
  }

  @Test
  void whatRunsAtOnceWaitsUntilTheCallsOfItsChainAreCarriedOut() {
    enter("one-way", CHAIN, true);
    lanes.enter("object", CHAIN, way(false, false), () -> begun.add("reactive"));
    assertThat(begun).containsExactly("one-way");
    lanes.leave("object");
    assertThat(begun).containsExactly("one-way", "reactive");
  }

  @Test
  void whatRunsAtOnceIsPartOfACallOfItsChainThatIsCarriedOut() {
    enter("one-way", CHAIN, true);
    lanes.runsIn("object", CHAIN);
    lanes.enter("object", CHAIN, way(false, false), () -> begun.add("reactive"));
    assertThat(begun).containsExactly("one-way", "reactive");
  }

  @Test
  void otherObjectsDoNotWait() {
    enter("first", null, true);
    lanes.enter("another object", null, way(false, true), () -> begun.add("other"));
    assertThat(begun).containsExactly("first", "other");
  }

  @Test
  void anyNumberOfCallsThatEndAtOnceMayWait() {
    int many = 100_000;
    enter("first", null, true);
    for (int i = 0; i < many; i++) {
      String name = "" + i;
      lanes.enter(
          "object",
          null,
          way(false, true),
          () -> {
            begun.add(name);
            lanes.leave("object");
          });
    }
    lanes.leave("object");
    assertThat(begun.subList(1, begun.size()))
        .containsExactlyElementsOf(IntStream.range(0, many).mapToObj(i -> "" + i).toList());
    assertThat(lanes.isIdle()).isTrue();
  }

  @Test
  void oneThatCannotBeginHoldsUpNobody() {
    enter("first", null, true);
    lanes.enter(
        "object",
        null,
        way(false, false),
        () -> {
          throw new IllegalStateException("expected");
        });
    enter("next", null, false);
    lanes.leave("object");
    assertThat(begun).containsExactly("first", "next");
  }

  @Test
  void oneThatHadToWaitBeginsWhereItSaysAndNobodyOvertakesIt() {
    List<Runnable> elsewhere = new ArrayList<>();
    var there = new Lanes.Way(false, false, false, elsewhere::add);
    enter("first", null, true);
    lanes.enter("object", null, there, () -> begun.add("there"));
    enter("next", null, false);
    lanes.leave("object");
    enter("late", null, false);
    assertThat(begun).containsExactly("first");
    assertThat(lanes.isIdle()).isFalse();
    assertThat(elsewhere).hasSize(1);
    elsewhere.get(0).run();
    assertThat(begun).containsExactly("first", "there", "next", "late");
    assertThat(lanes.isIdle()).isTrue();
    lanes.enter("object", null, there, () -> begun.add("at once"));
    assertThat(begun).endsWith("at once");
  }

  @Test
  void anUrgentCallWaitsForItsOwnChainOnly() {
    var urgent = new Lanes.Way(true, false, true, null);
    enter("foreign", null, true);
    lanes.enter("object", CHAIN, urgent, () -> begun.add("urgent"));
    assertThat(begun).containsExactly("foreign", "urgent");
    lanes.leave("object");
    enter("own", CHAIN, true);
    lanes.enter(
        "object", CHAIN, new Lanes.Way(false, false, true, null), () -> begun.add("at once"));
    assertThat(begun).doesNotContain("at once");
    lanes.leave("object");
    assertThat(begun).containsExactly("foreign", "urgent", "own", "at once");
  }
}
