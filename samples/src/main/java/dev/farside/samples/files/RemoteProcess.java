package dev.farside.samples.files;

/** The process that serves a directory; a blocking interface next to a reactive one. */
@FunctionalInterface
public interface RemoteProcess {
  /** The most memory that it has held so far, in bytes. */
  long peakMemory();
}
