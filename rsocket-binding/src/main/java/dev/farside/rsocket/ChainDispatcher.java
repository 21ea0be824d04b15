package dev.farside.rsocket;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has the mailbox of a {@link LogicalThread} served: wakes up whose turn it is, starts the worker,
 * and passes over who is held up. Guarded by the logical thread's monitor.
 */
final class ChainDispatcher {
  private final LogicalThread chain;
  private final LogicalThreads all;
  private final ChainMailbox mailbox;
  private final ChainServers servers;

  ChainDispatcher(
      LogicalThread chain, LogicalThreads all, ChainMailbox mailbox, ChainServers servers) {
    this.chain = chain;
    this.all = all;
    this.mailbox = mailbox;
    this.servers = servers;
  }

  /** Has who serves the mailbox look at it. */
  void wake() {
    LockSupport.unpark(awaken());
  }

  /**
   * Finds who serves the mailbox; starts the worker if nobody does.
   *
   * @return whom the caller is to unpark, once it has left the monitor that this one will need;
   *     null for nobody
   */
  @Nullable Thread awaken() {
    @Nullable ChainServer server = servers.serving();
    if (server == null) {
      startWorker();
    } else if (server.task() == 0) {
      return server.thread();
    } else if (server.isUnwanted()) {
      passOverLater(server, server.task());
    } else if (server == servers.worker() && server.isAtIt()) {
      // The caller calls although it waits for what the worker carries out: from a one-way call
      // that was made by that. Neither can wait for the other, and the worker keeps its place.
      mailbox.runAside(all.workers());
    }
    return null;
  }

  private void startWorker() {
    ChainServer started = servers.newWorker();
    try {
      all.workers().execute(new ChainWorker(chain, all, started));
    } catch (RuntimeException | Error e) {
      servers.noWorker();
      throw e;
    }
  }

  /** Nobody waits for what this server carries out any more. */
  void unwanted(ChainServer server, boolean shielded) {
    server.unwanted(shielded);
    if (servers.isReplaced(server)) {
      servers.leaveBehind(server);
    }
    if (!mailbox.isEmpty()) {
      passOverLater(server, server.task());
    }
  }

  /**
   * The caller calls again and has given up the call that is still being carried out. That has time
   * to end, with all that the chain holds, unless it is not to be interrupted. What does not end
   * must not hold up the chain.
   */
  private void passOverLater(ChainServer server, long task) {
    ChainMailbox.@Nullable Posted next = mailbox.first();
    if (server.isShielded()) {
      all.soon(() -> passOver(server, task));
    } else if (next != null) {
      all.later(() -> passOver(server, task), next.limit());
    }
  }

  private void passOver(ChainServer server, long task) {
    synchronized (chain) {
      if (server.task() != task || server.isPassedOver() || mailbox.isEmpty()) {
        return;
      }
      if (server == servers.worker() && servers.isWorkers()) {
        servers.leaveBehind(server);
        startWorker();
      } else if (servers.isInnermost(server)) {
        servers.leaveBehind(server);
        server.passOver();
        passToWorker(server);
      }
    }
  }

  /** To another than the one that is held up, if that is the worker. */
  private void passToWorker(ChainServer heldUp) {
    @Nullable ChainServer worker = servers.worker();
    if (worker != null && worker.hasThreadOf(heldUp)) {
      startWorker();
    } else {
      wake();
    }
  }
}
