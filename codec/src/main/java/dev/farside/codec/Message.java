package dev.farside.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The header of a message: everything but the reference table and the body. docs/wire.md gives the
 * bytes.
 */
public sealed interface Message {
  /** The first message of each side, without a body. */
  record Hello(int minVersion, int maxVersion, Limits limits) implements Message {}

  /**
   * A call. Its body holds the arguments.
   *
   * @param id the caller's number for the call, for {@link Cancel}
   * @param options see {@link CallOptions}
   * @param chain the logical thread that makes it; null if none does
   * @param remainingMillis how long the caller will wait; 0 for no limit
   * @param during the receiver's call within which this one is made, for which that waits: it must
   *     not complete before a one-way call is carried out; 0 for none, {@link #ELSEWHERE} for a
   *     call of a third side
   * @param baggage what travels with it of its caller's context
   */
  record Call(
      long id,
      Target target,
      MethodKey method,
      CallOptions options,
      @Nullable Chain chain,
      long remainingMillis,
      long during,
      Baggage baggage)
      implements Message {
    /** The call within which this one is made is not the receiver's, but within one, perhaps. */
    public static final long ELSEWHERE = Long.MAX_VALUE;

    /** A call with which no context travels. */
    public Call(
        long id,
        Target target,
        MethodKey method,
        CallOptions options,
        @Nullable Chain chain,
        long remainingMillis,
        long during) {
      this(id, target, method, options, chain, remainingMillis, during, Baggage.NONE);
    }
  }

  /** A subscription to a publisher that was sent as a reference. No body. */
  record Subscribe(long id, Target target) implements Message {}

  /**
   * The call returned: its body holds the result, then index, offset and content of changed arrays.
   */
  record Returned() implements Message {}

  /** The call or the source of the stream threw: its body holds the exception. */
  record Thrown() implements Message {}

  /** The next items of a stream: its body holds them, without their number before them. */
  record Items() implements Message {}

  /** The method that gives the stream has returned. No body. */
  record Opened() implements Message {}

  /**
   * The sender wants no more of a call.
   *
   * @param input false: the caller gives up its call; true: the callee wants no more items of the
   *     call's publisher argument
   */
  record Cancel(long id, boolean input) implements Message {}

  /** The sender let go of objects of the receiver; each as often as it had received it. */
  record Release(List<Count> counts) implements Message {
    /** An object's number and how often its reference was received. */
    public record Count(long id, long received) {}
  }

  /**
   * These logical threads, in which the sender has called, make no more calls: the threads that
   * wait for them may end.
   */
  record ChainsEnded(List<Chain> chains) implements Message {}

  /** The sender has learned these shapes of the receiver: from now on their numbers suffice. */
  record KnowsShapes(List<Integer> numbers) implements Message {}
}
