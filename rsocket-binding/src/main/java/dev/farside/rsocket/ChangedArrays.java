package dev.farside.rsocket;

import dev.farside.codec.BodyWriter;
import dev.farside.codec.PassMode;
import dev.farside.rsocket.PassedArrays.Passed;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copy-restore of arrays and buffers, at the callee: what it wrote into one that it was given, or
 * into one within that, goes back to the caller. Of each only what changed; with a buffer, its
 * position and limit.
 */
final class ChangedArrays {
  /** What one array was before the call. */
  private record Watched(Passed passed, Object before) {}

  /**
   * What changed of one array.
   *
   * @param content the elements of the ranges
   * @param kept position in the content and number of each array of the call, which the content
   *     does not hold; of a buffer its position and limit
   */
  private record Change(Passed array, Ranges ranges, Object content, List<Integer> kept) {}

  /** Nothing is watched. */
  static final ChangedArrays NONE = new ChangedArrays(PassedArrays.NONE);

  private final PassedArrays arrays;
  private final List<Watched> watched = new ArrayList<>(0);

  private ChangedArrays(PassedArrays arrays) {
    this.arrays = arrays;
  }

  /** Watches these arrays from now on. */
  static ChangedArrays watch(PassedArrays arrays) {
    var changed = new ChangedArrays(arrays);
    for (Passed passed : arrays.all()) {
      Object array = Buffers.array(passed.array());
      changed.watched.add(new Watched(passed, copy(array)));
    }
    return changed;
  }

  /** Writes the result, or which array it is, and what changed, as one body. */
  void write(BodyWriter body, @Nullable Object result, PassMode mode) {
    List<Change> changes = changes();
    @Nullable Integer array = arrays.number(result);
    if (array == null) {
      body.begin(1 + 4 * changes.size()).value("result", result, mode);
    } else {
      body.begin(2 + 4 * changes.size()).value("result", null, mode).integer(array);
    }
    write(body, changes);
  }

  /** Whether nothing changed. */
  boolean areNone() {
    return changes().isEmpty();
  }

  /** Writes what the method threw after it changed something, as one body. */
  void writeThrown(BodyWriter body, Throwable throwable) {
    List<Change> changes = changes();
    body.begin(1 + 4 * changes.size()).value("exception", throwable, PassMode.BY_VALUE);
    write(body, changes);
  }

  private static void write(BodyWriter body, List<Change> changes) {
    for (Change change : changes) {
      body.integer(change.array.number());
      body.value("ranges", change.ranges.coded(), PassMode.BY_CLASS);
      body.value(change.array.place(), change.content, PassMode.BY_CLASS);
      body.value("kept", numbers(change.kept), PassMode.BY_CLASS);
    }
  }

  private static int @Nullable [] numbers(List<Integer> kept) {
    return kept.isEmpty() ? null : kept.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<Change> changes() {
    var changes = new ArrayList<Change>(0);
    for (Watched w : watched) {
      Ranges ranges = Ranges.where(Array.getLength(w.before), i -> !same(w, i));
      if (!ranges.isEmpty() || isMoved(w.passed)) {
        Object content = ranges.of(Buffers.array(w.passed.array()));
        changes.add(change(w.passed, ranges, content));
      }
    }
    return changes;
  }

  private static boolean isMoved(Passed passed) {
    return passed.array() instanceof Buffer buffer
        && (buffer.position() != 0 || buffer.limit() != passed.length());
  }

  private Change change(Passed array, Ranges ranges, Object content) {
    if (array.array() instanceof Buffer buffer) {
      return new Change(array, ranges, content, List.of(buffer.position(), buffer.limit()));
    }
    if (!PassedArrays.mayHoldArrays(content)) {
      return new Change(array, ranges, content, List.of());
    }
    Object[] elements = (Object[]) content;
    var kept = new ArrayList<Integer>(0);
    for (int i = 0; i < elements.length; i++) {
      @Nullable Integer number = arrays.number(elements[i]);
      if (number != null) {
        kept.add(i);
        kept.add(number);
        elements[i] = null;
      }
    }
    return new Change(array, ranges, content, kept);
  }

  private static boolean same(Watched w, int index) {
    Object array = Buffers.array(w.passed.array());
    if (array instanceof byte[] bytes) {
      return bytes[index] == ((byte[]) w.before)[index];
    }
    if (array instanceof Object[] objects) {
      return objects[index] == ((Object[]) w.before)[index];
    }
    return Objects.equals(Array.get(array, index), Array.get(w.before, index));
  }

  private static Object copy(Object array) {
    int length = Array.getLength(array);
    Object copy = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }
}
