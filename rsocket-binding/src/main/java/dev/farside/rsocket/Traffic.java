package dev.farside.rsocket;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes over one connection. Thread-safe. */
final class Traffic {
  private final LongAdder requestsSent = new LongAdder();
  private final LongAdder requestsReceived = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();

  void requestSent(Frame frame) {
    requestsSent.increment();
    sent(frame);
  }

  void sent(Frame frame) {
    bytesSent.add(frame.size());
  }

  void requestReceived(Frame frame) {
    requestsReceived.increment();
    received(frame);
  }

  void received(Frame frame) {
    bytesReceived.add(frame.size());
  }

  long requestsSent() {
    return requestsSent.sum();
  }

  long requestsReceived() {
    return requestsReceived.sum();
  }

  long bytesSent() {
    return bytesSent.sum();
  }

  long bytesReceived() {
    return bytesReceived.sum();
  }
}
