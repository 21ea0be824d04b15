package dev.farside.codec;

import dev.farside.FarsideException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a class that make up an instance's state: neither static nor transient, its own and
 * those of its superclasses up to, and not including, {@code end}. Those that Java does not let us
 * reach (of a module that is not open) are not among {@link #reachable}.
 */
record ObjectFields(List<Field> reachable, List<Field> closed) {
  static ObjectFields of(Class<?> type, Class<?> end) {
    var reachable = new ArrayList<Field>();
    var closed = new ArrayList<Field>();
    for (@Nullable Class<?> c = type; c != null && c != end; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers)) {
          (open(field) ? reachable : closed).add(field);
        }
      }
    }
    return new ObjectFields(List.copyOf(reachable), List.copyOf(closed));
  }

  /** Unique within the class and its superclasses: {@code bank.Account.owner}. */
  static String key(Field field) {
    return field.getDeclaringClass().getName() + "." + field.getName();
  }

  void write(Object value, ValueWriter out) {
    for (Field field : reachable) {
      out.type(key(field));
      out.value(field.getName(), get(field, value));
    }
  }

  /**
   * The same, where what cannot be passed is left out.
   *
   * @param omission the name under which it is said why
   */
  void writePassable(Object value, String omission, ValueWriter out) {
    for (Field field : reachable) {
      @Nullable Object content = get(field, value);
      Runnable part =
          () -> {
            out.type(key(field));
            out.value(field.getName(), content);
          };
      @Nullable FarsideException why = out.attempt(part);
      if (why != null) {
        out.type(omission);
        out.text(why.getMessage());
      }
    }
  }

  /** Those whose contents travel with this object, whatever they are: what only it tells. */
  ObjectFields passed(Object object, ValueWriter out) {
    return new ObjectFields(
        reachable.stream().filter(field -> isPassed(field, object, out)).toList(), closed);
  }

  /** What is copied, what comes home, and what the class shows to everybody. */
  private static boolean isPassed(Field field, Object object, ValueWriter out) {
    if (out.omitsFields()) {
      return false;
    }
    @Nullable Object value = get(field, object);
    return out.copies(value) || out.comesHome(value) || isPublicFinal(field);
  }

  private static boolean isPublicFinal(Field field) {
    int shown = Modifier.PUBLIC | Modifier.FINAL;
    return (field.getModifiers() & shown) == shown
        && Modifier.isPublic(field.getDeclaringClass().getModifiers());
  }

  /** Sets the fields of another object of the same class. */
  void copy(Object from, Object to) {
    for (Field field : reachable) {
      set(field, to, get(field, from));
    }
  }

  /** Reads {@code count} names and values; a name that this side does not have is passed over. */
  void read(Object into, int count, ValueReader in) {
    read(into, count, in, (key, value) -> {});
  }

  /** The same, where {@code others} takes what has a name that is not a field's here. */
  void read(Object into, int count, ValueReader in, BiConsumer<String, @Nullable Object> others) {
    for (int i = 0; i < count; i++) {
      String key = in.type();
      @Nullable Field field = find(key);
      if (field == null) {
        others.accept(key, in.value(key, Object.class));
      } else {
        set(field, into, in.value(field.getName(), field.getType()));
      }
    }
  }

  private @Nullable Field find(String key) {
    for (Field field : reachable) {
      if (key(field).equals(key)) {
        return field;
      }
    }
    return null;
  }

  private static boolean open(Field field) {
    try {
      field.setAccessible(true);
      return true;
    } catch (InaccessibleObjectException e) {
      return false;
    }
  }

  private static @Nullable Object get(Field field, Object value) {
    try {
      return field.get(value);
    } catch (IllegalAccessException e) {
      throw new PassingFailure("the field " + key(field) + " cannot be read", e);
    }
  }

  private static void set(Field field, Object target, @Nullable Object value) {
    try {
      field.set(target, value);
    } catch (IllegalAccessException | IllegalArgumentException e) {
      throw new PassingFailure("the field " + key(field) + " cannot be set: " + e.getMessage(), e);
    }
  }
}
