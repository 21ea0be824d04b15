package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.CallCancelledException;
import dev.farside.rsocket.TwoSides.Transport;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a caller that is interrupted gets, as its method declares it. */
class InterruptsTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  interface Declared {
    void nothing();

    void unlike() throws IOException;

    <X extends Exception> void variable() throws X;

    void superclass() throws Exception;

    void itself() throws Exception, InterruptedException;
  }

  @Test
  void superclassesAreDeclarationsButTypeVariablesAreNot() throws Exception {
    assertThat(of("nothing")).isEqualTo(Interrupts.KEPT);
    assertThat(of("unlike")).isEqualTo(Interrupts.KEPT);
    assertThat(of("variable")).isEqualTo(Interrupts.KEPT);
    assertThat(of("superclass")).isEqualTo(Interrupts.THROWN);
    assertThat(of("itself")).isEqualTo(Interrupts.REFUSED);
  }

  private static Interrupts of(String name) throws NoSuchMethodException {
    return Interrupts.of(Declared.class.getDeclaredMethod(name));
  }

  /** Interrupts its caller when it is called, and waits until it is given up. */
  private Runnable interrupting(Thread caller) {
    return () -> {
      caller.interrupt();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  @Test
  void whoWaitsGetsWhatTheMethodDeclares() {
    Runnable there = interrupting(Thread.currentThread());
    Callable<?> declares = sides.lookup((Callable<Object>) () -> run(there), Callable.class);
    assertThatThrownBy(declares::call).isExactlyInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    Runnable declaresNothing = sides.lookup(there, Runnable.class);
    assertThatThrownBy(declaresNothing::run).isExactlyInstanceOf(CallCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static Object run(Runnable action) {
    action.run();
    return "done";
  }

  @Test
  void whoWasInterruptedBeforeIsKeptFromWhatDeclaresItselfOnly() throws Exception {
    AutoCloseable closed = sides.lookup((AutoCloseable) () -> {}, AutoCloseable.class);
    Thread.currentThread().interrupt();
    closed.close();
    assertThat(Thread.interrupted()).isTrue();
    Declared waits = sides.lookup(new Object(), Declared.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(waits::itself)
        .isExactlyInstanceOf(InterruptedException.class)
        .hasMessageEndingWith(" was not sent: its thread is interrupted");
    assertThat(Thread.interrupted()).isFalse();
  }
}
