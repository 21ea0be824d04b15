package dev.farside.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to know about a record class, parsed once. Thread-safe. */
final class RecordType {
  private final String text;
  private final String[] names;
  private final Class<?>[] componentTypes;
  private final MethodHandle[] accessors;
  private final MethodHandle constructor;

  private RecordType(
      String text,
      String[] names,
      Class<?>[] componentTypes,
      MethodHandle[] accessors,
      MethodHandle constructor) {
    this.text = text;
    this.names = names;
    this.componentTypes = componentTypes;
    this.accessors = accessors;
    this.constructor = constructor;
  }

  static RecordType of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    String text =
        Arrays.stream(components)
            .map(c -> c.getType().getTypeName() + " " + c.getName())
            .collect(Collectors.joining(",", type.getName() + "(", ")"));
    Class<?>[] types = types(components);
    try {
      var accessors = new MethodHandle[components.length];
      for (int i = 0; i < components.length; i++) {
        accessors[i] = accessor(components[i].getAccessor());
      }
      return new RecordType(
          text,
          Arrays.stream(components).map(RecordComponent::getName).toArray(String[]::new),
          types,
          accessors,
          constructor(type.getDeclaredConstructor(types)));
    } catch (InaccessibleObjectException e) {
      throw closed(type, e);
    } catch (ReflectiveOperationException e) {
      throw new PassingFailure("the record " + type.getName() + " cannot be read: " + e, e);
    }
  }

  /** Why a record cannot be copied that Java does not let us read. */
  static PassingFailure closed(Class<?> type, @Nullable Throwable cause) {
    return new PassingFailure(
        "the record "
            + type.getName()
            + " cannot be read: its package is not open to Farside; add `opens "
            + type.getPackageName()
            + ";` to the declaration of "
            + type.getModule(),
        cause);
  }

  /** Whether Java lets us read and make such records, whose constructor is no less public. */
  static boolean isOpen(Class<?> type) {
    try {
      Class<?>[] types = types(type.getRecordComponents());
      return type.getDeclaredConstructor(types).trySetAccessible();
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private static Class<?>[] types(RecordComponent[] components) {
    return Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
  }

  /** The class name and the components: {@code geo.Point(int x,int y)}. */
  String text() {
    return text;
  }

  int size() {
    return names.length;
  }

  String name(int index) {
    return names[index];
  }

  Class<?> componentType(int index) {
    return componentTypes[index];
  }

  @Nullable Object component(Object value, int index) {
    try {
      return accessors[index].invokeExact(value);
    } catch (Throwable e) {
      throw new PassingFailure("the accessor " + names[index] + "() threw " + e, e);
    }
  }

  Object construct(@Nullable Object[] components) {
    try {
      return constructor.invokeExact(components);
    } catch (Throwable e) {
      throw new PassingFailure("the constructor of " + text + " refused it: " + e, e);
    }
  }

  private static MethodHandle accessor(Method accessor) throws IllegalAccessException {
    accessor.setAccessible(true);
    return MethodHandles.lookup()
        .unreflect(accessor)
        .asType(MethodType.methodType(Object.class, Object.class));
  }

  private static MethodHandle constructor(Constructor<?> constructor)
      throws IllegalAccessException {
    constructor.setAccessible(true);
    return MethodHandles.lookup()
        .unreflectConstructor(constructor)
        .asFixedArity()
        .asSpreader(Object[].class, constructor.getParameterCount())
        .asType(MethodType.methodType(Object.class, Object[].class));
  }
}
