package dev.farside.rsocket;

import java.util.Iterator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A second iterator over a collection that may change meanwhile: it comes after the first one, as
 * far as the caller is. What was removed before it came by, it does not give; what was added, it
 * may.
 */
final class Follower {
  private final Iterator<?> iterator;
  private final BiPredicate<@Nullable Object, @Nullable Object> same;
  private int passed;
  private boolean there;
  private @Nullable Element ahead;

  /**
   * Before the first element.
   *
   * @param same whether two elements that iterators gave are one
   */
  Follower(Iterator<?> iterator, BiPredicate<@Nullable Object, @Nullable Object> same) {
    this.iterator = iterator;
    this.same = same;
  }

  /** An element, which may be null. */
  record Element(@Nullable Object value) {}

  /**
   * Comes as far as the caller is.
   *
   * @param given what the caller was given since {@link #begin}
   * @param taken how many of these it has taken
   */
  void follow(List<Element> given, int taken) {
    while (passed < taken && (ahead != null || iterator.hasNext())) {
      Element next = ahead == null ? new Element(iterator.next()) : ahead;
      ahead = null;
      int index = indexOf(next, given);
      there = index == taken - 1;
      if (index >= taken) {
        ahead = next;
        passed = taken;
      } else if (index >= 0) {
        passed = index + 1;
      }
    }
    there &= passed == taken;
    passed = taken;
  }

  private int indexOf(Element element, List<Element> given) {
    for (int i = passed; i < given.size(); i++) {
      if (same.test(element.value(), given.get(i).value())) {
        return i;
      }
    }
    return -1;
  }

  /** The caller has taken all that it was given, and gets more. */
  void begin(List<Element> given) {
    follow(given, given.size());
    passed = 0;
  }

  /** Removes the element that the caller has taken last; false if it did not come by. */
  boolean remove() {
    if (there) {
      iterator.remove();
      there = false;
      return true;
    }
    return false;
  }

  /** The next element; null if there are no more. */
  @Nullable Element next() {
    @Nullable Element next = ahead;
    ahead = null;
    there = false;
    return next != null ? next : iterator.hasNext() ? new Element(iterator.next()) : null;
  }

  Iterator<?> iterator() {
    return iterator;
  }
}
