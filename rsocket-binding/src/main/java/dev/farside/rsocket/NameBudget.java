package dev.farside.rsocket;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** How much of the names that peers send may be kept beyond the messages with them. Thread-safe. */
final class NameBudget {
  /** What one list takes beside its characters. */
  private static final int LIST = 64;

  private final AtomicLong left;

  /**
   * A budget.
   *
   * @param characters of all names together
   */
  NameBudget(long characters) {
    left = new AtomicLong(characters);
  }

  /** Whether these names may be kept, too. */
  boolean take(List<String> names) {
    long needed = LIST + names.stream().mapToLong(name -> LIST + name.length()).sum();
    if (left.get() < needed) {
      return false; // others may be shorter
    }
    return left.addAndGet(-needed) >= 0;
  }
}
