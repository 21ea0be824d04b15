package dev.farside.rsocket;

import reactor.core.publisher.Operators;

/**
 * How many items the receiver of a stream lets the sender send: never more than were requested, and
 * no more at a time than a window, which is small at first, grows while items are small, and holds
 * about a mebibyte. Thread-safe.
 */
final class ItemCredit {
  private static final int FIRST_WINDOW = 16;
  private static final int MIN_WINDOW = 2;
  private static final int MAX_WINDOW = 1024;
  private static final long WINDOW_BYTES = 1 << 20;

  private long ungranted;
  private long outstanding;
  private long window = FIRST_WINDOW;
  private double itemBytes;

  /** The subscriber requested so many. */
  synchronized void demand(long items) {
    ungranted = Operators.addCap(ungranted, items);
  }

  /** So many arrived. */
  synchronized void received(int items, int bytes) {
    outstanding -= items;
    if (items > 0) {
      double now = (double) bytes / items;
      itemBytes = itemBytes == 0 ? now : (7 * itemBytes + now) / 8;
      long fitting = (long) (WINDOW_BYTES / Math.max(1, itemBytes));
      window = Math.max(MIN_WINDOW, Math.min(Math.min(2 * window, MAX_WINDOW), fitting));
    }
  }

  /** How many the sender may be granted now; they count as granted. */
  synchronized long grant() {
    if (outstanding > window / 2) {
      return 0;
    }
    long items = Math.min(ungranted, window - outstanding);
    if (items <= 0) {
      return 0;
    }
    outstanding += items;
    if (ungranted != Long.MAX_VALUE) {
      ungranted -= items;
    }
    return items;
  }
}
