package dev.farside.rsocket;

/**
 * A call that a thread carries out in a logical thread.
 *
 * @param number of the server's task
 * @param shielded whether it runs to its end although nobody waits for it any more
 */
record ChainTask(LogicalThread chain, ChainServer server, long number, boolean shielded) {
  /** Whether the server has not gone on to another one. Under the logical thread's monitor. */
  boolean isCurrent() {
    return server.task() == number;
  }

  /** User code begins to run. Who wants it no more by then has said so. */
  void begin() {
    chain.atIt(this, true);
  }

  /** User code has returned: whoever waits for the call will soon go on. */
  void returned() {
    chain.atIt(this, false);
  }

  /** Nobody waits for it any more. */
  void unwanted() {
    chain.unwanted(this);
  }
}
