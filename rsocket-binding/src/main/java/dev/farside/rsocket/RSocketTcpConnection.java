package dev.farside.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.rsocket.DuplexConnection;
import io.rsocket.RSocketErrorException;
import io.rsocket.frame.ErrorFrameCodec;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * RSocket frames over a TCP socket, each after its length in three bytes. A frame that another
 * thread sends goes to the socket on that thread, without a hop; what the connection's own thread
 * sends goes out together, once all that has come in is done.
 *
 * <p>Thread-safe. Frames come in, and the connection closes, on the loop's thread.
 */
final class RSocketTcpConnection implements DuplexConnection, IoLoop.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(RSocketTcpConnection.class);

  private final IoLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final SocketAddress remoteAddress;
  private final RSocketFrameOutput output;
  private final RSocketFrameInput input;
  private final Sinks.Many<ByteBuf> received =
      Sinks.unsafe().many().unicast().onBackpressureBuffer();
  private final Sinks.Empty<Void> closed = Sinks.empty();
  private volatile boolean disposed;
  private volatile boolean ending;
  private boolean flushing;

  /** Takes over a connected channel that the loop has registered. */
  RSocketTcpConnection(IoLoop loop, SocketChannel channel, SelectionKey key) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.key = key;
    this.remoteAddress = channel.getRemoteAddress();
    this.output = new RSocketFrameOutput(channel);
    this.input = new RSocketFrameInput(received::tryEmitNext);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    key.attach(this);
  }

  @Override
  public void sendFrame(int streamId, ByteBuf frame) {
    output.add(frame, streamId == 0);
    if (!loop.isCurrentThread()) {
      flush();
    } else if (!flushing) {
      flushing = true;
      loop.flushLater(this);
    }
  }

  @Override
  public void sendErrorAndClose(RSocketErrorException failure) {
    ending = true;
    output.end(ErrorFrameCodec.encode(alloc(), 0, failure));
    loop.execute(this::flush);
  }

  @Override
  public void flush() {
    if (loop.isCurrentThread()) {
      flushing = false;
    }
    try {
      switch (output.flush()) {
        case WRITTEN -> {}
        case FULL -> loop.await(key, SelectionKey.OP_WRITE);
        case ENDED -> dispose();
      }
    } catch (IOException e) {
      disposed = true;
      loop.execute(() -> unwritable(e));
    }
  }

  /** Somebody who takes no more may have said why. */
  private void unwritable(IOException failure) {
    try {
      while (channel.isOpen() && read()) {
        LOG.trace("Read what was left by {}", remoteAddress);
      }
    } catch (IOException | RuntimeException e) {
      LOG.trace("Nothing was left", e);
    } finally {
      close(failure);
    }
  }

  @Override
  public void ready(SelectionKey ready) throws IOException {
    if (ready.isWritable()) {
      ready.interestOpsAnd(~SelectionKey.OP_WRITE);
      output.unblock();
      flush();
    }
    if (ready.isValid() && ready.isReadable()) {
      read();
    }
  }

  /** Whether there was something to read. */
  private boolean read() throws IOException {
    ByteBuffer buffer = loop.input();
    int count = channel.read(buffer);
    if (count < 0) {
      close(null);
    } else {
      input.accept(buffer.flip());
    }
    return count > 0;
  }

  @Override
  public void failed(Throwable failure) {
    disposed = true;
    loop.execute(() -> close(failure));
  }

  @Override
  public void dispose() {
    if (!disposed) {
      disposed = true;
      loop.execute(() -> close(null));
    }
  }

  private void close(@Nullable Throwable failure) {
    if (!channel.isOpen()) {
      return;
    }
    flush();
    disposed = true;
    output.close();
    loop.close(channel);
    try {
      endReceived(failure == null ? new ClosedChannelException() : failure);
    } finally {
      if (failure == null) {
        closed.tryEmitEmpty();
      } else {
        closed.tryEmitError(failure);
      }
    }
  }

  /** After its last frame RSocket goes on receiving, but has nobody who takes a failure. */
  private void endReceived(Throwable failure) {
    if (ending) {
      received.tryEmitComplete();
    } else {
      received.tryEmitError(failure);
    }
  }

  @Override
  public Flux<ByteBuf> receive() {
    return received.asFlux().doOnSubscribe(s -> loop.await(key, SelectionKey.OP_READ));
  }

  @Override
  public ByteBufAllocator alloc() {
    return RSocketBuffers.INSTANCE;
  }

  @Override
  public SocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public Mono<Void> onClose() {
    return closed.asMono();
  }

  @Override
  public boolean isDisposed() {
    return disposed;
  }
}
