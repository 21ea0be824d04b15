package dev.farside.samples.files;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The most memory that a process has held. */
final class PeakMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT_PEAK = "VmHWM:";

  private PeakMemory() {}

  /** Resident memory where the system tells, else the sum of the JVM's pools; in bytes. */
  static long ofThisProcess() {
    try {
      List<String> status = Files.readAllLines(STATUS);
      return status.stream()
          .filter(line -> line.startsWith(RESIDENT_PEAK))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseGet(PeakMemory::ofPools);
    } catch (IOException e) {
      return ofPools();
    }
  }

  /** Whether {@link #ofThisProcess} is resident memory. */
  static boolean isResident() {
    try {
      return Files.readString(STATUS).contains(RESIDENT_PEAK);
    } catch (IOException e) {
      return false;
    }
  }

  private static long ofPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
