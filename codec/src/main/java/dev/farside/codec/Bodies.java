package dev.farside.codec;

import java.util.ArrayDeque;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Writes and reads the bodies of messages: lists of values. Keeps the buffers of one thread for its
 * next message. Thread-safe.
 */
public final class Bodies {
  private final Pool<ValueWriter> writers;
  private final Pool<ValueReader> readers;

  /**
   * Bodies of one side.
   *
   * @param shownFrames which frames of its exceptions' stacks it sends
   */
  public Bodies(PassingRules rules, TypeNames typeNames, Predicate<StackTraceElement> shownFrames) {
    this.writers = new Pool<>(() -> new ValueWriter(rules, shownFrames));
    this.readers = new Pool<>(() -> new ValueReader(typeNames, rules));
  }

  /**
   * Begins a body.
   *
   * @param references numbers what is not copied
   * @param limits what both sides accept
   * @param copyCollections whether mutable collections are data
   */
  public BodyWriter writer(ReferenceSink references, Limits limits, boolean copyCollections) {
    ValueWriter writer = writers.take();
    writer.reset(references, limits, copyCollections);
    return new BodyWriter(writer, writers::give);
  }

  /** Begins to read a body. */
  public BodyReader reader(byte[] body, ReferenceSource references, Limits limits) {
    ValueReader reader = readers.take();
    reader.reset(body, references, limits);
    return new BodyReader(reader, readers::give);
  }

  /** A few of each thread's own: encoding a value may begin another message. */
  private static final class Pool<T> {
    private static final int KEPT = 4;

    private final Supplier<T> factory;
    private final ThreadLocal<ArrayDeque<T>> free = ThreadLocal.withInitial(ArrayDeque::new);

    Pool(Supplier<T> factory) {
      this.factory = factory;
    }

    T take() {
      T pooled = free.get().poll();
      return pooled == null ? factory.get() : pooled;
    }

    void give(T used) {
      ArrayDeque<T> mine = free.get();
      if (mine.size() < KEPT) {
        mine.push(used);
      }
    }
  }
}
