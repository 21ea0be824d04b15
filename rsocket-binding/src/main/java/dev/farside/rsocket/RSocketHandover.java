package dev.farside.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.rsocket.Closeable;
import io.rsocket.DuplexConnection;
import io.rsocket.RSocketErrorException;
import io.rsocket.transport.ClientTransport;
import io.rsocket.transport.ServerTransport;
import java.net.SocketAddress;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A connection within one JVM whose frames come in on a thread of the receiver that must not block,
 * as a network's do: not on the sender's, which may wait, hold locks and be in a call.
 */
final class RSocketHandover implements DuplexConnection {
  private final DuplexConnection connection;

  private RSocketHandover(DuplexConnection connection) {
    this.connection = connection;
  }

  static ClientTransport client(ClientTransport transport, Runnable accepted) {
    return () -> transport.connect().doOnNext(c -> accepted.run()).map(RSocketHandover::new);
  }

  static <T extends Closeable> ServerTransport<T> server(ServerTransport<T> transport) {
    return acceptor -> transport.start(c -> acceptor.apply(new RSocketHandover(c)));
  }

  /** Copies that need no release: the connection releases each frame when it has handed it over. */
  @Override
  public Flux<ByteBuf> receive() {
    return connection
        .receive()
        .hide()
        .map(frame -> Unpooled.wrappedBuffer(ByteBufUtil.getBytes(frame)))
        .publishOn(Schedulers.parallel());
  }

  @Override
  public void sendFrame(int streamId, ByteBuf frame) {
    connection.sendFrame(streamId, frame);
  }

  @Override
  public void sendErrorAndClose(RSocketErrorException failure) {
    connection.sendErrorAndClose(failure);
  }

  @Override
  public ByteBufAllocator alloc() {
    return RSocketBuffers.INSTANCE;
  }

  @Override
  public SocketAddress remoteAddress() {
    return connection.remoteAddress();
  }

  @Override
  public Mono<Void> onClose() {
    return connection.onClose();
  }

  @Override
  public void dispose() {
    connection.dispose();
  }

  @Override
  public boolean isDisposed() {
    return connection.isDisposed();
  }
}
