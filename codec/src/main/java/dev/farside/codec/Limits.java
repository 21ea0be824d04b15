package dev.farside.codec;

import dev.farside.LimitExceededException;

/**
 * What one side accepts in one message.
 *
 * @param messageSize bytes of header and body together
 * @param depth how deep values may nest
 * @param references entries of one reference table
 */
public record Limits(int messageSize, int depth, int references) {
  /** 128 MiB, 256 levels, 65,536 references. */
  public static final Limits DEFAULT = new Limits(128 << 20, 256, 65_536);

  /** The same with another message size. */
  public Limits withMessageSize(int bytes) {
    return new Limits(bytes, depth, references);
  }

  /** What both of two sides accept. */
  public Limits and(Limits other) {
    return new Limits(
        Math.min(messageSize, other.messageSize),
        Math.min(depth, other.depth),
        Math.min(references, other.references));
  }

  /** What to say to who sends more than {@link #messageSize}. */
  public LimitExceededException exceeded() {
    return new LimitExceededException(
        "The message is larger than "
            + messageSize
            + " bytes, the most that both sides accept: send it as a stream of smaller parts, or"
            + " raise maxMessageSize on both sides");
  }
}
