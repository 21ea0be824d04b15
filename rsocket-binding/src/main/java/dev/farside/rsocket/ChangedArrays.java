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
      if (argument != null && argument.getClass().isArray()) {
        arrays.watched.add(new Watched(i, argument, copy(argument, 0, Array.getLength(argument))));
      }
    }
    return arrays;
  }

  /** Writes the result, or which argument it is, and what changed, as one body. */
  void write(BodyWriter body, @Nullable Object result, PassMode mode) {
    List<Change> changes = changes();
    int argument = argument(result);
    if (argument < 0) {
      body.begin(1 + 3 * changes.size()).value("result", result, mode);
    } else {
      body.begin(2 + 3 * changes.size()).value("result", null, mode).integer(argument);
    }
    for (Change change : changes) {
      body.integer(change.argument).integer(change.offset);
      body.value("args[" + change.argument + "]", change.content, PassMode.BY_CLASS);
    }
  }

  /** Reads the result, and what changed into the caller's arrays. */
  static @Nullable Object read(BodyReader body, List<@Nullable Object> arguments) {
    int parts = body.begin() - 1;
    @Nullable Object result = body.value("result", Object.class);
    if (parts % 3 == 1) {
      result = array(body.integer(), arguments);
    }
    for (int i = 0; i < parts / 3; i++) {
      int argument = body.integer();
      int offset = body.integer();
      @Nullable Object content = body.value("args[" + argument + "]", Object.class);
      restore(content, array(argument, arguments), offset);
    }
    return result;
  }

  private static void restore(@Nullable Object content, Object array, int offset) {
    if (content == null || content.getClass() != array.getClass()) {
      throw new ProtocolException(
          "The peer changed a " + array.getClass().getTypeName() + " into " + content);
    }
    System.arraycopy(content, 0, array, offset, Array.getLength(content));
  }

  private static Object array(int argument, List<@Nullable Object> arguments) {
    @Nullable Object array =
        argument >= 0 && argument < arguments.size() ? arguments.get(argument) : null;
    if (array == null || !array.getClass().isArray()) {
      throw new ProtocolException("The peer means argument " + argument + ", which is no array");
    }
    return array;
  }

  /** Which argument a result is, or -1. */
  private int argument(@Nullable Object result) {
    for (Watched w : watched) {
      if (w.array == result) {
        return w.argument;
      }
    }
    return -1;
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
