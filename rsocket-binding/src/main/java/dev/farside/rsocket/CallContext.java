package dev.farside.rsocket;

import dev.farside.Peer;
import org.jspecify.annotations.Nullable;

/** Whose call the current thread is carrying out. */
final class CallContext {
  private static final ThreadLocal<@Nullable Peer> CURRENT = new ThreadLocal<>();

  private CallContext() {}

  static Peer currentPeer() {
    @Nullable Peer peer = CURRENT.get();
    if (peer == null) {
      throw new IllegalStateException(
          "Peer.current() was called outside of a call; ask for it on the thread that runs the"
              + " method, before handing work to others");
    }
    return peer;
  }

  /** This peer calls from now on; gives who called before. */
  static @Nullable Peer enter(@Nullable Peer peer) {
    @Nullable Peer before = CURRENT.get();
    CURRENT.set(peer);
    return before;
  }

  static void leave(@Nullable Peer before) {
    CURRENT.set(before);
  }
}
