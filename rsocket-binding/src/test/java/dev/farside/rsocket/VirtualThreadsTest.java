package dev.farside.rsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {
  static final boolean AVAILABLE = Runtime.version().feature() >= 21;

  @Test
  void platformThreadsAreNone() {
    assertFalse(VirtualThreads.isCurrent());
  }

  @Test
  void areMadeAndKnownWhereThereAreSome() throws Exception {
    if (!AVAILABLE) {
      assertThrows(IllegalStateException.class, () -> VirtualThreads.named("some-"));
      return;
    }
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    ThreadFactory factory = VirtualThreads.named("some-");
    for (int i = 0; i < 2; i++) {
      Thread thread =
          factory.newThread(
              () -> seen.add(Thread.currentThread().getName() + " " + VirtualThreads.isCurrent()));
      thread.start();
      thread.join();
    }
    assertEquals(List.of("some-1 true", "some-2 true"), seen);
  }
}
