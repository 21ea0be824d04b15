package dev.farside.codec;

/**
 * How the instances of a class travel, and why.
 *
 * @param how the way
 * @param encoder writes a copy; of no use where {@link How#mayCopy} is false
 * @param why in words, for error messages: "it is a record"
 */
record Passing(How how, Encoder<Object> encoder, String why) {
  /** The ways. */
  enum How {
    /** Copied. */
    VALUE,
    /** Copied where collections are data, else referenced. */
    DATA,
    /** Referenced, and callable. */
    REFERENCE,
    /** Referenced, but nothing of it can be called. */
    OPAQUE;

    boolean mayCopy() {
      return this == VALUE || this == DATA;
    }
  }

  static Passing reference(String why) {
    return new Passing(How.REFERENCE, Passing::refuse, why);
  }

  static Passing opaque(String why) {
    return new Passing(How.OPAQUE, Passing::refuse, why);
  }

  private static void refuse(Object value, ValueWriter out) {
    if (RecordFamily.isOnlyCallable(value.getClass())) {
      throw RecordType.closed(value.getClass(), null);
    }
    throw new PassingFailure(
        value.getClass().getName()
            + " cannot be copied; mark it @ByValue or register it with valueType on both sides");
  }
}
