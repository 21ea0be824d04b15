package dev.farside.codec;

import dev.farside.FarsideException;
import dev.farside.LimitExceededException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one message at a time; reused. Trusts nothing, and never nests deeper than
 * the limit. Not thread-safe.
 */
final class ValueReader extends PartReader {
  private static final Object UNFINISHED = new Object();

  private final TypeNames typeNames;
  private final PassingRules rules;
  private final List<Object> read = new ArrayList<>();
  private final List<String> typeTexts = new ArrayList<>();

  private ReferenceSource references = NoReferences.INSTANCE;
  private Limits limits = Limits.DEFAULT;
  private Class<?> expected = Object.class;
  private @Nullable Throwable begun;
  private int depth;

  ValueReader(TypeNames typeNames, PassingRules rules) {
    this.typeNames = typeNames;
    this.rules = rules;
  }

  void reset(byte[] body, ReferenceSource source, Limits newLimits) {
    restart(body);
    read.clear();
    typeTexts.clear();
    references = source;
    limits = newLimits;
    begun = null;
    depth = 0;
  }

  /** The numbers of the arrays and buffers among the composite values read so far, by identity. */
  Map<Object, Integer> arrays() {
    if (read.isEmpty()) {
      return Map.of();
    }
    var arrays = new IdentityHashMap<Object, Integer>();
    for (int i = 0; i < read.size(); i++) {
      if (Restorable.is(read.get(i))) {
        arrays.put(read.get(i), i);
      }
    }
    return arrays;
  }

  /** Lets go of the message. */
  void forget() {
    reset(NOTHING, NoReferences.INSTANCE, limits);
  }

  TypeNames typeNames() {
    return typeNames;
  }

  PassingRules rules() {
    return rules;
  }

  /** The value in the place that {@code step} names. */
  @Nullable Object value(String step, Class<?> expected) {
    try {
      return value(expected);
    } catch (PassingFailure e) {
      throw e.at(step);
    }
  }

  /** As {@link #value(String, Class)}, of a place that takes no other type. */
  @Nullable Object fitting(String step, Class<?> required) {
    @Nullable Object value = value(step, required);
    checkFits(step, value, required);
    return value;
  }

  /** Fails in words if a value is not of the type that its place requires. */
  void checkFits(String step, @Nullable Object value, Class<?> required) {
    if (value != null && !required.isPrimitive() && !required.isInstance(value)) {
      throw new PassingFailure(references.misfit(value, required)).at(step);
    }
  }

  /** The value in the place {@code [index]}. */
  @Nullable Object element(int index, Class<?> expected) {
    try {
      return value(expected);
    } catch (PassingFailure e) {
      throw e.at("[" + index + "]");
    }
  }

  /** A value that must be of this very type: a part that our own encoders wrote. */
  <T> T part(Class<T> type) {
    @Nullable Object value = value(type);
    if (!type.isInstance(value)) {
      throw malformed("a " + type.getSimpleName() + " was expected");
    }
    return type.cast(value);
  }

  private @Nullable Object value(Class<?> type) {
    return switch (nextType()) {
      case NIL -> {
        nil();
        yield null;
      }
      case BOOLEAN -> bool();
      case INTEGER -> integer();
      case FLOAT -> floating();
      case STRING -> string();
      case EXTENSION -> extended(type);
      case ARRAY -> composite(type);
      case BINARY, MAP -> throw malformed("a value begins with " + nextFormat());
    };
  }

  private Object extended(Class<?> type) {
    Extension part = extension();
    byte[] payload = part.payload();
    if (part.type() == Extensions.UTF16) {
      return Scalars.fromUtf16(payload);
    }
    if (payload.length == 0 || payload.length > 8) {
      throw malformed("an extension value has " + payload.length + " bytes");
    }
    long number = Extensions.number(payload);
    return switch (part.type()) {
      case Extensions.REFERENCE -> references.resolve(index(number), type);
      case Extensions.BACK -> back(number);
      case Extensions.LONG -> number;
      case Extensions.SHORT -> (short) number;
      case Extensions.BYTE -> (byte) number;
      case Extensions.CHARACTER -> (char) number;
      default -> throw malformed("unknown extension type " + part.type());
    };
  }

  private Object back(long number) {
    if (number < 0 || number >= read.size() || read.get((int) number) == UNFINISHED) {
      throw malformed("a value points to one that did not come before it");
    }
    return read.get((int) number);
  }

  private Object composite(Class<?> type) {
    if (++depth > limits.depth()) {
      throw new LimitExceededException(
          "A received value nests deeper than " + limits.depth() + " levels");
    }
    int size = list();
    if (size == 0) {
      throw malformed("a composite value has no tag");
    }
    int tag = integer();
    @Nullable ValueFamily family = ValueFamilies.ofTag(tag);
    if (family == null) {
      throw malformed("unknown tag " + tag);
    }
    int number = read.size();
    read.add(UNFINISHED);
    expected = type;
    Object value = decode(family, size - 1);
    read.set(number, value);
    depth--;
    return value;
  }

  /** Decoding runs foreign code: constructors, {@code hashCode}, {@code compareTo}. */
  private Object decode(ValueFamily family, int parts) {
    try {
      return family.decode(this, parts);
    } catch (PassingFailure | FarsideException e) {
      throw e;
    } catch (Throwable e) { // of the value's making, errors too: it is what cannot be passed
      throw new PassingFailure("it cannot be rebuilt here: " + Foreign.text(e), e);
    }
  }

  /** The type that the place of the composite value requires; to be asked for before its parts. */
  Class<?> expected() {
    return expected;
  }

  /** The number of the composite value that begins; to be asked for before its parts are read. */
  int number() {
    return read.size() - 1;
  }

  /** From here on a composite value may occur inside itself. */
  void announce(int number, Object value) {
    read.set(number, value);
  }

  /** Notes an exception that is not within another value, but not read to its end either. */
  void began(Throwable throwable) {
    if (depth == 1) {
      begun = throwable;
    }
  }

  /** The exception that was read last, even if reading it failed. */
  @Nullable Throwable begun() {
    return begun;
  }

  /** A part that is a text. */
  String text() {
    return part(String.class);
  }

  /** A part that is a text or nothing. */
  @Nullable String optionalText() {
    @Nullable Object value = value(String.class);
    if (value != null && !(value instanceof String)) {
      throw malformed("a text was expected");
    }
    return (String) value;
  }

  /** A part that names a type. */
  String type() {
    if (!nextType().isIntegerType()) {
      String text = text();
      typeTexts.add(text);
      return text;
    }
    int number = integer();
    if (number < 0 || number >= typeTexts.size()) {
      throw malformed("a type has the number " + number + " of " + typeTexts.size());
    }
    return typeTexts.get(number);
  }

  ReferenceSource references() {
    return references;
  }
}
