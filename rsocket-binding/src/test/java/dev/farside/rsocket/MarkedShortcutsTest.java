package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallTimeoutException;
import dev.farside.OneWay;
import dev.farside.rsocket.TwoSides.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a face asks of methods that usually travel in batches. */
@Timeout(60)
class MarkedShortcutsTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** Nobody waits for what is written. */
  public abstract static class OneWayOutput extends OutputStream {
    @Override
    @OneWay
    public abstract void write(byte[] bytes, int offset, int length);
  }

  /** Writes when it may. */
  static final class Gate extends OutputStream {
    final CountDownLatch open = new CountDownLatch(1);
    final CountDownLatch written = new CountDownLatch(1);

    @Override
    public void write(int b) {}

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      written.countDown();
    }
  }

  @Test
  void whatIsWrittenOneWayIsNotWaitedFor() throws Exception {
    var gate = new Gate();
    sides.lookup(gate, OneWayOutput.class).write(new byte[3], 0, 3);
    assertThat(gate.written.getCount()).isEqualTo(1);
    gate.open.countDown();
    assertThat(gate.written.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** In a hurry. */
  public interface Hasty extends Collection<Object> {
    @Override
    @dev.farside.Timeout(200)
    void forEach(Consumer<? super Object> action);
  }

  /** Whose elements do not come. */
  static final class Waiting extends AbstractCollection<Object> {
    @Override
    public Iterator<Object> iterator() {
      return Collections.emptyIterator();
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public void forEach(Consumer<? super Object> action) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void aTimeLimitOfForEachCounts() {
    Hasty hasty = sides.lookup(new Waiting(), Hasty.class);
    assertThatThrownBy(() -> hasty.forEach(element -> {})).isInstanceOf(CallTimeoutException.class);
  }
}
