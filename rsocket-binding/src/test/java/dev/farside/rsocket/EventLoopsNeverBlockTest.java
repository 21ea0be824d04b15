package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.blockhound.BlockHound;

/**
 * Runs all kinds of calls in a JVM in which BlockHound watches the threads that must not wait, and
 * expects that it has nothing to tell.
 */
@Timeout(120)
public class EventLoopsNeverBlockTest {
  /** At the end of a URI: waits where it must not. */
  private static final String WRONG = " wrong";

  /** In a JVM of its own, which BlockHound changes: prints what it finds at each URI it is told. */
  static final class Main {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    public static void main(String[] args) throws Exception {
      BlockHound.install(
          builder ->
              allowLocksOfInstructions(builder)
                  .blockingMethodCallback(
                      method -> {
                        var found = new Throwable(Thread.currentThread() + " waits in " + method);
                        if (FOUND.isEmpty()) {
                          found.printStackTrace();
                        }
                        FOUND.add(String.valueOf(found.getMessage()));
                      }));
      System.out.println("ready");
      String uri = OtherJvm.told();
      while (uri != null) {
        System.out.println(found(uri));
        uri = OtherJvm.told();
      }
    }

    private static String found(String uri) throws InterruptedException {
      FOUND.clear();
      try (Farside far = withKinds();
          Farside near = Farside.create();
          Listener listener = far.listenNow(uri.replace(WRONG, ""));
          Peer peer = near.connectNow(listener.uri())) {
        if (uri.endsWith(WRONG)) {
          String where = peer.lookup("kinds", KindsOfCalls.Kinds.class).wrong().block();
          System.err.println("wrong on " + where);
        } else {
          callAll(near, peer, listener.uri(), uri.replace("watched", "third"));
        }
      }
      return FOUND.isEmpty() ? "nothing" : FOUND.toString();
    }

    private static Farside withKinds() {
      return Farside.builder()
          .bind("kinds", new KindsOfCalls.PlainKinds())
          .bind("lost", new KindsOfCalls.PlainKinds())
          .bind("serial", new KindsOfCalls.SerialKinds())
          .bind("next", (IntUnaryOperator) n -> n + 1)
          .build();
    }

    private static void callAll(Farside near, Peer peer, String uri, String thirdUri)
        throws InterruptedException {
      try (Farside third = withKinds();
          Listener thirdListener = third.listenNow(thirdUri);
          Peer thirdPeer = near.connectNow(thirdListener.uri());
          Farside hasty = Farside.builder().callTimeout(KindsOfCalls.SHORT).build();
          Peer hastyPeer = hasty.connectNow(uri);
          Peer endedThere = near.connectNow(uri);
          Peer endedHere = near.connectNow(uri)) {
        KindsOfCalls.make(peer, thirdPeer);
        KindsOfCalls.timeOut(hastyPeer);
        KindsOfCalls.lose(endedThere, endedHere);
      }
    }

    /**
     * Netty's allocator, a scheduler's queue and a pool of threads keep their books under them; who
     * closes a channel waits for its writer.
     */
    private static BlockHound.Builder allowLocksOfInstructions(BlockHound.Builder builder) {
      String allocator = "io.netty.buffer.AdaptivePoolingAllocator";
      String scheduled = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";
      return builder
          .allowBlockingCallsInside(scheduled, "offer")
          .allowBlockingCallsInside(scheduled, "remove")
          .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "addWorker")
          .allowBlockingCallsInside("sun.nio.ch.SocketChannelImpl", "implCloseNonBlockingMode")
          .allowBlockingCallsInside(allocator, "allocate")
          .allowBlockingCallsInside(allocator + "$Magazine", "free")
          .allowBlockingCallsInside(allocator + "$Chunk", "release");
    }
  }

  private static OtherJvm watched;

  @BeforeAll
  static void start() {
    List<String> arguments = new ArrayList<>(List.of("-XX:+AllowRedefinitionToAddDeleteMethods"));
    if (Runtime.version().feature() >= 21) {
      arguments.add("-XX:+EnableDynamicAgentLoading");
    }
    OtherJvm.Kind kind = OtherJvm.Kind.like(arguments.toArray(String[]::new));
    watched = OtherJvm.start(Main.class, kind, List.of());
  }

  @AfterAll
  static void end() {
    watched.close();
  }

  private static String found(String uri) {
    watched.tell(uri);
    return watched.nextLine();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:0", "ws://127.0.0.1:0", "local://watched"})
  void nothingWaitsOnAnEventLoop(String uri) {
    assertThat(found(uri)).isEqualTo("nothing");
  }

  @Test
  void whatWouldWaitIsFound() {
    assertThat(found("tcp://127.0.0.1:0" + WRONG)).contains("sleep");
  }
}
