package dev.farside.codec;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions: identity, class and superclasses, message, cause, suppressed, stack, fields. The
 * class arrives if the receiver has it, else its nearest superclass, with the original's name in
 * the message. No constructor of it runs.
 */
record ThrowableFamily(int tag) implements ValueFamily {
  private static final int PARTS = 8;
  private static final int MAX_FRAMES = 1024;
  private static final int MAX_SUPPRESSED = 64;

  private static final ClassValue<ObjectFields> FIELDS =
      new ClassValue<>() {
        @Override
        protected ObjectFields computeValue(Class<?> type) {
          return ObjectFields.of(type, Throwable.class);
        }
      };

  @Override
  public String why() {
    return "it is an exception";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return Throwable.class.isAssignableFrom(type) ? (Encoder<Throwable>) this::encode : null;
  }

  private void encode(Throwable throwable, ValueWriter out) {
    ObjectFields fields = FIELDS.get(throwable.getClass()).copied(throwable, out);
    out.begin(tag, PARTS);
    out.identity(throwable);
    writeTypes(throwable.getClass(), out);
    out.text(message(throwable));
    FileFailures.write(throwable, out);
    out.announce(throwable);
    out.value("cause", throwable.getCause());
    writeSuppressed(throwable, out);
    StackFrames.write(throwable.getStackTrace(), MAX_FRAMES, out);
    out.list(2 * fields.reachable().size());
    fields.write(throwable, out);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.exactly(PARTS, parts, "an exception");
    int number = in.number();
    int identity = in.handle();
    Throwable copy = create(in, readTypes(in), in.optionalText(), FileFailures.read(in));
    in.announce(number, copy);
    @Nullable Object cause = in.value("cause", Throwable.class);
    initCause(copy, cause);
    readSuppressed(copy, in);
    copy.setStackTrace(StackFrames.read(in));
    FIELDS.get(copy.getClass()).read(copy, in.list() / 2, in);
    keepCause(copy, cause);
    @Nullable Throwable own = in.references().ownThrowable(identity);
    if (own != null) {
      return own;
    }
    in.references().adoptThrowable(identity, copy);
    return copy;
  }

  private static List<String> readTypes(ValueReader in) {
    int count = in.list();
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      names.add(in.type());
    }
    return names;
  }

  private static Throwable create(
      ValueReader in, List<String> names, @Nullable String message, List<@Nullable String> files) {
    for (String name : names) {
      @Nullable Class<?> type = in.typeNames().find(name);
      if (type != null && isConstructible(type)) {
        boolean exact = name.equals(names.get(0));
        if (exact && !files.isEmpty()) {
          return FileFailures.create(type, files);
        }
        return Instances.throwable(type, exact ? message : named(names.get(0), message));
      }
    }
    return Instances.throwable(Throwable.class, message);
  }

  private static boolean isConstructible(Class<?> type) {
    return Throwable.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
  }

  private static String named(String type, @Nullable String message) {
    return message == null ? type : type + ": " + message;
  }

  private static void initCause(Throwable copy, @Nullable Object cause) {
    if (cause instanceof Throwable throwable && throwable != copy) {
      try {
        copy.initCause(throwable);
      } catch (IllegalStateException | UnsupportedOperationException e) {
        // a class of its own mind: keepCause sees to it
      }
    }
  }

  /** Where the class keeps its cause out of our reach: nothing is lost. */
  private static void keepCause(Throwable copy, @Nullable Object cause) {
    if (cause instanceof Throwable throwable && throwable != copy && copy.getCause() != throwable) {
      copy.addSuppressed(throwable);
    }
  }

  private static void readSuppressed(Throwable copy, ValueReader in) {
    int count = in.list();
    for (int i = 0; i < count; i++) {
      @Nullable Object suppressed = in.value("suppressed[" + i + "]", Throwable.class);
      if (suppressed instanceof Throwable throwable && throwable != copy) {
        copy.addSuppressed(throwable);
      }
    }
  }

  private static void writeTypes(Class<?> type, ValueWriter out) {
    var names = new ArrayList<String>();
    for (Class<?> c = type; c != Throwable.class; c = c.getSuperclass()) {
      names.add(c.getName());
    }
    names.add(Throwable.class.getName());
    out.list(names.size());
    names.forEach(out::type);
  }

  private static @Nullable String message(Throwable throwable) {
    try {
      return throwable.getMessage();
    } catch (RuntimeException e) {
      return "(its getMessage() threw " + e.getClass().getName() + ")";
    }
  }

  private static void writeSuppressed(Throwable throwable, ValueWriter out) {
    Throwable[] suppressed = throwable.getSuppressed();
    int count = Math.min(suppressed.length, MAX_SUPPRESSED);
    out.list(count);
    for (int i = 0; i < count; i++) {
      out.value("suppressed[" + i + "]", suppressed[i]);
    }
  }
}
