package dev.farside.rsocket;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** As many items are asked for as were requested: none is lost, none counted twice. */
public final class DemandStress {
  private DemandStress() {}

  /** A publisher that is asked on workers, which are whoever requests; its own subscriber. */
  private static final class Asked extends Flux<Object>
      implements CoreSubscriber<Object>, Subscription {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicInteger together = new AtomicInteger();
    private volatile @Nullable Subscription outer;

    void begin() {
      new AskedOnWorkers(this, Runnable::run).subscribe((CoreSubscriber<Object>) this);
    }

    /** Says whether it could. */
    boolean tryRequest(long items) {
      @Nullable Subscription subscription = outer;
      if (subscription != null) {
        subscription.request(items);
      }
      return subscription != null;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Object> asker) {
      asker.onSubscribe(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      outer = subscription;
      subscription.request(1);
    }

    @Override
    public void request(long n) {
      if (asking.getAndIncrement() != 0) {
        together.getAndIncrement();
      }
      asked.addAndGet((int) n);
      asking.getAndDecrement();
    }

    @Override
    public void cancel() {}

    @Override
    public void onNext(Object item) {}

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }

  /** Items are requested by two threads. */
  @JCStressTest
  @Outcome(id = "4, 0", expect = Expect.ACCEPTABLE, desc = "All were asked for, by one at a time.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Some were lost or doubled, or two asked at once.")
  @State
  public static class RequestAndRequest {
    private final Asked asked = new Asked();

    public RequestAndRequest() {
      asked.begin();
    }

    @Actor
    public void subscriber() {
      asked.tryRequest(1);
    }

    @Actor
    public void another() {
      asked.tryRequest(2);
    }

    @Arbiter
    public void count(II_Result r) {
      r.r1 = asked.asked.get();
      r.r2 = asked.together.get();
    }
  }

  /** Items are requested while the worker that subscribes asks for the first. */
  @JCStressTest
  @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "It was too early to request more.")
  @Outcome(id = "3, 3, 0", expect = Expect.ACCEPTABLE, desc = "All were asked for.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Some were lost or doubled, or two asked at once.")
  @State
  public static class RequestAndAsk {
    private final Asked asked = new Asked();
    private int requested = 1;

    @Actor
    public void worker() {
      asked.begin();
    }

    @Actor
    public void subscriber() {
      if (asked.tryRequest(2)) {
        requested += 2;
      }
    }

    @Arbiter
    public void count(III_Result r) {
      r.r1 = requested;
      r.r2 = asked.asked.get();
      r.r3 = asked.together.get();
    }
  }

  /** Items are requested while the last of a window arrive. */
  @JCStressTest
  @Outcome(id = "5", expect = Expect.ACCEPTABLE, desc = "All were granted, once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Some were never granted, or twice.")
  @State
  public static class DemandAndReceive {
    private static final int WINDOW = 16;

    private final ItemCredit credit = new ItemCredit();
    private int toSubscriber;
    private int toConnection;

    public DemandAndReceive() {
      credit.demand(WINDOW);
      credit.grant();
    }

    @Actor
    public void subscriber() {
      credit.demand(5);
      toSubscriber = (int) credit.grant();
    }

    @Actor
    public void connection() {
      credit.received(WINDOW, 100);
      toConnection = (int) credit.grant();
    }

    @Arbiter
    public void count(I_Result r) {
      r.r1 = toSubscriber + toConnection;
    }
  }
}
