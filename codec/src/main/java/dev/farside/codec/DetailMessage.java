package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/**
 * The message that {@link Throwable} keeps, of an exception whose class makes more of it: {@code
 * getMessage()} of the copy shall be what it is of the original, not the same addition twice. Found
 * by a trial with a copy.
 */
final class DetailMessage {
  private static final String TRIAL = "\uE000farside\uE000";

  private static final ClassValue<Boolean> OVERRIDES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            return type.getMethod("getMessage").getDeclaringClass() != Throwable.class;
          } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
          }
        }
      };

  private DetailMessage() {}

  /**
   * The message with which a copy is to be made.
   *
   * @param state arguments that the copy is made with, or null if it is made of a message alone
   * @param fields what the copy will have of its fields
   */
  static @Nullable String of(
      Throwable original, @Nullable Object @Nullable [] state, ObjectFields fields) {
    @Nullable String shown = Foreign.message(original);
    if (shown == null || !isMadeUp(original, state)) {
      return shown;
    }
    @Nullable String trial = trial(original, state, fields);
    int at = trial == null ? -1 : trial.indexOf(TRIAL);
    if (trial == null || at < 0) {
      return shown;
    }
    String before = trial.substring(0, at);
    String after = trial.substring(at + TRIAL.length());
    boolean fits =
        shown.length() >= before.length() + after.length()
            && shown.startsWith(before)
            && shown.endsWith(after);
    return fits ? shown.substring(before.length(), shown.length() - after.length()) : shown;
  }

  private static boolean isMadeUp(Throwable original, @Nullable Object @Nullable [] state) {
    return state != null || OVERRIDES.get(original.getClass());
  }

  private static @Nullable String trial(
      Throwable original, @Nullable Object @Nullable [] state, ObjectFields fields) {
    try {
      @Nullable Throwable copy = copy(original.getClass(), state);
      if (copy == null) {
        return null;
      }
      Foreign.initCause(copy, Foreign.cause(original));
      fields.copy(original, copy);
      return Foreign.message(copy);
    } catch (RuntimeException | LinkageError e) {
      return null; // this class cannot be made without its constructor: nor will it be there
    }
  }

  private static @Nullable Throwable copy(Class<?> type, @Nullable Object @Nullable [] state) {
    @Nullable ConstructorState known = JdkExceptions.of(type);
    if (state == null || known == null) {
      return Instances.throwable(type, TRIAL);
    }
    if (known.message() < 0) {
      return null;
    }
    @Nullable Object[] arguments = state.clone();
    arguments[known.message()] = TRIAL;
    return known.create(arguments);
  }
}
