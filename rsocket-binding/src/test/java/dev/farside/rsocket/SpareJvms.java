package dev.farside.rsocket;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Other JVMs that run the {@code main} of one test after that of another, because to start one
 * takes longer than most tests. They end with this JVM.
 */
final class SpareJvms {
  private static final Map<OtherJvm.Kind, Deque<OtherJvm>> SPARE = new HashMap<>();

  private SpareJvms() {}

  /** One of this kind that runs a {@code main} which calls {@link OtherJvm#serve}. */
  static OtherJvm running(Class<?> main, OtherJvm.Kind kind, String... arguments) {
    OtherJvm jvm = take(kind);
    jvm.tell(main.getName() + " " + String.join(" ", arguments));
    jvm.nextLine();
    return jvm;
  }

  /** What it serves ends; it may serve again. */
  static void giveBack(OtherJvm jvm) {
    jvm.tell("end");
    synchronized (SPARE) {
      SPARE.computeIfAbsent(jvm.kind(), kind -> new ArrayDeque<>()).push(jvm);
    }
  }

  private static OtherJvm take(OtherJvm.Kind kind) {
    synchronized (SPARE) {
      Deque<OtherJvm> spare = SPARE.get(kind);
      if (spare != null && !spare.isEmpty()) {
        return spare.pop();
      }
    }
    return OtherJvm.start(Host.class, kind, List.of());
  }

  /** The {@code main} that runs the others. */
  static final class Host {
    public static void main(String[] args) throws Exception {
      System.out.println("ready");
      String told = OtherJvm.told();
      while (told != null) {
        String[] words = told.split(" ", -1);
        Class.forName(words[0])
            .getDeclaredMethod("main", String[].class)
            .invoke(null, (Object) Arrays.copyOfRange(words, 1, words.length));
        told = OtherJvm.told();
      }
    }
  }
}
