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
 * <p>Registering, closing and executing are thread-safe: the number of channels and the thread are
 * guarded by this object's monitor; what is to be flushed belongs to the thread.
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
  private int channels;
  private volatile @Nullable Thread thread;

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
      channels++;
      start();
    }
    try {
      return channel.register(selector, 0, handler);
    } catch (IOException e) {
      forget();
      throw e;
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

  /** Closes a channel; closing again does nothing. On this loop's thread, or before it was used. */
  void close(SelectableChannel channel) {
    if (channel.isOpen()) {
      boolean ours = channel.keyFor(selector) != null;
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("A channel failed to close", e);
      }
      if (ours) {
        forget();
      }
    }
  }

  private synchronized void forget() {
    channels--;
    wakeUp();
  }

  /** Runs a task on this thread, also after its last channel was closed. */
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

  private void wakeUp() {
    if (!isCurrentThread()) {
      selector.wakeup();
    }
  }

  private void start() {
    if (thread == null) {
      var started = new IoThread(this::run, name);
      thread = started;
      started.start();
    }
  }

  private void run() {
    while (!isOver()) {
      try {
        selector.select(this::ready);
      } catch (IOException e) {
        LOG.error("{} cannot wait for its channels", name, e);
      }
      runTasks();
      flush();
    }
  }

  private synchronized boolean isOver() {
    if (channels > 0 || !tasks.isEmpty()) {
      return false;
    }
    thread = null;
    return true;
  }

  private void ready(SelectionKey key) {
    Handler handler = (Handler) key.attachment();
    try {
      if (key.isValid()) {
        handler.ready(key);
      }
    } catch (IOException | RuntimeException | Error e) {
      handler.failed(e);
    }
  }

  private void runTasks() {
    for (@Nullable Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("A task of {} failed", name, e);
      }
    }
  }

  private void flush() {
    for (@Nullable Handler next = toFlush.poll(); next != null; next = toFlush.poll()) {
      try {
        next.flush();
      } catch (RuntimeException e) {
        next.failed(e);
      }
    }
  }

  /** Reactor knows by the marker that it must not block. */
  private static final class IoThread extends Thread implements NonBlocking {
    IoThread(Runnable task, String name) {
      super(task, name);
      setDaemon(true);
    }
  }
}
