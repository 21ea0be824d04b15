package dev.farside.rsocket;

import dev.farside.codec.Chain;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Where a call that came in stands among the calls that wait for each other: it is part of another
 * one that is carried out here if it is made while that one waits for a call of ours, or if a
 * thread that waits in that one carries it out. Compared by identity; thread-safe.
 */
final class Nesting {
  private final @Nullable Chain chain;
  private final @Nullable Nesting outer;
  private final boolean known;
  private final AtomicInteger waits = new AtomicInteger();
  private volatile @Nullable Nesting below;

  private Nesting(@Nullable Chain chain, @Nullable Nesting outer, boolean known) {
    this.chain = chain;
    this.outer = outer;
    this.known = known;
  }

  /**
   * Of a call within another one, or within none.
   *
   * @param chain the logical thread that makes it, if one does
   * @param outer what waits for it here
   */
  static Nesting in(@Nullable Chain chain, @Nullable Nesting outer) {
    return new Nesting(chain, outer, outer == null || outer.known);
  }

  /**
   * Of a call that is made within one of a third side: what waits in its chain here for a call of
   * ours may wait for it.
   */
  static Nesting elsewhere(@Nullable Chain chain) {
    return new Nesting(chain, null, false);
  }

  /** The logical thread that makes the call, if one does. */
  @Nullable Chain chain() {
    return chain;
  }

  /** Whether this side knows all that the call is part of. */
  boolean isKnown() {
    return known;
  }

  /**
   * A thread begins to carry the call out.
   *
   * @param waiting what the same thread carries out further down its stack; null for nothing
   */
  void runsAbove(@Nullable Nesting waiting) {
    below = waiting;
  }

  /** The call, which is carried out, has sent one of ours that it waits for. */
  void waits() {
    waits.incrementAndGet();
  }

  /** One that it waited for has ended. */
  void goesOn() {
    waits.decrementAndGet();
  }

  /** Whether anything that is made elsewhere can be part of it. */
  boolean isWaiting() {
    return waits.get() > 0;
  }

  /** Whether the call is known to be part of another one. */
  boolean isPartOf(Nesting other) {
    @Nullable Nesting within = next();
    while (within != null && within != other) {
      within = within.next();
    }
    return within != null;
  }

  /** What ends after this one. On one stack are, too, those for which this one was made. */
  private @Nullable Nesting next() {
    @Nullable Nesting waiting = below;
    return waiting != null ? waiting : outer;
  }
}
