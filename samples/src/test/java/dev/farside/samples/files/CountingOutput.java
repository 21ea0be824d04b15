package dev.farside.samples.files;

import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Forgets what is written and knows how much it was. */
final class CountingOutput extends OutputStream {
  private final AtomicLong count = new AtomicLong();

  long count() {
    return count.get();
  }

  @Override
  public void write(int b) {
    count.incrementAndGet();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    count.addAndGet(length);
  }
}
