package dev.farside.rsocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The threads of this JVM, virtual ones too, which {@link Thread#getAllStackTraces} leaves out. */
final class LivingThreads {
  private static final Pattern VIRTUAL = Pattern.compile("^#\\d+ \"(.*)\" virtual\\b");

  private LivingThreads() {}

  static Stream<String> names() {
    Stream<String> platform = Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
    return Carriers.areAdjustable() ? Stream.concat(platform, virtual().stream()) : platform;
  }

  private static List<String> virtual() {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path dump = folder.resolve("dump");
      try {
        dump(dump);
        try (Stream<String> lines = Files.lines(dump)) {
          return lines
              .flatMap(line -> VIRTUAL.matcher(line).results())
              .map(name -> name.group(1))
              .toList();
        }
      } finally {
        Files.deleteIfExists(dump);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code HotSpotDiagnosticMXBean.dumpThreads}, which the language level does not know. */
  private static void dump(Path file) {
    try {
      Class<? extends PlatformManagedObject> bean =
          Class.forName("com.sun.management.HotSpotDiagnosticMXBean")
              .asSubclass(PlatformManagedObject.class);
      Class<?> format = Class.forName(bean.getName() + "$ThreadDumpFormat");
      bean.getMethod("dumpThreads", String.class, format)
          .invoke(
              ManagementFactory.getPlatformMXBean(bean),
              file.toString(),
              format.getField("TEXT_PLAIN").get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Java dumps no virtual threads", e);
    }
  }
}
