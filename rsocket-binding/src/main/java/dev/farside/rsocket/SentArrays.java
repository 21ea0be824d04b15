package dev.farside.rsocket;

import dev.farside.ProtocolException;
import dev.farside.codec.BodyReader;
import dev.farside.codec.BodyWriter;
import dev.farside.rsocket.PassedArrays.Passed;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copy-restore of arrays and buffers, at the caller: those of one call, to which what the callee
 * wrote into its copies is restored. Used by one thread at a time.
 */
final class SentArrays {
  /**
   * What the callee changed of one array.
   *
   * @param content the elements of the ranges
   * @param moved position and limit that it gave to a buffer; null of an array
   */
  private record Change(Passed passed, Ranges ranges, Object content, @Nullable Moved moved) {}

  /** Where the callee left a buffer, from where it began. */
  private record Moved(int position, int limit) {}

  private PassedArrays arrays = PassedArrays.NONE;

  /** Notes the arrays of a call whose arguments were just written. */
  void note(List<@Nullable Object> arguments, BodyWriter body) {
    arrays = PassedArrays.of(arguments, body.arrays());
  }

  /** Reads the result, and what changed into the arrays. */
  @Nullable Object read(BodyReader body) {
    int parts = body.begin() - 1;
    @Nullable Object result = body.value("result", Object.class);
    if (parts % 4 == 1) {
      result = array(body.integer());
    }
    readChanges(body, parts / 4);
    return result;
  }

  /** Reads what the method threw, and what changed into the arrays. */
  @Nullable Object readThrown(BodyReader body) {
    int parts = body.begin() - 1;
    @Nullable Object throwable = body.value("exception", Throwable.class);
    readChanges(body, parts / 4);
    return throwable;
  }

  private void readChanges(BodyReader body, int count) {
    var changes = new ArrayList<Change>(0);
    for (int i = 0; i < count; i++) {
      changes.add(change(body));
    }
    body.finish();
    changes.forEach(SentArrays::restore);
  }

  private Change change(BodyReader body) {
    Passed passed = passed(body.integer());
    Object array = passed.array();
    @Nullable Object coded = body.value("ranges", Object.class);
    @Nullable Object content = body.value("changed", Object.class);
    @Nullable Object kept = body.value("kept", Object.class);
    if (content == null || content.getClass() != Buffers.arrayType(array)) {
      throw new ProtocolException(
          "The peer changed a " + array.getClass().getTypeName() + " into " + content);
    }
    Ranges ranges = Ranges.decode(coded, Array.getLength(content), passed.length());
    if (Buffers.is(array)) {
      return new Change(passed, ranges, content, moved(kept, passed));
    }
    if (kept != null) {
      keep(kept, content);
    }
    return new Change(passed, ranges, content, null);
  }

  private static Moved moved(@Nullable Object numbers, Passed buffer) {
    if (!(numbers instanceof int[] moved)
        || moved.length != 2
        || moved[0] < 0
        || moved[0] > moved[1]
        || moved[1] > buffer.length()) {
      throw new ProtocolException(
          "The peer moved a buffer out of its %d elements".formatted(buffer.length()));
    }
    return new Moved(moved[0], moved[1]);
  }

  /** Puts the call's own arrays where they belong in a content. */
  private void keep(Object kept, Object content) {
    if (!(kept instanceof int[] numbers)
        || numbers.length % 2 != 0
        || !(content instanceof Object[] elements)) {
      throw new ProtocolException(
          "The peer keeps arrays in a %s by a %s"
              .formatted(content.getClass().getTypeName(), kept.getClass().getTypeName()));
    }
    Class<?> component = elements.getClass().getComponentType();
    for (int i = 0; i < numbers.length; i += 2) {
      int position = numbers[i];
      Object array = array(numbers[i + 1]);
      if (position < 0 || position >= elements.length || !component.isInstance(array)) {
        throw new ProtocolException(
            "The peer keeps a %s at %d of a %s with %d elements"
                .formatted(
                    array.getClass().getTypeName(),
                    position,
                    content.getClass().getTypeName(),
                    elements.length));
      }
      elements[position] = array;
    }
  }

  private static void restore(Change change) {
    Passed passed = change.passed;
    @Nullable Moved moved = change.moved;
    if (moved == null || !(passed.array() instanceof Buffer buffer)) {
      change.ranges.forEach(
          (offset, from, length) ->
              System.arraycopy(change.content, from, passed.array(), offset, length));
      return;
    }
    change.ranges.forEach(
        (offset, from, length) ->
            Buffers.put(buffer, passed.start() + offset, change.content, from, length));
    buffer.limit(passed.start() + moved.limit).position(passed.start() + moved.position);
  }

  private Object array(int number) {
    return passed(number).array();
  }

  private Passed passed(int number) {
    @Nullable Passed passed = arrays.find(number);
    if (passed == null) {
      throw new ProtocolException("The peer means array " + number + ", which was not passed");
    }
    return passed;
  }
}
