package dev.farside.codec;

/** Numbers the references of one outgoing message. Used by one thread. */
public interface ReferenceSink {
  /**
   * The index, in the message's reference table, of an object that is not copied. The same object
   * gets the same index.
   */
  int reference(Object object);

  /** The index under which an exception is known, so that it can come home as the same instance. */
  int identity(Throwable throwable);

  /** Whether an object is new to the receiver: not one of its own that comes home. */
  default boolean isNew(Object object) {
    return true;
  }

  /** How many objects have an index. */
  int count();

  /** Takes the indexes from this one on back: what they were given for is not sent. */
  void truncate(int count);

  /** Whether the user asked for this value to be passed by reference, this once. */
  boolean wantsReference(Object value);
}
