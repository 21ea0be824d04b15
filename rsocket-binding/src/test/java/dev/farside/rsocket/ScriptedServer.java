package dev.farside.rsocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Accepts TCP connections, one after the other, and does with each what a script says. */
final class ScriptedServer implements AutoCloseable {
  /** What a server does with a connection. */
  @FunctionalInterface
  interface Script {
    void run(Socket accepted) throws IOException;
  }

  private final ServerSocket server;

  private ScriptedServer(ServerSocket server) {
    this.server = server;
  }

  static ScriptedServer running(Script script) throws IOException {
    var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    var thread = new Thread(() -> serve(server, script));
    thread.setDaemon(true);
    thread.start();
    return new ScriptedServer(server);
  }

  private static void serve(ServerSocket server, Script script) {
    while (!server.isClosed()) {
      try (Socket accepted = server.accept()) {
        script.run(accepted);
      } catch (IOException e) {
        // the client has gone, or the test is over
      }
    }
  }

  /** Says something, then nothing more, and reads until the client has gone. */
  static Script saying(String text) {
    return accepted -> {
      accepted.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      accepted.shutdownOutput();
      drain(accepted);
    };
  }

  /** Listens and never says anything. */
  static Script silent() {
    return ScriptedServer::drain;
  }

  private static void drain(Socket accepted) throws IOException {
    InputStream in = accepted.getInputStream();
    while (in.read() >= 0) {
      // whatever it is
    }
  }

  String uri(String scheme) {
    return scheme + "://127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
