package dev.farside.rsocket;

import io.rsocket.Closeable;
import io.rsocket.transport.ClientTransport;
import io.rsocket.transport.ServerTransport;
import io.rsocket.transport.local.LocalClientTransport;
import io.rsocket.transport.local.LocalServerTransport;
import io.rsocket.transport.netty.client.WebsocketClientTransport;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.WebsocketServerTransport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.ConnectionProvider;

/**
 * The way that a URI names. To add one: a line in {@link #of}.
 *
 * @param client makes one that runs an action once somebody has accepted its connection
 * @param breaks whether a connection may end although neither side closes it
 * @param address gives the URI to connect to, once it listens
 */
record RSocketTransport(
    Function<Runnable, ClientTransport> client,
    ServerTransport<? extends Closeable> server,
    boolean breaks,
    Function<Closeable, String> address) {
  private static final int MAX_PORT = 65_535;

  static RSocketTransport of(String text) {
    URI uri = parse(text);
    return switch (String.valueOf(uri.getScheme())) {
      case "tcp" -> tcp(uri, address(uri));
      case "ws" -> webSocket(uri, address(uri));
      case "local" -> local(uri);
      default -> throw unknown(text, null);
    };
  }

  private static URI parse(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw unknown(text, e);
    }
  }

  private static IllegalArgumentException unknown(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "Not an address: " + text + "; use tcp://host:port, ws://host:port/path or local://name",
        cause);
  }

  private static RSocketTransport tcp(URI uri, InetSocketAddress address) {
    return new RSocketTransport(
        accepted -> () -> new RSocketTcpClient(address).connect().doOnNext(c -> accepted.run()),
        new RSocketTcpServer(address),
        true,
        server -> at(uri, ((RSocketTcpServer.Bound) server).port()));
  }

  private static RSocketTransport webSocket(URI uri, SocketAddress address) {
    String path = uri.getPath().isEmpty() ? "/" : uri.getPath();
    return new RSocketTransport(
        accepted ->
            WebsocketClientTransport.create(
                HttpClient.create(ConnectionProvider.newConnection())
                    .remoteAddress(() -> address)
                    .doOnConnected(connection -> accepted.run()),
                path),
        WebsocketServerTransport.create(HttpServer.create().bindAddress(() -> address)),
        true,
        server -> at(uri, ((CloseableChannel) server).address().getPort()));
  }

  private static RSocketTransport local(URI uri) {
    @Nullable String name = uri.getAuthority();
    if (name == null) {
      throw unknown(uri.toString(), null);
    }
    return new RSocketTransport(
        accepted -> RSocketHandover.client(LocalClientTransport.create(name), accepted),
        RSocketHandover.server(LocalServerTransport.create(name)),
        false,
        server -> uri.toString());
  }

  private static InetSocketAddress address(URI uri) {
    if (uri.getHost() == null || uri.getPort() < 0 || uri.getPort() > MAX_PORT) {
      throw unknown(uri.toString(), null);
    }
    return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort());
  }

  private static String at(URI uri, int port) {
    return uri.getScheme() + "://" + uri.getHost() + ":" + port + uri.getPath();
  }
}
