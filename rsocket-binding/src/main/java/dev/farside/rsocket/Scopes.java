package dev.farside.rsocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several scopes as one; the last that was opened is closed first. Not thread-safe. */
final class Scopes implements Scope {
  private static final Logger LOG = LoggerFactory.getLogger(Scopes.class);

  private final Deque<Scope> open = new ArrayDeque<>();

  /** Opens one more; if that fails, closes all. */
  void open(Supplier<Scope> next) {
    try {
      open.push(next.get());
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      close(open.pop());
    }
  }

  /** One that fails must not keep the others open. */
  private static void close(Scope scope) {
    try {
      scope.close();
    } catch (RuntimeException e) {
      LOG.warn("A thread's context could not be restored after a call", e);
    }
  }
}
