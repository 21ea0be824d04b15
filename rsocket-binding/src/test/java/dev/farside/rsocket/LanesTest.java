package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.codec.Chain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls on one object begin in their order, and not while an awaited one runs. */
class LanesTest {
  private static final Object KEY = "the object";

  private final Map<Object, Lanes.Lane> busy = new HashMap<>();
  private final Lanes lanes = new Lanes(busy);
  private final List<String> began = new ArrayList<>();

  @AfterEach
  void noLaneIsLeft() {
    assertThat(busy).isEmpty();
    assertThat(lanes.isIdle()).isTrue();
  }

  private void enter(String call, boolean awaited) {
    lanes.enter(KEY, null, awaited, () -> began.add(call));
  }

  @Test
  void whatWaitsBeginsUpToTheNextAwaitedCall() {
    enter("first", true);
    enter("free", false);
    enter("second", true);
    enter("last", false);
    assertThat(began).containsExactly("first");
    lanes.leave(KEY);
    assertThat(began).containsExactly("first", "free", "second");
    lanes.leave(KEY);
    assertThat(began).containsExactly("first", "free", "second", "last");
  }

  @Test
  void whatComesWhileOthersBeginDoesNotOvertakeThem() {
    enter("first", true);
    lanes.enter(
        KEY,
        null,
        false,
        () -> {
          began.add("one");
          assertThat(lanes.isIdle()).isFalse();
          enter("three", false);
        });
    enter("two", false);
    lanes.leave(KEY);
    assertThat(began).containsExactly("first", "one", "two", "three");
  }

  @Test
  void theChainThatHasLeftDoesNotOvertakeWhatWaits() {
    var chain = new Chain(1, 2);
    lanes.enter(KEY, chain, true, () -> began.add("first"));
    lanes.enter(
        KEY, null, false, () -> lanes.enter(KEY, chain, false, () -> began.add("the chain")));
    enter("waiting", false);
    lanes.leave(KEY);
    assertThat(began).containsExactly("first", "waiting", "the chain");
  }

  @Test
  void oneThatCannotBeginDoesNotKeepTheOthersFromIt() {
    enter("first", true);
    lanes.enter(
        KEY,
        null,
        false,
        () -> {
          throw new IllegalStateException("closed");
        });
    lanes.enter(
        KEY,
        null,
        false,
        () -> {
          throw new AssertionError("no thread");
        });
    enter("last", false);
    lanes.leave(KEY);
    assertThat(began).containsExactly("first", "last");
  }
}
