package dev.farside.codec;

/**
 * How a call wants its result, as bits.
 *
 * @param bits a sum of the constants
 */
public record CallOptions(int bits) {
  /** Collections are data: copied, not referenced. */
  public static final int COPY_COLLECTIONS = 1;

  /** The result is wanted element by element. */
  public static final int STREAM = 2;

  /** The stream's first message is {@link Message.Opened}. */
  public static final int ACKNOWLEDGE_OPEN = 4;

  /** Array arguments that the method changed are wanted back. */
  public static final int RESTORE_ARRAYS = 8;

  /** The result is copied. */
  public static final int RESULT_BY_VALUE = 16;

  /** The result is referenced. */
  public static final int RESULT_BY_REFERENCE = 32;

  /** The index of the argument whose items follow on the channel is in the upper 16 bits. */
  public static final int CHANNEL = 64;

  /** A future that the method returns is wanted itself, not what it gives. */
  public static final int FUTURE_ITSELF = 128;

  /**
   * What fails a stage is wanted as the stage tells it: in a {@code CompletionException} or not.
   */
  public static final int FAILURE_OF_STAGE = 256;

  private static final int CHANNEL_SHIFT = 16;

  /** Whether a bit is set. */
  public boolean has(int bit) {
    return (bits & bit) != 0;
  }

  /** These and another bit. */
  public CallOptions with(int bit) {
    return new CallOptions(bits | bit);
  }

  /** These, with an argument's items on the channel. */
  public CallOptions withChannel(int argument) {
    return new CallOptions(bits | CHANNEL | argument << CHANNEL_SHIFT);
  }

  /** The index of the argument whose items follow on the channel, or -1. */
  public int channelArgument() {
    return has(CHANNEL) ? bits >>> CHANNEL_SHIFT : -1;
  }
}
