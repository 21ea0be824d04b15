package dev.farside.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A client connected to its server, for one fork. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class Connected {
  /** Which of the two. */
  @Param public Library library;

  /** Where its server runs. */
  @Param("OTHER_JVM")
  public Place server;

  private Server running;
  private Client client;

  /** Connects. */
  @Setup(Level.Trial)
  public void connect() {
    running = server.serve(library);
    client = library.connect(running.address());
  }

  Client client() {
    return client;
  }

  /** Ends both. */
  @TearDown(Level.Trial)
  public void close() {
    client.close();
    running.close();
  }
}
