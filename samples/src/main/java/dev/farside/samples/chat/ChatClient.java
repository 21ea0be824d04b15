package dev.farside.samples.chat;

import dev.farside.Farside;
import dev.farside.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The role that chats: says each line of standard input, prints what all say, leaves at the end of
 * input. One that is killed leaves as well, when the server loses the connection.
 */
public final class ChatClient {
  private ChatClient() {}

  /** The arguments are the server's URI and one's name. */
  public static void main(String[] args) throws IOException {
    try (Peer peer = Farside.create().connectNow(args[0])) {
      ChatRoom room = peer.lookup("room", ChatRoom.class);
      ChatListener printer = (who, what) -> System.out.println(who + ": " + what);
      ChatRoom.Seat seat = room.join(args[1], printer);
      var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
        seat.say(line);
      }
      seat.leave();
    }
  }
}
