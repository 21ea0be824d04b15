package dev.farside.codec;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a reference tells of its object.
 *
 * @param fields what its public final fields hold; no nulls
 * @param results what its getters that are marked {@code @Prefetch} gave, by their names
 */
public record Description(Map<Field, Object> fields, Map<String, @Nullable Object> results) {
  /** Copies the maps. */
  public Description {
    fields = Map.copyOf(fields);
    results = Collections.unmodifiableMap(new HashMap<>(results));
  }
}
