package dev.farside.codec;

import dev.farside.FarsideException;
import dev.farside.LimitExceededException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes the values of one message at a time; reused. Not thread-safe. */
final class ValueWriter extends PartWriter {
  private static final int MAX_DESCRIBED = 1024;

  private final PassingRules rules;
  private final Predicate<StackTraceElement> shownFrames;
  private final WrittenValues written = new WrittenValues();
  private final ThrowableBudget throwables = new ThrowableBudget();

  private ReferenceSink references = NoReferences.INSTANCE;
  private Limits limits = Limits.DEFAULT;
  private @Nullable IdentityHashMap<Object, Integer> described;
  private boolean copyCollections;
  private @Nullable String omission;
  private int depth;

  ValueWriter(PassingRules rules, Predicate<StackTraceElement> shownFrames) {
    this.rules = rules;
    this.shownFrames = shownFrames;
  }

  void reset(ReferenceSink sink, Limits newLimits, boolean copy) {
    restart(newLimits);
    written.clear();
    described = null;
    references = sink;
    limits = newLimits;
    copyCollections = copy;
    omission = null;
    throwables.end(true);
    depth = 0;
  }

  byte[] finish() {
    byte[] body = toBytes();
    reset(NoReferences.INSTANCE, limits, false);
    return body;
  }

  /**
   * The numbers of the arrays and buffers among the composite values written so far, by identity.
   */
  Map<Object, Integer> arrays() {
    return written.restorable();
  }

  /** A value in the place that {@code step} names. */
  void value(String step, @Nullable Object value) {
    try {
      value(value);
    } catch (PassingFailure e) {
      throw e.at(step);
    }
  }

  /** A value in the place {@code [index]}. */
  void element(int index, @Nullable Object value) {
    try {
      value(value);
    } catch (PassingFailure e) {
      throw e.at("[" + index + "]");
    }
  }

  /**
   * Writes a part that can be left out.
   *
   * @return null, or why it cannot be passed: then it is as if it had not been tried
   */
  @Nullable FarsideException attempt(Runnable part) {
    var before = new State();
    try {
      aside(part, limits);
      return null;
    } catch (PassingFailure e) {
      before.restore();
      return e.toException();
    } catch (FarsideException e) {
      before.restore();
      return e;
    }
  }

  /** What was written before an attempt. */
  private final class State {
    private final int values = written.size();
    private final int types = typeCount();
    private final int told = described == null ? 0 : described.size();
    private final int referred = references.count();
    private final boolean copying = copyCollections;
    private final int levels = depth;

    void restore() {
      written.truncate(values);
      truncateTypes(types);
      if (described != null) {
        described.values().removeIf(number -> number >= told);
      }
      references.truncate(referred);
      copyCollections = copying;
      depth = levels;
    }
  }

  /** A value that is passed as a declaration asks, whatever its class. */
  void value(String step, @Nullable Object value, PassMode mode) {
    if (mode == PassMode.BY_REFERENCE && value != null && !Scalars.isScalar(value)) {
      referred(step, value);
      return;
    }
    boolean before = copyCollections;
    copyCollections = before || mode == PassMode.BY_VALUE;
    if (mode == PassMode.BY_VALUE && value != null && !Scalars.isScalar(value)) {
      copied(step, value);
    } else {
      value(step, value);
    }
    copyCollections = before;
  }

  /** A value that is to be copied; one of another side, or marked in this message, cannot be. */
  private void copied(String step, Object value) {
    try {
      if (references.wantsReference(value)) {
        refer(value);
      } else {
        copy(value, rules.of(value.getClass()));
      }
    } catch (PassingFailure e) {
      throw e.at(step);
    }
  }

  private void value(@Nullable Object value) {
    if (!scalar(value) && value != null) {
      object(value);
    }
  }

  private void object(Object value) {
    Passing passing = rules.of(value.getClass());
    if (copies(value, passing)) {
      copy(value, passing);
    } else {
      refer(value);
    }
  }

  private void referred(String step, Object value) {
    try {
      refer(value);
    } catch (PassingFailure e) {
      throw e.at(step);
    }
  }

  /** A reference; with its first one in a message goes what there is to tell of an object. */
  private void refer(Object value) {
    int index = references.reference(value);
    Descriptions descriptions = rules.descriptions(value.getClass());
    if (descriptions.isEmpty() || !describes(value)) {
      handle(index);
      return;
    }
    boolean before = copyCollections;
    copyCollections = false; // what is told is live, whoever gets it first
    depth++;
    written.beginUnnamed();
    ValueFamilies.DESCRIBED.encode(index, descriptions.parts(value), this);
    depth--;
    copyCollections = before;
  }

  /** Objects that refer to each other are told up to a limit, so that all can be referred to. */
  private boolean describes(Object value) {
    if (described == null) {
      described = new IdentityHashMap<>();
    }
    return depth < limits.depth() / 2
        && described.size() < MAX_DESCRIBED
        && references.isNew(value)
        && described.putIfAbsent(value, described.size()) == null;
  }

  /** Whether a value is copied in this message. */
  boolean copies(@Nullable Object value) {
    return value == null || Scalars.isScalar(value) || copies(value, rules.of(value.getClass()));
  }

  /** Whether a value is an object of the receiver's. */
  boolean comesHome(@Nullable Object value) {
    return value != null && !references.isNew(value);
  }

  /** Says whether collections are data from here on, and gives whether they were. */
  boolean copyCollections(boolean copy) {
    boolean before = copyCollections;
    copyCollections = copy;
    return before;
  }

  /** Leaves out, in this message, what exceptions have in fields; the first one tells why. */
  void omitFields(String why) {
    omission = why;
  }

  boolean omitsFields() {
    return omission != null;
  }

  /** Why fields are left out, if that is to be said at the value that is being written. */
  @Nullable String noteOfOmission() {
    return depth == 1 ? omission : null;
  }

  /** What is left for the exceptions within the one that is being written. */
  ThrowableBudget throwables() {
    return throwables;
  }

  /** Whether there is no room for more exceptions within the one that is being written. */
  boolean isCrowded() {
    return throwables.isSpent(limits);
  }

  /** Which frames of stacks this side shows. */
  Predicate<StackTraceElement> shownFrames() {
    return shownFrames;
  }

  /** How much deeper than the value that is being written others may nest. */
  int levelsLeft() {
    return limits.depth() - depth;
  }

  private boolean copies(Object value, Passing passing) {
    return switch (passing.how()) {
      case VALUE -> !references.wantsReference(value);
      case DATA -> copyCollections && !references.wantsReference(value);
      case REFERENCE, OPAQUE -> false;
    };
  }

  private void copy(Object value, Passing passing) {
    if (++depth > limits.depth()) {
      throw new LimitExceededException(
          "A value nests deeper than "
              + limits.depth()
              + " levels, the most that both sides accept: pass the inner ones by reference");
    }
    @Nullable Integer earlier = written.numberOf(value);
    if (earlier != null) {
      back(earlier);
    } else {
      int number = written.begin(value);
      encode(value, passing);
      written.end(value, number);
    }
    depth--;
  }

  /** Encoding runs foreign code: accessors, iterators, what an exception overrides. */
  private void encode(Object value, Passing passing) {
    try {
      passing.encoder().encode(value, this);
    } catch (PassingFailure | FarsideException e) {
      throw e;
    } catch (Throwable e) { // of the value's making, errors too: it is what cannot be passed
      throw new PassingFailure(
          "this " + value.getClass().getName() + " cannot be read: " + Foreign.text(e), e);
    }
  }

  /** From here on the value that is being written may occur inside itself. */
  void announce(Object value) {
    written.announce(value);
  }

  /** A reference to a value that is copied too, as a part. */
  void handle(Object value) {
    handle(references.reference(value));
  }

  /** The reference under which an exception is known, as a part. */
  void identity(Throwable throwable) {
    handle(references.identity(throwable));
  }
}
