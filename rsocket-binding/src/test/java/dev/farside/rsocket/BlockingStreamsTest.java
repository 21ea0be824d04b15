package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.farside.BlockingNotAllowedException;
import dev.farside.CallCancelledException;
import dev.farside.CallTimeoutException;
import dev.farside.Remote;
import dev.farside.StaleReferenceException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Streams as results of blocking methods: lazy, and closed when their caller is through. */
@Timeout(60)
public class BlockingStreamsTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Gives a stream. */
  public interface Source {
    Stream<Object> items() throws Exception;
  }

  private final AtomicInteger produced = new AtomicInteger();
  private final AtomicBoolean released = new AtomicBoolean();

  private Stream<Object> counted(IntStream numbers) {
    return numbers
        .<Object>mapToObj(i -> i)
        .peek(i -> produced.incrementAndGet())
        .onClose(() -> released.set(true));
  }

  private Source source(Source there) {
    return sides.lookup(there, Source.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100_000})
  void allItemsArriveInOrderAndTheSourceIsReleased(int items) throws Exception {
    Source source = source(() -> counted(IntStream.range(0, items)));
    assertThat(source.items().mapToInt(i -> (Integer) i).toArray())
        .containsExactly(IntStream.range(0, items).toArray());
    await().untilTrue(released);
  }

  @Test
  void aStreamIsLazy() throws Exception {
    Source source = source(() -> counted(IntStream.range(0, 1_000_000)));
    try (Stream<Object> items = source.items()) {
      assertThat(produced).hasValue(0);
      assertThat(items.findFirst()).contains(0);
      assertThat(produced.get()).isLessThanOrEqualTo(2);
    }
    await().untilTrue(released);
  }

  @Test
  void itemsAreFetchedInBatchesThatGrow() throws Exception {
    Source source = source(() -> counted(IntStream.range(0, 1_000_000)));
    try (Stream<Object> items = source.items()) {
      Iterator<Object> iterator = items.iterator();
      for (int i = 1; i <= 2000; i++) {
        iterator.next();
        assertThat(produced.get()).isLessThanOrEqualTo(2 * i + 1).isLessThanOrEqualTo(i + 256);
      }
    }
    await().untilTrue(released);
    assertThat(sides.peer().stats().requestsSent()).isLessThan(20);
  }

  @Test
  void anEarlyExitReleasesTheSource() throws Exception {
    Source source = source(() -> counted(IntStream.range(0, 1_000_000)));
    try (Stream<Object> items = source.items()) {
      assertThat(items.limit(3)).containsExactly(0, 1, 2);
    }
    await().untilTrue(released);
    assertThat(produced.get()).isLessThanOrEqualTo(7);
  }

  @Test
  void aStreamThatIsDroppedIsReleasedOnceItIsGarbage() throws Exception {
    Source source = source(() -> counted(IntStream.range(0, 1_000_000)));
    assertThat(source.items().findFirst()).contains(0);
    await()
        .until(
            () -> {
              System.gc();
              return released.get();
            });
  }

  @Test
  void closingAStreamThatWasNotReadReleasesTheSource() throws Exception {
    Source source = source(() -> counted(IntStream.range(0, 10)));
    source.items().close();
    await().untilTrue(released);
    assertThat(produced).hasValue(0);
  }

  @Test
  void anExceptionOfTheMethodIsThrownByTheCall() {
    Source source =
        source(
            () -> {
              throw new IOException("no items");
            });
    assertThatThrownBy(source::items)
        .isInstanceOf(IOException.class)
        .hasMessage("no items")
        .satisfies(BlockingStreamsTest::showsBothSides);
  }

  private static void showsBothSides(Throwable thrown) {
    List<StackTraceElement> stack = Arrays.asList(thrown.getStackTrace());
    int boundary = stack.stream().map(StackTraceElement::getClassName).toList().indexOf("farside");
    assertThat(boundary).isPositive();
    assertThat(stack.subList(0, boundary).toString()).contains("BlockingStreamsTest.lambda$");
    assertThat(stack.get(boundary).toString())
        .startsWith("farside.remote call(Source.items() on tcp://127.0.0.1:");
    assertThat(stack.subList(boundary, stack.size()).toString()).contains("BlockingStreamsTest");
  }

  @Test
  void anExceptionInTheMiddleIsThrownAfterTheItemsBeforeIt() throws Exception {
    Source source =
        source(
            () ->
                counted(IntStream.range(0, 100))
                    .peek(
                        i -> {
                          if (i.equals(50)) {
                            throw new IllegalStateException("in the middle");
                          }
                        }));
    Iterator<Object> items = source.items().iterator();
    for (int i = 0; i < 50; i++) {
      assertThat(items.next()).isEqualTo(i);
    }
    assertThatThrownBy(items::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("in the middle");
    await().untilTrue(released);
  }

  @Test
  void nullItemsAreItems() throws Exception {
    Source source = source(() -> Stream.of(null, 1, null));
    assertThat(source.items().toList()).containsExactly(null, 1, null);
  }

  @Test
  void itemsMayBeReferences() throws Exception {
    Source source = source(() -> IntStream.range(0, 100).mapToObj(i -> (Supplier<Object>) () -> i));
    int sum = 0;
    for (Object item : source.items().toList()) {
      sum += (Integer) ((Supplier<?>) item).get();
    }
    assertThat(sum).isEqualTo(4950);
  }

  @Test
  void aStreamThatEndedHasNoMoreItems() throws Exception {
    Iterator<Object> items = source(() -> Stream.of(1)).items().iterator();
    assertThat(items.next()).isEqualTo(1);
    assertThat(items.hasNext()).isFalse();
    assertThatThrownBy(items::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void aStreamIsNotReadOnAThreadThatMustNotBlock() throws Exception {
    Source source = source(() -> counted(IntStream.range(0, 10)));
    Stream<Object> items = source.items();
    assertThatThrownBy(
            () -> Mono.fromCallable(items::toList).subscribeOn(Schedulers.parallel()).block())
        .isInstanceOf(BlockingNotAllowedException.class)
        .hasMessageMatching(
            "Reading what Source\\.items\\(\\) on \\Q"
                + sides.peer()
                + "\\E gave would block the thread parallel-\\d+, which must not block; use"
                + " Remote.async or a face that returns a Flux");
    await().untilTrue(released);
  }

  @Test
  void anItemMayCallTheReaderBack() throws Exception {
    Mapper mapper =
        sides.lookup((Mapper) (n, f) -> IntStream.range(0, n).mapToObj(f::apply), Mapper.class);
    assertThat(mapper.map(5, i -> i + "!")).containsExactly("0!", "1!", "2!", "3!", "4!");
  }

  /** Maps numbers. */
  public interface Mapper {
    Stream<String> map(int n, NumberName function);
  }

  /** Names numbers. */
  public interface NumberName {
    String apply(int i);
  }

  @Test
  void aReaderThatIsInterruptedGivesTheStreamUp() throws Exception {
    var never = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    Source source =
        source(
            () ->
                counted(IntStream.range(0, 10))
                    .peek(
                        i -> {
                          try {
                            never.await();
                          } catch (InterruptedException e) {
                            interrupted.set(true);
                          }
                        }));
    Iterator<Object> items = source.items().iterator();
    Thread reader = Thread.currentThread();
    var interrupter =
        new Thread(
            () -> {
              await().untilAsserted(() -> assertThat(produced).hasValue(1));
              reader.interrupt();
            });
    interrupter.start();
    assertThatThrownBy(items::next)
        .isInstanceOf(CallCancelledException.class)
        .hasMessage(
            "A remote stream was given up: its thread was interrupted while it waited for an item");
    assertThat(Thread.interrupted()).isTrue();
    await().untilTrue(interrupted);
    await().untilTrue(released);
  }

  @Test
  void aStreamThatComesAfterItsCallWasGivenUpIsClosed() throws Exception {
    var called = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    Source source =
        source(
            () -> {
              called.countDown();
              boolean waiting = true;
              while (waiting) {
                try {
                  release.await();
                  waiting = false;
                } catch (InterruptedException e) {
                  // goes on
                }
              }
              return counted(IntStream.range(0, 10));
            });
    Thread caller = Thread.currentThread();
    var interrupter =
        new Thread(
            () -> {
              try {
                called.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              caller.interrupt();
            });
    interrupter.start();
    assertThatThrownBy(source::items).isExactlyInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    await().untilAsserted(() -> assertThat(sides.peer().stats().pendingCalls()).isZero());
    release.countDown();
    await().untilTrue(released);
    assertThat(produced).hasValue(0);
  }

  @Test
  void aStreamThatDoesNotOpenInTimeFails() {
    sides.near(builder -> builder.callTimeout(Duration.ofMillis(200)));
    var never = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    Source source =
        source(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              return Stream.empty();
            });
    String uri = sides.listener().uri();
    assertThatThrownBy(source::items)
        .isInstanceOf(CallTimeoutException.class)
        .hasMessage(
            "Source.items() on "
                + uri
                + " did not answer within PT0.2S; it may still have been carried out");
    await().untilTrue(interrupted);
  }

  /** Gives itself. */
  public interface Itself {
    Itself itself();

    Stream<Integer> items();
  }

  private static final class PlainItself implements Itself {
    @Override
    public Itself itself() {
      return this;
    }

    @Override
    public Stream<Integer> items() {
      return Stream.of(1, 2);
    }
  }

  @Test
  void aStreamThroughAReleasedReferenceFailsAtTheCall() {
    Itself itself = sides.lookup(new PlainItself(), Itself.class).itself();
    assertThat(itself.items()).containsExactly(1, 2);
    String uri = sides.listener().uri();
    Remote.release(itself);
    assertThatThrownBy(itself::items)
        .isInstanceOf(StaleReferenceException.class)
        .hasMessage(
            "Itself.items(): the reference to Itself@"
                + uri
                + "#1 was released; look the object up again");
  }
}
