package dev.farside.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sender and a receiver of bodies in one: what arrives if a value is sent? */
record RoundTrip(
    Bodies sender,
    Bodies receiver,
    Limits limits,
    boolean copyCollections,
    RecordingReferences references) {
  private static final ClassLoader LOADER = RoundTrip.class.getClassLoader();

  /** Both sides alike, collections by reference. */
  static RoundTrip plain() {
    return withValueTypes();
  }

  /** As if the signature were reactive. */
  static RoundTrip copyingCollections() {
    Bodies bodies = bodies(LOADER);
    return new RoundTrip(bodies, bodies, Limits.DEFAULT, true, new RecordingReferences());
  }

  /** These classes are registered at both sides. */
  static RoundTrip withValueTypes(Class<?>... types) {
    Bodies bodies = bodies(LOADER, types);
    return new RoundTrip(bodies, bodies, Limits.DEFAULT, false, new RecordingReferences());
  }

  /** These classes are registered at the sender only. */
  static RoundTrip withSendersValueTypes(Class<?>... types) {
    return new RoundTrip(
        bodies(LOADER, types), bodies(LOADER), Limits.DEFAULT, false, new RecordingReferences());
  }

  /** Both sides accept this. */
  RoundTrip limitedTo(Limits newLimits) {
    return new RoundTrip(sender, receiver, newLimits, copyCollections, references);
  }

  /** The receiver knows the classes of this loader. */
  RoundTrip receivedBy(ClassLoader loader) {
    return new RoundTrip(sender, bodies(loader), limits, copyCollections, references);
  }

  /** What arrives as the only argument. */
  @Nullable Object of(@Nullable Object value) {
    return read(write(value)).get(0);
  }

  /** The body of a call with these arguments. */
  byte[] write(@Nullable Object... values) {
    try (BodyWriter writer = sender.writer(references, limits, copyCollections)) {
      writer.begin(values.length);
      for (int i = 0; i < values.length; i++) {
        writer.value("args[" + i + "]", values[i], PassMode.BY_CLASS);
      }
      return writer.finish();
    }
  }

  /** The arguments in a body. */
  List<@Nullable Object> read(byte[] body) {
    try (BodyReader reader = receiver.reader(body, references, limits)) {
      int count = reader.begin();
      var values = new ArrayList<@Nullable Object>();
      for (int i = 0; i < count; i++) {
        values.add(reader.value("args[" + i + "]", Object.class));
      }
      reader.finish();
      return values;
    }
  }

  private static Bodies bodies(ClassLoader loader, Class<?>... valueTypes) {
    Set<Class<?>> types = Set.copyOf(Stream.of(valueTypes).toList());
    return new Bodies(new PassingRules(types), new TypeNames(loader), frame -> true);
  }
}
