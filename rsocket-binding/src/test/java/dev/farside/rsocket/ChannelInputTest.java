package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.test.StepVerifier;

/** The first frame of a channel is the call; the later ones are for one subscriber. */
class ChannelInputTest {
  private static final Frame CALL = frame(0);

  private final List<Frame> calls = new ArrayList<>();
  private final List<ChannelInput> inputs = new ArrayList<>();
  private final List<Long> requested = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private final ChannelInput input =
      new ChannelInput(
          (frame, channel) -> {
            calls.add(frame);
            inputs.add(channel);
          });

  private static Frame frame(int number) {
    return new Frame(new byte[] {(byte) number}, new byte[0]);
  }

  @BeforeEach
  void open() {
    input.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {
            requested.add(n);
          }

          @Override
          public void cancel() {
            cancelled.add("cancelled");
          }
        });
    assertThat(requested).containsExactly(1L);
    input.onNext(CALL);
  }

  @Test
  void theFirstFrameIsTheCall() {
    assertThat(calls).containsExactly(CALL);
    assertThat(inputs).containsExactly(input);
    input.onNext(frame(1));
    assertThat(calls).hasSize(1);
    assertThat(requested).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 100})
  void theLaterFramesAreTheSubscribersInTheirOrder(int n) {
    List<Frame> later = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      later.add(frame(i));
    }
    StepVerifier.create(input)
        .expectSubscription()
        .then(() -> later.forEach(input::onNext))
        .expectNextSequence(later)
        .then(input::onComplete)
        .verifyComplete();
  }

  @Test
  void whatComesBeforeTheSubscriberIsKeptForIt() {
    Frame one = frame(1);
    Frame two = frame(2);
    input.onNext(one);
    input.onNext(two);
    input.onComplete();
    StepVerifier.create(input).expectNext(one, two).verifyComplete();
  }

  @Test
  void theSubscribersDemandIsThePeers() {
    StepVerifier.create(input, 0)
        .expectSubscription()
        .then(() -> assertThat(requested).containsExactly(1L))
        .thenRequest(3)
        .then(() -> assertThat(requested).containsExactly(1L, 3L))
        .thenRequest(2)
        .then(() -> assertThat(requested).containsExactly(1L, 3L, 2L))
        .thenCancel()
        .verify();
    assertThat(cancelled).isEmpty();
  }

  @Test
  void aFailureOfThePeersPublisherArrives() {
    StepVerifier.create(input)
        .expectSubscription()
        .then(() -> input.onNext(frame(1)))
        .expectNextCount(1)
        .then(() -> input.onError(new IllegalStateException("theirs")))
        .verifyErrorMessage("theirs");
  }

  @Test
  void aSecondSubscriberIsToldWhatToDo() {
    StepVerifier.create(input, 0).thenCancel().verify();
    StepVerifier.create(input)
        .verifyErrorMessage(
            "A publisher argument can be subscribed to once, while its call goes on; share() it");
  }

  @Test
  void whatIsRefusedCannotBeSubscribedToAnyMore() {
    assertThat(input.refuse()).isTrue();
    assertThat(input.refuse()).isFalse();
    StepVerifier.create(input).verifyError(IllegalStateException.class);
  }

  @Test
  void whatSomebodySubscribedToIsNotRefused() {
    StepVerifier.create(input, 0).thenCancel().verify();
    assertThat(input.refuse()).isFalse();
  }

  @Test
  void whatComesAfterTheSubscriberHasGoneIsDroppedInSilence() {
    StepVerifier.create(input).expectSubscription().thenCancel().verify();
    input.onNext(frame(1));
    input.onNext(frame(2));
    input.onComplete();
    assertThat(calls).containsExactly(CALL);
  }
}
