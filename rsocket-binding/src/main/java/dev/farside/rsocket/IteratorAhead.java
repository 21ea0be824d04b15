package dev.farside.rsocket;

import dev.farside.rsocket.IteratorMethods.PlainCall;
import org.jspecify.annotations.Nullable;

/**
 * What was read ahead of an iterator of the peer: nothing before the first use, then ever more, and
 * nothing any more after its end or a failure. For one thread at a time, as the iterator is.
 */
final class IteratorAhead {
  private @Nullable RemoteItems items;
  private @Nullable Throwable failure;
  private boolean refused;

  /** Whether its owner must be asked for each element. */
  boolean isRefused() {
    return refused;
  }

  void refused() {
    refused = true;
  }

  /** Whether there is an element, or what is thrown instead of one. */
  boolean hasNext(RemoteObject target, String text) throws InterruptedException {
    boolean asked = false;
    while (!asked && failure == null && !isAhead()) { // at its end before, it may have more now
      items = IteratorMethods.elements(target, text);
      asked = !isAhead();
    }
    return items != null || failure != null;
  }

  private boolean isAhead() {
    try {
      if (items != null && items.hasNext()) {
        return true;
      }
    } catch (Throwable e) {
      failure = e;
    }
    items = null;
    return false;
  }

  /** The next element; where there is none, what the iterator does then. */
  @Nullable Object next(PlainCall call, String text) throws Throwable {
    boolean some = hasNext(call.target(), text);
    @Nullable Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw thrown;
    }
    return some && items != null ? items.next() : call.make();
  }
}
