package dev.farside.rsocket;

import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The owner's half of an iteration that travels in batches: an iterator that is ahead of the
 * caller's, and can go back to where the caller is. All its methods that are not private are {@link
 * Shortcut}s. The caller's half is {@link CursorIterator}. For one caller at a time.
 */
abstract class Cursor {
  private final List<Map.Entry<?, ?>> entries = Collections.synchronizedList(new ArrayList<>(0));
  private final boolean ofMap;
  private @Nullable Throwable failure;

  /**
   * Before the first element.
   *
   * @param ofMap whether elements that are entries are those of a map
   */
  protected Cursor(boolean ofMap) {
    this.ofMap = ofMap;
  }

  /**
   * The next elements, at most so many: whether more follow, or null if only the next batch tells;
   * which of these are entries of a map, the number of the first of them, and the elements; of an
   * entry its key and value.
   *
   * @param max 0 for the next one though none seemed to follow
   */
  final @Nullable Object[] next(int max) {
    throwFailure();
    return first(max);
  }

  /** The same of the first elements; what fails is left to the next batch. */
  protected final @Nullable Object[] first(int max) {
    int limit = begin(Math.min(Math.max(max, 1), Batches.MAX));
    var elements = new ArrayList<@Nullable Object>();
    int firstEntry = entries.size();
    var entryIndexes = new ArrayList<Integer>();
    boolean more = true;
    boolean unknown = false;
    long weight = 0;
    try {
      more = max == 0 || hasMore();
      while (more && elements.size() < limit && weight < Weight.LIMIT) {
        @Nullable Object element = advance();
        if (element instanceof Map.Entry<?, ?> entry && isLive(entry)) {
          entryIndexes.add(elements.size());
          entries.add(entry);
          element = new @Nullable Object[] {entry.getKey(), entry.getValue()};
        }
        elements.add(element);
        weight += Weight.of(element);
        unknown = !looksAhead() && (elements.size() >= limit || weight >= Weight.LIMIT);
        more = unknown || hasMore();
      }
    } catch (Throwable e) { // also a checked one, which some throw all the same
      failure = e;
    }
    int[] indexes = entryIndexes.stream().mapToInt(Integer::intValue).toArray();
    return new @Nullable Object[] {unknown ? null : more, indexes, firstEntry, elements.toArray()};
  }

  /**
   * Goes back to the caller, before the elements that it has not taken yet: they may have changed.
   *
   * @return whether elements follow; null if what the caller has remains valid
   */
  abstract @Nullable Boolean rewind(int untaken);

  /**
   * Removes the element that the caller has taken last, and continues behind it. Nothing has
   * happened if this throws.
   *
   * @return whether elements follow; null if what the caller has remains valid
   */
  abstract @Nullable Boolean remove(int untaken);

  /** Throws what an iterator throws that is to remove an element and has given none. */
  abstract void removeNothing();

  /**
   * The iterator of a list, where the caller is, to be used as it is from now on.
   *
   * @param taken whether the caller's last step was to take an element
   */
  abstract ListIterator<?> settle(int untaken, boolean taken);

  /** The present value of an entry. */
  final @Nullable Object value(int entry) {
    return entries.get(entry).getValue();
  }

  /** Sets the value of an entry, and returns the former one. */
  @SuppressWarnings("unchecked") // the caller's own entry had these types
  final @Nullable Object set(int entry, @Nullable Object value) {
    return ((Map.Entry<?, @Nullable Object>) entries.get(entry)).setValue(value);
  }

  /** A batch of at most so many elements begins; how many it may have. */
  protected int begin(int max) {
    return max;
  }

  /** Whether it can be asked for more after the last element of a batch, at no price. */
  protected abstract boolean looksAhead();

  protected abstract boolean hasMore();

  protected abstract @Nullable Object advance();

  /** What the next batch fails with. */
  protected final void fail(RuntimeException why) {
    failure = why;
  }

  /** Throws what a former step failed with. */
  protected final void throwFailure() {
    @Nullable Throwable thrown = failure;
    failure = null;
    if (thrown != null) {
      throw Sneaky.<RuntimeException>asUnchecked(thrown);
    }
  }

  /** Whether this is an entry of a map of the JDK or of a peer, which can be set. */
  protected final boolean isLive(Map.Entry<?, ?> entry) {
    Class<?> type = entry.getClass();
    return ofMap
        && (entry instanceof CursorEntry || type.getName().startsWith("java.util."))
        && type != Map.entry("", "").getClass()
        && type != AbstractMap.SimpleEntry.class;
  }
}
