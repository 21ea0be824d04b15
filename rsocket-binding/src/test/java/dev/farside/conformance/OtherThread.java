package dev.farside.conformance;

/** Another thread of the caller. */
final class OtherThread {
  /** What it does. */
  interface Task {
    void run() throws Exception;
  }

  private OtherThread() {}

  static Thread start(Task task) {
    var thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }
}
