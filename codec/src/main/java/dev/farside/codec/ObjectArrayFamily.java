package dev.farside.codec;

import java.lang.reflect.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of objects, of any depth: component type, then the elements. */
record ObjectArrayFamily(int tag) implements ValueFamily {

  @Override
  public String why() {
    return "it is an array";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return Object[].class.isAssignableFrom(type) ? (Encoder<Object[]>) this::encode : null;
  }

  private void encode(Object[] array, ValueWriter out) {
    out.begin(tag, array.length + 1);
    out.type(array.getClass().getComponentType().getName());
    for (int i = 0; i < array.length; i++) {
      out.element(i, array[i]);
    }
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.atLeast(1, parts, "an array");
    Class<?> component = in.typeNames().require(in.type());
    if (component.isPrimitive()) {
      throw in.malformed("an array of objects has the component type " + component);
    }
    List<@Nullable Object> elements = Elements.read(parts - 1, component, in);
    Object[] array = (Object[]) Array.newInstance(component, elements.size());
    for (int i = 0; i < array.length; i++) {
      @Nullable Object element = elements.get(i);
      if (!component.isInstance(element)) {
        in.checkFits("[" + i + "]", element, component);
      }
      array[i] = element;
    }
    return array;
  }
}
