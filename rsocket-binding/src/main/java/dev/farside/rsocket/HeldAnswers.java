package dev.farside.rsocket;

import dev.farside.ConnectionLostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers to calls of ours that came in while a one-way call that was made during them is still
 * being carried out here: they are taken when it is done. Guarded by its own monitor, which is not
 * held while an answer is taken.
 */
final class HeldAnswers {
  private final Map<Long, Held> byCall = new HashMap<>();
  private volatile boolean none = true;

  /** A one-way call came in during this call; 0 for none. */
  synchronized void hold(long call) {
    if (call != 0) {
      byCall.computeIfAbsent(call, c -> new Held()).running++;
      none = false;
    }
  }

  /** One that came in during this call is done. */
  void letGo(long call) {
    List<Runnable> answers = List.of();
    synchronized (this) {
      @Nullable Held held = byCall.get(call);
      if (held != null && --held.running == 0) {
        byCall.remove(call);
        none = byCall.isEmpty();
        answers = held.answers;
      }
    }
    answers.forEach(Runnable::run);
  }

  /** Takes the answer to this call as soon as nothing holds it. */
  void whenFree(long call, Runnable answer) {
    if (!none) {
      synchronized (this) {
        @Nullable Held held = byCall.get(call);
        if (held != null) {
          held.answers.add(answer);
          return;
        }
      }
    }
    answer.run();
  }

  /** Takes the failure of this call likewise, unless no connection is left to be answered on. */
  void whenFree(long call, Throwable failure, Consumer<Throwable> taker) {
    if (failure instanceof ConnectionLostException) {
      taker.accept(failure);
    } else {
      whenFree(call, () -> taker.accept(failure));
    }
  }

  /** The frames that answer this call; they end as soon as nothing holds the answer. */
  Flux<Frame> completing(long call, Flux<Frame> frames) {
    Mono<Frame> free = Mono.create(sink -> whenFree(call, sink::success));
    return frames
        .onErrorResume(e -> Mono.create(sink -> whenFree(call, e, sink::error)))
        .concatWith(free);
  }

  private static final class Held {
    private final List<Runnable> answers = new ArrayList<>(1);
    private int running;
  }
}
