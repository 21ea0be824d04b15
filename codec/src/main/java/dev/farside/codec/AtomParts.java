package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/** The parts of one {@link Atom}, read one after the other. */
final class AtomParts {
  private final ValueReader in;
  private int left;

  AtomParts(ValueReader in, int count) {
    this.in = in;
    this.left = count;
  }

  boolean isEmpty() {
    return left == 0;
  }

  byte[] bytes() {
    take();
    return in.bytes();
  }

  String text() {
    return as(String.class);
  }

  /** A text, or null where it is empty. */
  @Nullable String optionalText() {
    String text = text();
    return text.isEmpty() ? null : text;
  }

  int integer() {
    return as(Integer.class);
  }

  long number() {
    return as(Long.class);
  }

  <T> T as(Class<T> type) {
    take();
    return in.part(type);
  }

  void end() {
    if (left != 0) {
      throw in.malformed(left + " parts are left over");
    }
  }

  private void take() {
    if (left-- == 0) {
      throw in.malformed("a part is missing");
    }
  }
}
