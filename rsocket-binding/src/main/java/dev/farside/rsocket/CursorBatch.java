package dev.farside.rsocket;

import dev.farside.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Cursor#next} gives, as it arrives.
 *
 * @param more whether more elements follow; null if only the next batch tells
 * @param entries which of the elements are entries of a map: arrays of a key and a value
 * @param firstEntry the number of the first of them
 * @param elements the elements
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record CursorBatch(@Nullable Boolean more, int[] entries, int firstEntry, Object[] elements) {
  /** Of what a peer sent. */
  static CursorBatch of(@Nullable Object sent) {
    if (sent instanceof Object[] parts
        && parts.length == 4
        && (parts[0] == null || parts[0] instanceof Boolean)
        && parts[1] instanceof int[] entries
        && parts[2] instanceof Integer firstEntry
        && parts[3] instanceof Object[] elements
        && areEntries(elements, entries)) {
      return new CursorBatch((Boolean) parts[0], entries, firstEntry, elements);
    }
    throw new ProtocolException("The peer gave something else than elements of a collection");
  }

  private static boolean areEntries(Object[] elements, int[] indexes) {
    int next = 0;
    for (int index : indexes) {
      if (index < next
          || index >= elements.length
          || !(elements[index] instanceof Object[] entry)
          || entry.length != 2) {
        return false;
      }
      next = index + 1;
    }
    return true;
  }
}
