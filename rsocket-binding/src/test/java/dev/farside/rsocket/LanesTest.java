package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.codec.Chain;
import dev.farside.rsocket.Lanes.Visit;
import dev.farside.rsocket.Lanes.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calls of one object, begun in order and no sooner than they may. */
class LanesTest {
  private static final Chain CHAIN = new Chain(1, 2);

  private final Lanes lanes = new Lanes(new HashMap<>());
  private final List<String> begun = new ArrayList<>();

  private static Way way(boolean queued, boolean awaited) {
    return new Way(queued, awaited, false, null);
  }

  private Visit enter(String name, Nesting nesting, Way way) {
    var visit = new Visit(nesting, way, () -> begun.add(name));
    lanes.enter("object", visit);
    return visit;
  }

  private Visit enter(String name, Chain chain, boolean awaited) {
    return enter(name, Nesting.in(chain, null), way(true, awaited));
  }

  private void leave(Visit visit) {
    lanes.leave("object", visit);
  }

  @Test
  void whatComesAfterAnAwaitedCallWaitsForItAndThenBeginsUpToTheNextAwaited() {
    Visit first = enter("first", null, true);
    enter("b", null, false);
    enter("c", null, false);
    Visit second = enter("second", null, true);
    enter("d", null, false);
    assertThat(begun).containsExactly("first");
    leave(first);
    assertThat(begun).containsExactly("first", "b", "c", "second");
    leave(second);
    assertThat(begun).containsExactly("first", "b", "c", "second", "d");
    assertThat(lanes.isIdle()).isTrue();
  }

  @Test
  void whatIsPartOfTheCallThatRunsThereDoesNotWait() {
    Nesting running = Nesting.in(CHAIN, null);
    Visit outer = enter("outer", running, way(true, true));
    enter("other", new Chain(1, 3), true);
    Nesting within = Nesting.in(CHAIN, Nesting.in(CHAIN, running));
    Visit inner = enter("inner", within, way(true, true));
    Visit innermost = enter("innermost", Nesting.in(CHAIN, within), way(false, true));
    assertThat(begun).containsExactly("outer", "inner", "innermost");
    leave(innermost);
    leave(inner);
    assertThat(begun).containsExactly("outer", "inner", "innermost");
    leave(outer);
    assertThat(begun).containsExactly("outer", "inner", "innermost", "other");
    enter("late", within, way(true, true));
    assertThat(begun).doesNotContain("late");
  }

  @Test
  void callsOfOneChainAreNotPartOfEachOther() {
    Visit first = enter("first", CHAIN, true);
    lanes.runsIn(first, CHAIN);
    Visit second = enter("second", CHAIN, true);
    enter("third", Nesting.in(CHAIN, null), way(false, false));
    assertThat(begun).containsExactly("first");
    leave(first);
    assertThat(begun).containsExactly("first", "second");
    leave(second);
    assertThat(begun).containsExactly("first", "second", "third");
  }

  @Test
  void whatTheThreadThatWaitsInACallCarriesOutIsPartOfThat() {
    Nesting running = Nesting.in(CHAIN, null);
    enter("outer", running, way(true, true));
    Nesting served = Nesting.in(CHAIN, null);
    Nesting within = Nesting.in(CHAIN, served);
    assertThat(within.isPartOf(running)).isFalse();
    served.runsAbove(running);
    enter("within", within, way(true, false));
    assertThat(begun).containsExactly("outer", "within");
  }

  @Test
  void callsWithinOneCallAreOneAfterTheOther() {
    Nesting running = Nesting.in(CHAIN, null);
    Visit outer = enter("outer", running, way(true, true));
    Visit first = enter("first", Nesting.in(CHAIN, running), way(true, true));
    enter("behind", null, true);
    enter("second", Nesting.in(CHAIN, running), way(true, true));
    assertThat(begun).containsExactly("outer", "first");
    leave(first);
    assertThat(begun).containsExactly("outer", "first", "second");
    leave(outer);
    assertThat(begun).doesNotContain("behind");
  }

  @Test
  void nobodyOvertakesOneThatIsJustBeginning() {
    Nesting running = Nesting.in(CHAIN, null);
    enter("outer", running, way(true, true));
    Visit first = enter("first", Nesting.in(CHAIN, running), way(true, true));
    lanes.enter(
        "object",
        new Visit(
            Nesting.in(CHAIN, running),
            way(false, false),
            () -> {
              enter("late", Nesting.in(CHAIN, running), way(false, false));
              begun.add("second");
            }));
    leave(first);
    assertThat(begun).containsExactly("outer", "first", "second", "late");
  }

  @Test
  void whatIsMadeWithinACallOfAThirdSideMayBePartOfAnyOfItsChainThatWaits() {
    Visit foreign = enter("foreign", null, true);
    Nesting first = Nesting.elsewhere(CHAIN);
    enter("first", first, way(true, true));
    enter("second", Nesting.elsewhere(CHAIN), way(true, true));
    assertThat(begun).containsExactly("foreign");
    leave(foreign);
    assertThat(begun).containsExactly("foreign", "first");
    first.waits();
    Nesting third = Nesting.elsewhere(CHAIN);
    Visit inner = enter("third", third, way(true, true));
    assertThat(begun).containsExactly("foreign", "first", "third");
    third.waits();
    Nesting within = Nesting.in(CHAIN, Nesting.elsewhere(CHAIN));
    enter("within", within, way(true, true));
    assertThat(begun).endsWith("within");
    leave(inner);
    assertThat(begun).doesNotContain("second");
  }

  @Test
  void whatIsMadeElsewhereWaitsForACallOfItsChainThatWaitsForNone() {
    Nesting running = Nesting.in(CHAIN, null);
    Visit oneWay = enter("one-way", running, way(true, true));
    running.waits();
    running.goesOn();
    enter("queued", Nesting.elsewhere(CHAIN), way(true, false));
    enter("reactive", Nesting.elsewhere(CHAIN), way(false, false));
    assertThat(begun).containsExactly("one-way");
    leave(oneWay);
    assertThat(begun).containsExactly("one-way", "queued", "reactive");
  }

  @Test
  void whatRunsAtOnceIsPartOfACallOfItsChainThatWaits() {
    Nesting running = Nesting.in(null, null);
    Visit oneWay = enter("one-way", running, way(true, true));
    lanes.runsIn(oneWay, CHAIN);
    running.waits();
    enter("reactive", Nesting.elsewhere(CHAIN), way(false, false));
    assertThat(begun).containsExactly("one-way", "reactive");
  }

  @Test
  void otherObjectsDoNotWait() {
    enter("first", null, true);
    lanes.enter(
        "another object",
        new Visit(Nesting.in(null, null), way(false, true), () -> begun.add("other")));
    assertThat(begun).containsExactly("first", "other");
  }

  @Test
  void anyNumberOfCallsThatEndAtOnceMayWait() {
    int many = 100_000;
    Visit first = enter("first", null, true);
    for (int i = 0; i < many; i++) {
      String name = "" + i;
      var self = new AtomicReference<Visit>();
      self.set(
          new Visit(
              Nesting.in(null, null),
              way(false, true),
              () -> {
                begun.add(name);
                leave(self.get());
              }));
      lanes.enter("object", self.get());
    }
    leave(first);
    assertThat(begun.subList(1, begun.size()))
        .containsExactlyElementsOf(IntStream.range(0, many).mapToObj(i -> "" + i).toList());
    assertThat(lanes.isIdle()).isTrue();
  }

  @Test
  void oneThatCannotBeginHoldsUpNobody() {
    Visit first = enter("first", null, true);
    lanes.enter(
        "object",
        new Visit(
            Nesting.in(null, null),
            way(false, false),
            () -> {
              throw new IllegalStateException("expected");
            }));
    enter("next", null, false);
    leave(first);
    assertThat(begun).containsExactly("first", "next");
  }

  @Test
  void oneThatHadToWaitBeginsWhereItSaysAndNobodyOvertakesIt() {
    List<Runnable> elsewhere = new ArrayList<>();
    var there = new Way(false, false, false, elsewhere::add);
    Visit first = enter("first", null, true);
    enter("there", Nesting.in(null, null), there);
    enter("next", null, false);
    leave(first);
    enter("late", null, false);
    assertThat(begun).containsExactly("first");
    assertThat(lanes.isIdle()).isFalse();
    assertThat(elsewhere).hasSize(1);
    elsewhere.get(0).run();
    assertThat(begun).containsExactly("first", "there", "next", "late");
    assertThat(lanes.isIdle()).isTrue();
    enter("at once", Nesting.in(null, null), there);
    assertThat(begun).endsWith("at once");
  }

  @Test
  void anUrgentCallWaitsForItsOwnChainOnly() {
    Visit foreign = enter("foreign", null, true);
    Nesting own = Nesting.in(CHAIN, null);
    enter("urgent", own, new Way(true, false, true, null));
    assertThat(begun).containsExactly("foreign", "urgent");
    leave(foreign);
    Visit running = enter("own", CHAIN, true);
    enter("at once", own, new Way(false, false, true, null));
    assertThat(begun).doesNotContain("at once");
    leave(running);
    assertThat(begun).containsExactly("foreign", "urgent", "own", "at once");
  }

  @Test
  void whatHasToWaitForACallNeverBecomesPartOfIt() {
    Nesting running = Nesting.in(CHAIN, null);
    Visit oneWay = enter("one-way", running, way(true, true));
    enter("reactive", Nesting.elsewhere(CHAIN), way(false, false));
    lanes.runsIn(oneWay, CHAIN);
    running.waits();
    enter("within", Nesting.in(CHAIN, running), way(true, false));
    assertThat(begun).containsExactly("one-way", "within");
    leave(oneWay);
    assertThat(begun).containsExactly("one-way", "within", "reactive");
  }

  @Test
  void whatRunsInNoChainHasNoCallsOfItsCallersChainAsParts() {
    Nesting running = Nesting.in(CHAIN, null);
    Visit reactive = enter("reactive", running, way(false, true));
    running.waits();
    enter("elsewhere", Nesting.elsewhere(CHAIN), new Way(true, false, true, null));
    assertThat(begun).containsExactly("reactive");
    leave(reactive);
    assertThat(begun).containsExactly("reactive", "elsewhere");
  }

  @Test
  void whoReadsWhatACallGivesNeedNotWaitForIt() {
    Visit stream = enter("stream", CHAIN, true);
    enter("other", new Chain(1, 3), true);
    lanes.opened(stream);
    enter("reader", CHAIN, true);
    assertThat(begun).containsExactly("stream", "reader");
  }

  @Test
  void anUrgentCallOvertakesNoneOfItsOwnChain() {
    Visit foreign = enter("foreign", null, true);
    Visit own = enter("own", CHAIN, true);
    enter("urgent", Nesting.in(CHAIN, null), new Way(true, false, true, null));
    assertThat(begun).containsExactly("foreign");
    leave(foreign);
    leave(own);
    assertThat(begun).containsExactly("foreign", "own", "urgent");
  }
}
