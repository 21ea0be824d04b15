package dev.farside.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All families of values. The first that takes a class encodes it. */
final class ValueFamilies {
  private static final List<ValueFamily> ORDERED =
      List.of(
          // immutable, by class
          new EnumFamily(1),
          new RecordFamily(2),
          new ObjectArrayFamily(3),
          new PrimitiveArrayFamily(4),
          new ThrowableFamily(5),
          new ClassFamily(6),
          new ByteBufferFamily(7),
          new CharBufferFamily(19),
          new OptionalFamily(8),
          new ImmutableListFamily(9),
          new ImmutableSetFamily(10),
          new ImmutableMapFamily(11),
          new MapEntryFamily(12),
          new AtomFamily(13),
          // mutable, copied where collections are data
          new MutableListFamily(14),
          new MutableSetFamily(15),
          new MutableMapFamily(16));

  /** Copies of marked classes, for which {@link PassingRules} asks only after their marks. */
  static final FieldsFamily FIELDS = new FieldsFamily(17);

  /** References to objects with public final fields. */
  static final DescribedFamily DESCRIBED = new DescribedFamily(18);

  private static final Map<Integer, ValueFamily> BY_TAG = byTag();

  private ValueFamilies() {}

  static @Nullable ValueFamily ofTag(int tag) {
    return BY_TAG.get(tag);
  }

  static List<ValueFamily> ordered() {
    return ORDERED;
  }

  private static Map<Integer, ValueFamily> byTag() {
    var families = new HashMap<Integer, ValueFamily>();
    families.put(FIELDS.tag(), FIELDS);
    families.put(DESCRIBED.tag(), DESCRIBED);
    for (ValueFamily family : ORDERED) {
      if (families.put(family.tag(), family) != null) {
        throw new IllegalStateException("Two value families have the tag " + family.tag());
      }
    }
    return Map.copyOf(families);
  }
}
