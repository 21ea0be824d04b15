package dev.farside.samples.everyday;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.samples.SecondJvm;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Lets its files be opened and its threads be used. Give it an address to listen at. */
public final class EverydayServer {
  private EverydayServer() {}

  /** Serves until standard input ends. */
  public static void main(String[] args) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(2, task -> new Thread(task, "pool"));
    try (Farside side =
            Farside.builder()
                .allowImport(FileInputStream.class)
                .bind("pool", pool)
                .bind("work", new PlainWork())
                .build();
        Listener listener = side.listenNow(args[0])) {
      System.out.println(listener.uri());
      SecondJvm.awaitEndOfInput();
    }
    pool.shutdown();
  }
}
