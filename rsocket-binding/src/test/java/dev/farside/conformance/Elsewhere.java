package dev.farside.conformance;

import dev.farside.Farside;
import dev.farside.rsocket.OtherJvm;
import dev.farside.rsocket.TwoJvms;
import java.io.File;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The other side of the tests. */
final class Elsewhere {
  private Elsewhere() {}

  /**
   * The other JVM: prints where it listens for TCP, and when asked for more, for WebSockets; then
   * connects to each URI that it is told.
   */
  public static void main(String[] args) throws Exception {
    try (Farside side = side()) {
      System.out.println(side.listenNow("tcp://127.0.0.1:0").uri());
      System.out.println(side.listenNow("ws://127.0.0.1:0/conformance").uri());
      String uri = OtherJvm.told();
      while (uri != null) {
        side.connectNow(uri);
        uri = OtherJvm.told();
      }
    }
  }

  /** A side that makes objects. */
  static Farside side() {
    return TwoJvms.withVitals(
        Farside.builder()
            .bind("maker", new PlainMaker())
            .allowImport(FileInputStream.class, Files.class, File.class, Path.class, List.class)
            .allowImport(String.class, StringBuilder.class, Integer.class, Thread.class)
            .allowImportPackage("java.util.zip")
            .allowImportIf(type -> type.getName().startsWith(ImportsTest.class.getName() + "$"))
            .allowImportIf(type -> type.getName().startsWith(CreateTest.class.getName() + "$")));
  }

  static final class PlainMaker implements Maker {
    @Override
    public Object make(String className) {
      try {
        return Class.forName(className).getConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(className, e);
      }
    }
  }
}
