package dev.farside.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.samples.SecondJvm;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatTest {
  private SecondJvm server;
  private Peer peer;
  private ChatRoom room;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    server = SecondJvm.start(ChatServer.class, "tcp://127.0.0.1:0");
    peer = Farside.create().connectNow(server.uri());
    room = peer.lookup("room", ChatRoom.class);
  }

  @AfterEach
  void end() {
    peer.close();
    server.close();
  }

  @Test
  void everybodyHearsWhatOneSaysUntilItLeaves() {
    room.join("Ada", (who, what) -> heard.add(who + ": " + what));
    ChatRoom.Seat bob = room.join("Bob", (who, what) -> {});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> room.join("Bob", (who, what) -> {}))
        .withMessage("Bob is here already");
    bob.say("hello");
    bob.leave();
    bob.leave();
    assertThat(room.members()).containsExactly("Ada");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .containsExactly(
                        "room: Ada has come",
                        "room: Bob has come",
                        "Bob: hello",
                        "room: Bob has gone"));
  }

  @Test
  void memberWhoseProcessDiesHasGone() {
    room.join("Ada", (who, what) -> heard.add(who + ": " + what));
    SecondJvm bob = SecondJvm.start(ChatClient.class, server.uri(), "Bob");
    assertThat(bob.uri()).isEqualTo("room: Bob has come");
    assertThat(room.members()).containsExactly("Ada", "Bob");
    bob.kill();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(heard)
                    .containsExactly(
                        "room: Ada has come", "room: Bob has come", "room: Bob has gone"));
    assertThat(room.members()).containsExactly("Ada");
  }
}
