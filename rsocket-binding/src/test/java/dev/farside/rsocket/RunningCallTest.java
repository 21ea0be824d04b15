package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that is given up is told so once, and its interrupt reaches nobody else. */
@Timeout(60)
class RunningCallTest {
  private final RunningCall call = new RunningCall();
  private final List<String> done = new ArrayList<>();

  @AfterEach
  void noInterruptIsLeft() {
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void theActionsRunOnceAndInTheirOrder() {
    call.onCancel(() -> done.add("first"));
    call.onCancel(() -> done.add("second"));
    assertThat(done).isEmpty();
    assertThat(call.isCancelled()).isFalse();
    call.cancel();
    call.cancel();
    assertThat(done).containsExactly("first", "second");
    assertThat(call.isCancelled()).isTrue();
  }

  @Test
  void aCallWithoutActionsCanBeGivenUp() {
    call.cancel();
    assertThat(call.isCancelled()).isTrue();
  }

  @Test
  void anActionThatComesTooLateRunsAtOnce() {
    call.cancel();
    call.onCancel(() -> done.add("late"));
    assertThat(done).containsExactly("late");
  }

  @Test
  void anActionMayAskForAnother() {
    call.onCancel(() -> call.onCancel(() -> done.add("inner")));
    call.cancel();
    assertThat(done).containsExactly("inner");
  }

  @Test
  void theThreadThatRunsItIsInterrupted() {
    assertThat(call.enter()).isTrue();
    call.cancel();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    call.leave();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aThreadThatWaitsInItStopsWaiting() throws InterruptedException {
    var entered = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    var thread =
        new Thread(
            () -> {
              call.enter();
              entered.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
              call.leave();
            });
    thread.start();
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    call.cancel();
    thread.join();
    assertThat(interrupted).isTrue();
  }

  @Test
  void whatWasGivenUpBeforeItBeganIsToldSo() {
    call.cancel();
    assertThat(call.enter()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    call.leave();
  }

  @Test
  void whoHasLeftIsNotInterrupted() {
    call.enter();
    call.leave();
    call.cancel();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void anInterruptOfSomebodyElseIsKept() {
    call.enter();
    Thread.currentThread().interrupt();
    call.leave();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anInterruptOfTheCallsThatEncloseItIsKeptAlthoughItHasItsOwn() {
    var outer = new RunningCall();
    var middle = new RunningCall();
    outer.enter();
    middle.enter();
    call.enter();
    call.cancel();
    outer.cancel();
    call.leave();
    assertThat(Thread.interrupted()).isTrue();
    middle.leave();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    outer.leave();
  }

  @Test
  void anInterruptThatTheEnclosingCallHadBeforeIsKept() {
    var outer = new RunningCall();
    outer.enter();
    outer.cancel();
    call.enter();
    call.cancel();
    call.leave();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    outer.leave();
  }

  @Test
  void anInterruptThatTheEnclosingCallHasTakenDoesNotComeAgain() {
    var outer = new RunningCall();
    outer.enter();
    outer.cancel();
    assertThat(Thread.interrupted()).isTrue();
    call.enter();
    call.cancel();
    call.leave();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    outer.leave();
  }

  @Test
  void leavingDoesNotEndWhatAnotherThreadRuns() throws InterruptedException {
    var other = new Thread(call::leave);
    call.enter();
    other.start();
    other.join();
    call.cancel();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    call.leave();
  }

  @Test
  void aShieldedCallGoesOnAndIsToldThatNobodyWantsIt() {
    call.onCancel(() -> done.add("cancelled"));
    call.onUnwanted(() -> done.add("unwanted"));
    assertThat(call.enter()).isTrue();
    call.shield();
    assertThat(call.cancel()).isFalse();
    assertThat(call.cancel()).isFalse();
    assertThat(done).containsExactly("unwanted");
    assertThat(call.isCancelled()).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    call.leave();
  }

  @Test
  void aCallIsInterruptedOnceHoweverOftenItIsGivenUp() {
    call.enter();
    assertThat(call.cancel()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(call.cancel()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    call.leave();
  }

  @Test
  void noActionIsLostWhenItComesWhileTheCallIsGivenUp() throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      var racing = new RunningCall();
      var ran = new CountDownLatch(2);
      var canceller = new Thread(racing::cancel);
      racing.onCancel(ran::countDown);
      canceller.start();
      racing.onCancel(ran::countDown);
      canceller.join();
      assertThat(ran.getCount()).isZero();
    }
  }
}
