package dev.farside.rsocket;

import java.io.OutputStream;

/** Fills part of an array of bytes, from its start on. */
final class RangeOutput extends OutputStream {
  private final ArrayRange range;
  private int count;

  RangeOutput(ArrayRange range) {
    this.range = range;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    System.arraycopy(bytes, offset, range.array(), range.offset() + count, length);
    count += length;
  }

  /** How many bytes it has been filled with. */
  int count() {
    return count;
  }
}
