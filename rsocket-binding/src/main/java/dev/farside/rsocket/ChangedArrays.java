package dev.farside.rsocket;

import dev.farside.ProtocolException;
import dev.farside.codec.BodyReader;
import dev.farside.codec.BodyWriter;
import dev.farside.codec.PassMode;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copy-restore of array arguments: what the callee wrote into an array stands in the caller's array
 * afterwards. Of each array only the range that changed travels back.
 */
final class ChangedArrays {
  /** What one array was before the call, and is. */
  private record Watched(int argument, Object array, Object before) {}

  /** A range of one array that changed. */
  private record Change(int argument, int offset, Object content) {}

  /** Nothing was watched. */
  static final ChangedArrays NONE = new ChangedArrays();

  private final List<Watched> watched = new ArrayList<>(0);

  /** Watches the arrays among these arguments. */
  static ChangedArrays watch(@Nullable Object[] arguments) {
    var arrays = new ChangedArrays();
    for (int i = 0; i < arguments.length; i++) {
      @Nullable Object argument = arguments[i];
      if (argument != null && argument.getClass().isArray() && Array.getLength(argument) > 0) {
        arrays.watched.add(new Watched(i, argument, copy(argument, 0, Array.getLength(argument))));
      }
    }
    return arrays;
  }

  /** Writes the result and what changed, as one body. */
  void write(BodyWriter body, @Nullable Object result, PassMode mode) {
    List<Change> changes = changes();
    body.begin(1 + 3 * changes.size()).value("result", result, mode);
    for (Change change : changes) {
      body.integer(change.argument).integer(change.offset);
      body.value("args[" + change.argument + "]", change.content, PassMode.BY_CLASS);
    }
  }

  /** Reads what changed into the caller's arrays. */
  static void restore(BodyReader body, int parts, List<@Nullable Object> arguments) {
    for (int i = 0; i < parts; i += 3) {
      int argument = body.integer();
      int offset = body.integer();
      @Nullable Object content = body.value("args[" + argument + "]", Object.class);
      @Nullable Object array =
          argument >= 0 && argument < arguments.size() ? arguments.get(argument) : null;
      if (array == null || content == null || !array.getClass().isArray()) {
        throw new ProtocolException(
            "The peer changed argument " + argument + ", which is no array");
      }
      System.arraycopy(content, 0, array, offset, Array.getLength(content));
    }
  }

  private List<Change> changes() {
    var changes = new ArrayList<Change>(0);
    for (Watched w : watched) {
      int length = Array.getLength(w.array);
      int first = 0;
      while (first < length && same(w, first)) {
        first++;
      }
      int end = length;
      while (end > first && same(w, end - 1)) {
        end--;
      }
      if (first < end) {
        changes.add(new Change(w.argument, first, copy(w.array, first, end - first)));
      }
    }
    return changes;
  }

  private static boolean same(Watched w, int index) {
    if (w.array instanceof byte[] bytes) {
      return bytes[index] == ((byte[]) w.before)[index];
    }
    if (w.array instanceof Object[] objects) {
      return objects[index] == ((Object[]) w.before)[index];
    }
    return Objects.equals(Array.get(w.array, index), Array.get(w.before, index));
  }

  private static Object copy(Object array, int offset, int length) {
    Object copy = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, offset, copy, 0, length);
    return copy;
  }
}
