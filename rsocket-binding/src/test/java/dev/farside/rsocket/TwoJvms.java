package dev.farside.rsocket;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.PeerStats;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * This JVM and another that runs a {@code main} with {@link #serve}, connected over TCP for one
 * test. Register it as an instance extension. After each test the tables of both must be at their
 * base.
 */
public final class TwoJvms implements AfterEachCallback {
  /** What a JVM tells of itself. */
  public interface Vitals {
    /** Of the connection of who asks, after a collection of garbage. */
    PeerStats stats();

    /** The names of the threads of Farside, and of those that it makes its transports start. */
    List<String> threads();
  }

  private final Class<?> main;
  private final OtherJvm.Kind kind;
  private Consumer<Farside.Builder> nearSettings = builder -> {};
  private OtherJvm other;
  private Farside near;
  private Peer peer;

  private TwoJvms(Class<?> main, OtherJvm.Kind kind) {
    this.main = main;
    this.kind = kind;
  }

  static TwoJvms with(Class<?> main, String... jvmArguments) {
    return new TwoJvms(main, OtherJvm.Kind.like(jvmArguments));
  }

  /** The libraries whose files begin so are missing in the other JVM. */
  static TwoJvms withoutLibrary(Class<?> main, String library) {
    return new TwoJvms(main, OtherJvm.Kind.withoutLibrary(library));
  }

  /** Settings of this JVM's side, made before it is first used. */
  TwoJvms near(Consumer<Farside.Builder> settings) {
    nearSettings = nearSettings.andThen(settings);
    return this;
  }

  /** For the {@code main} over there: listens and waits until it shall end. */
  static void serve(Farside.Builder builder) throws IOException {
    try (Farside side = withVitals(builder)) {
      OtherJvm.serve(side.listenNow("tcp://127.0.0.1:0"));
    }
  }

  /** A side that {@link #assertTablesAtBase} can ask. */
  public static Farside withVitals(Farside.Builder builder) {
    return builder.bind("vitals", new OwnVitals()).build();
  }

  /** Of this JVM. */
  static List<String> threads() {
    return new OwnVitals().threads();
  }

  /** The other JVM as this one sees it. */
  Peer peer() {
    if (peer == null) {
      other = SpareJvms.running(main, kind);
      Farside.Builder builder = Farside.builder();
      nearSettings.accept(builder);
      near = builder.build();
      peer = near.connectNow(other.uri());
    }
    return peer;
  }

  /** A proxy of what is bound over there. */
  <T> T lookup(String name, Class<T> face) {
    return peer().lookup(name, face);
  }

  Vitals vitals() {
    return lookup("vitals", Vitals.class);
  }

  /** The side of this JVM. */
  Farside near() {
    peer();
    return near;
  }

  String uri() {
    return peer().toString();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (peer == null) {
      return;
    }
    boolean passed = false;
    try {
      if (context.getExecutionException().isEmpty()) {
        assertTablesAtBase(peer);
        passed = true;
      }
    } finally {
      near.close();
      if (passed) {
        SpareJvms.giveBack(other);
      } else {
        other.close();
      }
    }
  }

  /** Collects garbage until nothing is held and nothing pending at either end. */
  public static void assertTablesAtBase(Peer peer) {
    Awaitility.await("tables of " + peer)
        .atMost(TwoSides.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              System.gc();
              PeerStats farStats = peer.lookup("vitals", Vitals.class).stats();
              TwoSides.assertAtBase(peer.toString(), peer.stats());
              TwoSides.assertAtBase("its other end", farStats);
            });
  }

  private static final class OwnVitals implements Vitals {
    @Override
    public PeerStats stats() {
      System.gc();
      return Peer.current().stats();
    }

    @Override
    public List<String> threads() {
      return LivingThreads.names()
          .filter(name -> name.matches("(farside|reactor|parallel|boundedElastic|single)-.*"))
          .sorted()
          .toList();
    }
  }
}
