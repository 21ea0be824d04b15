package dev.farside.codec;

import dev.farside.ProtocolException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Both ends of a reference table: what was sent by reference arrives as the object itself. */
final class RecordingReferences implements ReferenceSink, ReferenceSource {
  /** What has been sent, by index. */
  final List<Object> sent = new ArrayList<>();

  /** What {@link #wantsReference} says yes to. */
  final Set<Object> wanted = Collections.newSetFromMap(new IdentityHashMap<>());

  /** What {@link #isNew} says no to. */
  final Set<Object> home = Collections.newSetFromMap(new IdentityHashMap<>());

  /** What the fields of the sender's objects hold, by index. */
  final Map<Integer, Map<Field, Object>> described = new HashMap<>();

  /** Exceptions of the receiver's own, by index. */
  final Map<Integer, Throwable> own = new HashMap<>();

  /** Copies that stand for the sender's exceptions, by index. */
  final Map<Integer, Throwable> adopted = new HashMap<>();

  /** The types that the places of the resolved references required. */
  final List<Class<?>> expected = new ArrayList<>();

  @Override
  public int reference(Object object) {
    for (int i = 0; i < sent.size(); i++) {
      if (sent.get(i) == object) {
        return i;
      }
    }
    sent.add(object);
    return sent.size() - 1;
  }

  @Override
  public int identity(Throwable throwable) {
    return reference(throwable);
  }

  @Override
  public int count() {
    return sent.size();
  }

  @Override
  public void truncate(int count) {
    sent.subList(count, sent.size()).clear();
  }

  @Override
  public boolean wantsReference(Object value) {
    return wanted.contains(value);
  }

  @Override
  public boolean isNew(Object object) {
    return !home.contains(object);
  }

  @Override
  public void describe(int index, Description description) {
    described.put(index, description.fields());
  }

  @Override
  public Object resolve(int index, Class<?> type) {
    if (index >= sent.size()) {
      throw new ProtocolException("There is no reference " + index);
    }
    expected.add(type);
    return sent.get(index);
  }

  @Override
  public @Nullable Throwable ownThrowable(int index) {
    return own.get(index);
  }

  @Override
  public void adoptThrowable(int index, Throwable copy) {
    adopted.put(index, copy);
  }
}
