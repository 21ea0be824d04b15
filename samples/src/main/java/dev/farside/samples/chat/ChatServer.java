package dev.farside.samples.chat;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.samples.SecondJvm;
import java.io.IOException;

/**
 * The role that has the room.
 *
 * <pre>{@code
 * java -cp … dev.farside.samples.chat.ChatServer tcp://127.0.0.1:7002
 * java -cp … dev.farside.samples.chat.ChatClient tcp://127.0.0.1:7002 Ada
 * java -cp … dev.farside.samples.chat.ChatClient tcp://127.0.0.1:7002 Bob
 * }</pre>
 *
 * <p>It calls its clients as they call it: their listeners are arguments like any other. Prints its
 * URI and ends when its standard input does.
 */
public final class ChatServer {
  private ChatServer() {}

  /** The only argument is where to listen. */
  public static void main(String[] args) throws IOException {
    try (Farside side = Farside.builder().bind("room", new Room()).build();
        Listener listener = side.listenNow(args[0])) {
      System.out.println(listener.uri());
      SecondJvm.awaitEndOfInput();
    }
  }
}
