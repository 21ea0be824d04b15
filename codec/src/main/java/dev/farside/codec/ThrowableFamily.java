package dev.farside.codec;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions: identity, class and superclasses, message, what a JDK class keeps to itself, stack,
 * cause, suppressed, fields. The class arrives if the receiver has it, else its nearest superclass,
 * with the original's name in the message. No constructor of a class outside of the JDK runs.
 */
record ThrowableFamily(int tag) implements ValueFamily {
  private static final int PARTS = 8;
  private static final int MAX_SUPPRESSED = 64;

  /** Stands for the name of a field that cannot be passed, before the reason. */
  private static final String OMISSION = "farside.omission";

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

  /** Within an exception collections are data: whoever catches it wants to know what happened. */
  private void encode(Throwable throwable, ValueWriter out) {
    boolean before = out.copyCollections(true);
    boolean outermost = out.throwables().begin();
    encodeParts(throwable, out);
    out.throwables().end(outermost);
    out.copyCollections(before);
  }

  private void encodeParts(Throwable throwable, ValueWriter out) {
    ObjectFields fields = FIELDS.get(throwable.getClass()).passed(throwable, out);
    @Nullable Object @Nullable [] state = state(throwable, out);
    @Nullable String message = DetailMessage.of(throwable, state, fields);
    out.begin(tag, PARTS);
    out.identity(throwable);
    writeTypes(throwable, out);
    out.text(message);
    writeState(throwable, state, out);
    out.announce(throwable);
    StackFrames.write(Foreign.stack(throwable), out.shownFrames(), out);
    out.value("cause", Causes.of(throwable, out));
    writeSuppressed(throwable, out);
    writeFields(throwable, fields, out);
  }

  private static void writeTypes(Throwable throwable, ValueWriter out) {
    var names = new ArrayList<String>();
    if (!(throwable instanceof Causes.LeftOut)) {
      for (Class<?> c = throwable.getClass(); c != Throwable.class; c = c.getSuperclass()) {
        names.add(c.getName());
      }
    }
    names.add(Throwable.class.getName());
    out.list(names.size());
    names.forEach(out::type);
  }

  private static @Nullable Object @Nullable [] state(Throwable throwable, ValueWriter out) {
    @Nullable ConstructorState known = JdkExceptions.of(throwable.getClass());
    @Nullable Object @Nullable [] state =
        known == null || out.omitsFields() ? null : known.read(throwable);
    if (state != null) {
      for (Object argument : state) {
        if (argument instanceof Throwable inner && Causes.reaches(inner, throwable)) {
          return null; // what is made with it cannot be made before it
        }
      }
    }
    return state;
  }

  private static void writeState(
      Throwable throwable, @Nullable Object @Nullable [] state, ValueWriter out) {
    if (state == null) {
      out.list(0);
      return;
    }
    @Nullable ConstructorState known = JdkExceptions.of(throwable.getClass());
    int ofMessage = known == null ? -1 : known.message();
    out.list(state.length);
    for (int i = 0; i < state.length; i++) {
      out.value("state[" + i + "]", i == ofMessage ? null : state[i]);
    }
  }

  private static void writeFields(Throwable throwable, ObjectFields fields, ValueWriter out) {
    @Nullable Throwable next = NextExceptions.of(throwable);
    boolean passesNext = next != null && NextExceptions.fits(out.levelsLeft());
    out.list(2 * (fields.reachable().size() + (passesNext ? 1 : 0)));
    fields.writePassable(throwable, OMISSION, out);
    if (next != null && passesNext) {
      NextExceptions.write(next, out);
    }
  }

  private static void writeSuppressed(Throwable throwable, ValueWriter out) {
    List<Throwable> suppressed = suppressed(throwable, out);
    out.list(suppressed.size());
    for (int i = 0; i < suppressed.size(); i++) {
      out.value("suppressed[" + i + "]", suppressed.get(i));
    }
  }

  private static List<Throwable> suppressed(Throwable throwable, ValueWriter out) {
    Throwable[] all = throwable.getSuppressed();
    if (out.isCrowded()) {
      boolean cut = all.length > 0 || Foreign.cause(throwable) != null;
      return cut && Causes.fits(out.levelsLeft()) ? List.of(Causes.tooMany()) : List.of();
    }
    int count = Causes.fits(out.levelsLeft()) ? Math.min(all.length, MAX_SUPPRESSED) : 0;
    var suppressed = new ArrayList<>(List.of(all).subList(0, count));
    if (all.length > MAX_SUPPRESSED && count > 0) {
      int left = all.length - MAX_SUPPRESSED;
      suppressed.add(new Causes.LeftOut("(" + left + " more suppressed ones are left out)", null));
    }
    if (NextExceptions.of(throwable) != null && !NextExceptions.fits(out.levelsLeft())) {
      suppressed.add(new Causes.LeftOut("(the next exceptions are left out)", null));
    }
    @Nullable String why = out.noteOfOmission();
    if (why != null) {
      suppressed.add(new Causes.LeftOut(why, null));
    }
    return suppressed;
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.exactly(PARTS, parts, "an exception");
    int number = in.number();
    int identity = in.handle();
    List<String> types = readTypes(in);
    @Nullable String message = in.optionalText();
    @Nullable Object[] state = readState(in);
    @Nullable Throwable known = in.references().knownThrowable(identity);
    Throwable copy = known != null ? known : create(in, types, message, state);
    in.announce(number, copy);
    StackTraceElement[] stack = StackFrames.read(in);
    @Nullable Throwable own = in.references().ownThrowable(identity);
    if (own == null && known == null) {
      Foreign.setStack(copy, stack);
      in.references().adoptThrowable(identity, copy);
    }
    in.began(own == null ? copy : own);
    readRest(copy, known == null, in);
    return own == null ? copy : own;
  }

  private static void readRest(Throwable copy, boolean isNew, ValueReader in) {
    @Nullable Object cause = in.value("cause", Throwable.class);
    Foreign.initCause(copy, cause instanceof Throwable throwable ? throwable : null);
    readSuppressed(copy, in);
    FIELDS
        .get(copy.getClass())
        .read(copy, in.list() / 2, in, (key, value) -> readOther(copy, isNew, key, value));
    keepCause(copy, cause);
  }

  /** A copy that was here before has been told what it lacks. */
  private static void readOther(Throwable copy, boolean isNew, String key, @Nullable Object value) {
    if (!key.equals(OMISSION)) {
      NextExceptions.set(copy, key, value);
    } else if (isNew) {
      var note = new Throwable("(a field is left out: " + value + ")");
      Foreign.setStack(note, new StackTraceElement[0]);
      copy.addSuppressed(note);
    }
  }

  private static List<String> readTypes(ValueReader in) {
    int count = in.list();
    var names = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      names.add(in.type());
    }
    return names;
  }

  private static @Nullable Object[] readState(ValueReader in) {
    int count = in.list();
    var state = new ArrayList<@Nullable Object>();
    for (int i = 0; i < count; i++) {
      state.add(in.value("state[" + i + "]", Object.class));
    }
    return state.toArray();
  }

  private static Throwable create(
      ValueReader in, List<String> names, @Nullable String message, @Nullable Object[] state) {
    for (String name : names) {
      @Nullable Class<?> type = in.typeNames().find(name);
      if (type != null && isConstructible(type)) {
        boolean exact = name.equals(names.get(0));
        String text = exact ? message : named(names.get(0), message);
        @Nullable Throwable made = ofState(type, exact, text, state);
        return made != null ? made : Instances.throwable(type, text);
      }
    }
    return Instances.throwable(Throwable.class, message);
  }

  /** Null if it has no such state, or has it instead of a message that would name the original. */
  private static @Nullable Throwable ofState(
      Class<?> type, boolean exact, @Nullable String message, @Nullable Object[] state) {
    @Nullable ConstructorState known = JdkExceptions.of(type);
    if (known == null || known.size() != state.length || (!exact && known.message() < 0)) {
      return null;
    }
    if (known.message() >= 0) {
      state[known.message()] = message;
    }
    return known.create(state);
  }

  private static boolean isConstructible(Class<?> type) {
    return Throwable.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
  }

  private static String named(String type, @Nullable String message) {
    return message == null ? type : type + ": " + message;
  }

  /** Where the class keeps its cause out of our reach and has none: nothing is lost. */
  private static void keepCause(Throwable copy, @Nullable Object cause) {
    if (cause instanceof Throwable throwable && throwable != copy && Foreign.cause(copy) == null) {
      suppress(copy, throwable);
    }
  }

  private static void readSuppressed(Throwable copy, ValueReader in) {
    int count = in.list();
    for (int i = 0; i < count; i++) {
      @Nullable Object suppressed = in.value("suppressed[" + i + "]", Throwable.class);
      if (suppressed instanceof Throwable throwable) {
        suppress(copy, throwable);
      }
    }
  }

  /** A copy that was here already may have it. */
  private static void suppress(Throwable copy, Throwable suppressed) {
    if (suppressed != copy && !isAmong(copy.getSuppressed(), suppressed)) {
      copy.addSuppressed(suppressed);
    }
  }

  /** By identity: what {@code equals} says is its class's matter. */
  private static boolean isAmong(Throwable[] all, Throwable wanted) {
    for (Throwable one : all) {
      if (one == wanted) {
        return true;
      }
    }
    return false;
  }
}
