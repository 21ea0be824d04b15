package dev.farside.codec;

import dev.farside.FarsideException;
import dev.farside.LimitExceededException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** Writes the values of one message at a time; reused. Not thread-safe. */
final class ValueWriter {
  private static final int OPEN = 1 << 31;
  private static final int KEPT = 1024;
  private static final int MAX_DESCRIBED = 1024;

  private final PassingRules rules;
  private final Predicate<StackTraceElement> shownFrames;
  private final GrowingOutput out = new GrowingOutput();
  private final MessagePacker main = MessagePack.newDefaultPacker(out);
  private MessagePacker packer = main;
  private IdentityHashMap<Object, Integer> written = new IdentityHashMap<>();
  private final Map<String, Integer> typeTexts = new HashMap<>();
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
    out.reset(newLimits);
    packer = main;
    restart();
    forgetWritten();
    typeTexts.clear();
    described = null;
    references = sink;
    limits = newLimits;
    copyCollections = copy;
    omission = null;
    throwables.end(true);
    depth = 0;
  }

  /** Counts the bytes from zero; a finished packer has none left to write. */
  private void restart() {
    try {
      packer.reset(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void forgetWritten() {
    if (written.size() > KEPT) {
      written = new IdentityHashMap<>();
    } else if (!written.isEmpty()) {
      written.clear();
    }
  }

  byte[] finish() {
    try {
      packer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] body = out.toByteArray();
    reset(NoReferences.INSTANCE, limits, false);
    return body;
  }

  /**
   * The numbers of the arrays and buffers among the composite values written so far, by identity.
   */
  Map<Object, Integer> arrays() {
    if (written.isEmpty()) {
      return Map.of();
    }
    var arrays = new IdentityHashMap<Object, Integer>();
    written.forEach(
        (value, number) -> {
          if (Restorable.is(value)) {
            arrays.put(value, number);
          }
        });
    return arrays;
  }

  /** Bytes written so far, those still in the packer's buffer left out. */
  long size() {
    return packer.getTotalWrittenBytes();
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
    MessagePacker around = packer;
    var before = new State();
    var aside = new GrowingOutput();
    aside.reset(limits);
    packer = MessagePack.newDefaultPacker(aside);
    try {
      part.run();
      packer.flush();
      if (aside.length() > limits.messageSize() - around.getTotalWrittenBytes()) {
        throw limits.exceeded();
      }
      around.writePayload(aside.toByteArray());
      return null;
    } catch (PassingFailure e) {
      before.restore();
      return e.toException();
    } catch (FarsideException e) {
      before.restore();
      return e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      packer = around;
    }
  }

  /** What was written before an attempt. */
  private final class State {
    private final int values = written.size();
    private final int texts = typeTexts.size();
    private final int told = described == null ? 0 : described.size();
    private final int referred = references.count();
    private final boolean copying = copyCollections;
    private final int levels = depth;

    void restore() {
      forget(written, values);
      forget(typeTexts, texts);
      if (described != null) {
        forget(described, told);
      }
      references.truncate(referred);
      copyCollections = copying;
      depth = levels;
    }

    private static void forget(Map<?, Integer> numbers, int from) {
      numbers.values().removeIf(number -> (number & ~OPEN) >= from);
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
    try {
      if (!Scalars.write(value, packer) && value != null) {
        object(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    written.put(new Object(), written.size()); // a composite, to which nothing points
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
    @Nullable Integer earlier = written.get(value);
    if (earlier != null) {
      back(earlier, value);
    } else {
      int number = written.size();
      written.put(value, number | OPEN);
      encode(value, passing);
      written.put(value, number);
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
    written.computeIfPresent(value, (v, number) -> number & ~OPEN);
  }

  private void back(int earlier, Object value) {
    if ((earlier & OPEN) != 0) {
      throw new PassingFailure(
          "this " + value.getClass().getName() + " contains itself; a value must not be cyclic");
    }
    Extensions.write(packer, Extensions.BACK, earlier);
  }

  /** A reference, as a part. */
  void handle(int index) {
    Extensions.write(packer, Extensions.REFERENCE, index);
  }

  /** Begins a composite value of {@code parts} parts. */
  void begin(int tag, int parts) {
    list(parts + 1);
    integer(tag);
  }

  /** Begins a list of parts. */
  void list(int size) {
    try {
      packer.packArrayHeader(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One whole number as a part. */
  void integer(int value) {
    try {
      packer.packInt(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One text, or none, as a part. */
  void text(@Nullable String value) {
    try {
      Scalars.writeText(value, packer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a type as a part: in full at first, then by number. */
  void type(String text) {
    @Nullable Integer number = typeTexts.putIfAbsent(text, typeTexts.size());
    if (number == null) {
      text(text);
    } else {
      integer(number);
    }
  }

  /** Bytes as a part. */
  void bytes(byte[] value, int offset, int length) {
    try {
      packer.packBinaryHeader(length);
      packer.writePayload(value, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
