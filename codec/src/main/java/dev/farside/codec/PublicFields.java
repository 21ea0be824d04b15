package dev.farside.codec;

import dev.farside.Exposure;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The public final fields of the public classes of an object: constants, which no method call could
 * tell its stand-in. Parsed once for each class; immutable.
 */
final class PublicFields {
  private static final ClassValue<PublicFields> OF = under(Exposure.PUBLIC);
  private static final ClassValue<PublicFields> MARKED = under(Exposure.ANNOTATED);

  private static ClassValue<PublicFields> under(Exposure exposure) {
    return new ClassValue<>() {
      @Override
      protected PublicFields computeValue(Class<?> type) {
        return new PublicFields(
            PublicTypes.of(type, exposure).stream()
                .filter(declaring -> !declaring.isInterface())
                .flatMap(declaring -> Arrays.stream(declaring.getDeclaredFields()))
                .filter(PublicFields::isConstant)
                .filter(Field::trySetAccessible)
                .toList());
      }
    };
  }

  private final List<Field> fields;

  private PublicFields(List<Field> fields) {
    this.fields = fields;
  }

  static PublicFields of(Class<?> type, Exposure exposure) {
    return (exposure == Exposure.PUBLIC ? OF : MARKED).get(type);
  }

  private static boolean isConstant(Field field) {
    int modifiers = field.getModifiers();
    return Modifier.isPublic(modifiers)
        && Modifier.isFinal(modifiers)
        && !Modifier.isStatic(modifiers);
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  int size() {
    return fields.size();
  }

  /** Writes name and value of each. */
  void write(Object object, ValueWriter out) {
    for (Field field : fields) {
      out.type(ObjectFields.key(field));
      out.value(field.getName(), get(field, object));
    }
  }

  private static @Nullable Object get(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new PassingFailure("the field " + ObjectFields.key(field) + " cannot be read", e);
    }
  }

  /**
   * Reads {@code count} names and values. What this side does not have, or cannot hold, is passed
   * over: a field of another version, or a reference where the field's class is final.
   */
  static Map<Field, Object> read(int count, ValueReader in) {
    var values = new HashMap<Field, Object>();
    for (int i = 0; i < count; i++) {
      String key = in.type();
      @Nullable Field field = find(key, in.typeNames());
      @Nullable Object value =
          in.value(
              key.substring(key.lastIndexOf('.') + 1),
              field == null ? Object.class : field.getType());
      if (field != null && boxed(field.getType()).isInstance(value)) {
        values.put(field, value);
      }
    }
    return values;
  }

  private static @Nullable Field find(String key, TypeNames types) {
    @Nullable Class<?> declaring = types.find(key.substring(0, Math.max(0, key.lastIndexOf('.'))));
    if (declaring == null) {
      return null;
    }
    for (Field field : OF.get(declaring).fields) {
      if (ObjectFields.key(field).equals(key)) {
        return field;
      }
    }
    return null;
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }
}
