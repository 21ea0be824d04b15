package dev.farside.benchmarks;

/** A server that runs, in this JVM or another. */
interface Server extends AutoCloseable {
  String address();

  @Override
  void close();
}
