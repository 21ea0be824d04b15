package dev.farside.rsocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.NonBlocking;

/**
 * One thread that does the I/O of many channels, and nothing that blocks; it lives while it has
 * channels. Handlers are called on this thread only.
 *
 * <p>Registering, closing and executing are thread-safe: this object's monitor guards the start and
 * the end of the thread; what is to be flushed belongs to the thread.
 */
final class IoLoop implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(IoLoop.class);
  private static final int INPUT_BYTES = 128 << 10;

  /** What a channel does when it can. */
  interface Handler {
    /** The channel can do some of what its key is interested in. */
    void ready(SelectionKey key) throws IOException;

    /** All that was ready is done: now is the time for what was put off by {@link #flushLater}. */
    default void flush() {}

    /** One of these methods failed. */
    void failed(Throwable failure);
  }

  private final String name;
  private final Selector selector;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Handler> toFlush = new ArrayDeque<>();
  private @Nullable ByteBuffer input;
  private volatile @Nullable Thread thread;

  /** A closed socket is free only once the selector has noticed. */
  private volatile boolean closed;

  IoLoop(String name) {
    this.name = name;
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adopts a channel; its key is interested in nothing yet. */
  SelectionKey register(SelectableChannel channel, Handler handler) throws IOException {
    channel.configureBlocking(false);
    synchronized (this) {
      start();
      return channel.register(selector, 0, handler);
    }
  }

  /** Lets the handler know, from now on, when its channel can do this. */
  void await(SelectionKey key, int operation) {
    try {
      key.interestOpsOr(operation);
      wakeUp();
    } catch (CancelledKeyException e) {
      LOG.trace("The channel was closed meanwhile", e);
    }
  }

  /** Closes a channel; closing again does nothing. */
  void close(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("A channel failed to close", e);
    }
    closed = true;
    wakeUp();
  }

  /**
   * Runs a task on this thread, also after its last channel was closed. The sockets that this
   * thread has closed before are free by then.
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    synchronized (this) {
      start();
    }
    wakeUp();
  }

  /** Calls {@link Handler#flush} when all that is ready now is done. On this loop's thread only. */
  void flushLater(Handler handler) {
    toFlush.add(handler);
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** An empty buffer for what is read while one channel is ready. On this loop's thread only. */
  ByteBuffer input() {
    ByteBuffer buffer = input;
    if (buffer == null) {
      buffer = ByteBuffer.allocateDirect(INPUT_BYTES);
      input = buffer;
    }
    return buffer.clear();
  }

  /** This thread itself looks before it waits. */
  private void wakeUp() {
    if (!isCurrentThread()) {
      selector.wakeup();
    }
  }

  /** The new thread waits for the monitor before it does anything. */
  private void start() {
    if (thread == null) {
      var started = new IoThread(this::run, name);
      started.start();
      thread = started;
    }
  }

  private void run() {
    while (!isOver()) {
      try {
        select();
        runTasks();
        flush();
      } catch (RuntimeException | Error e) {
        LOG.error("A task of {} failed", name, e);
      }
    }
  }

  private synchronized boolean isOver() {
    if (!tasks.isEmpty() || !selector.keys().isEmpty()) {
      return false;
    }
    thread = null;
    return true;
  }

  private void select() {
    boolean more = closed || !tasks.isEmpty() || !toFlush.isEmpty() || Thread.interrupted();
    closed = false;
    try {
      if (more) {
        selector.selectNow(this::ready);
      } else {
        selector.select(this::ready);
      }
    } catch (IOException e) {
      LOG.error("{} cannot wait for its channels and gives them up", name, e);
      selector.keys().forEach(key -> fail(key, e));
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isValid()) {
        handler(key).ready(key);
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(key, e);
    }
  }

  private static Handler handler(SelectionKey key) {
    return (Handler) key.attachment();
  }

  private void fail(SelectionKey key, Throwable failure) {
    try {
      handler(key).failed(failure);
    } catch (RuntimeException | Error e) {
      LOG.error("A channel is closed whose failure was not handled", e);
      close(key.channel());
    }
  }

  /** Those that a task adds have their turn after what is ready then. */
  private void runTasks() {
    for (int count = tasks.size(); count > 0; count--) {
      tasks.remove().run();
    }
  }

  private void flush() {
    for (@Nullable Handler next = toFlush.poll(); next != null; next = toFlush.poll()) {
      try {
        next.flush();
      } catch (RuntimeException | Error e) {
        next.failed(e);
      }
    }
  }

  /** Reactor knows by the marker that it must not block. */
  private static final class IoThread extends Thread implements NonBlocking {
    IoThread(Runnable task, String name) {
      super(null, task, name, 0, false);
      setContextClassLoader(IoLoop.class.getClassLoader());
      setDaemon(true);
    }
  }
}
