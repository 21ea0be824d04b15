package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.Exposure;
import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.codec.Baggage;
import dev.farside.codec.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** Gathers the settings of a side. Not thread-safe. */
final class SideBuilder implements Farside.Builder {
  private static final int MIN_MESSAGE_SIZE = 1 << 16;

  private final Map<String, Object> bindings = new LinkedHashMap<>();
  private final Set<Class<?>> imports = new LinkedHashSet<>();
  private final Set<String> importedPackages = new LinkedHashSet<>();
  private final List<Predicate<? super Class<?>>> importedIf = new ArrayList<>();
  private final Set<Class<?>> valueTypes = new LinkedHashSet<>();
  private final Set<String> propagated = new LinkedHashSet<>();
  private final Set<String> propagatedMdc = new LinkedHashSet<>();
  private @Nullable Exposure exposure;
  private Consumer<Peer> onPeer = peer -> {};
  private @Nullable Duration callTimeout;
  private @Nullable Scheduler reactive;
  private @Nullable Integer maxMessageSize;
  private @Nullable ClassLoader classLoader;
  private @Nullable Predicate<StackTraceElement> shownFrames;

  @Override
  public Farside.Builder bind(String name, Object target) {
    requireNonNull(name, "name");
    requireNonNull(target, "target");
    if (bindings.putIfAbsent(name, target) != null) {
      throw new IllegalStateException("\"" + name + "\" was bound already");
    }
    return this;
  }

  @Override
  public Farside.Builder allowImport(Class<?>... owners) {
    imports.addAll(List.of(owners));
    return this;
  }

  @Override
  public Farside.Builder allowImportPackage(String... packages) {
    importedPackages.addAll(List.of(packages));
    return this;
  }

  @Override
  public Farside.Builder allowImportIf(Predicate<? super Class<?>> owners) {
    importedIf.add(requireNonNull(owners, "owners"));
    return this;
  }

  @Override
  public Farside.Builder exposure(Exposure of) {
    requireUnset(exposure, "exposure");
    exposure = requireNonNull(of, "exposure");
    return this;
  }

  @Override
  public Farside.Builder valueType(Class<?>... types) {
    valueTypes.addAll(List.of(types));
    return this;
  }

  @Override
  public Farside.Builder propagate(String... keys) {
    addKeys("propagate", propagated, keys);
    return this;
  }

  @Override
  public Farside.Builder propagateMdc(String... keys) {
    addKeys("propagateMdc", propagatedMdc, keys);
    return this;
  }

  private static void addKeys(String setting, Set<String> all, String... keys) {
    all.addAll(List.of(keys));
    if (all.size() > Baggage.MAX_ENTRIES) {
      throw new IllegalArgumentException(
          setting + " takes at most " + Baggage.MAX_ENTRIES + " keys, but got " + all.size());
    }
  }

  @Override
  public Farside.Builder callTimeout(Duration timeout) {
    requireUnset(callTimeout, "callTimeout");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("callTimeout must be positive, but is " + timeout);
    }
    callTimeout = timeout;
    return this;
  }

  @Override
  public Farside.Builder reactiveOn(Scheduler scheduler) {
    requireUnset(reactive, "reactiveOn");
    reactive = requireNonNull(scheduler, "scheduler");
    return this;
  }

  @Override
  public Farside.Builder onPeer(Consumer<Peer> action) {
    onPeer = onPeer.andThen(requireNonNull(action, "action"));
    return this;
  }

  @Override
  public Farside.Builder maxMessageSize(int bytes) {
    requireUnset(maxMessageSize, "maxMessageSize");
    if (bytes < MIN_MESSAGE_SIZE) {
      throw new IllegalArgumentException(
          "maxMessageSize must be at least " + MIN_MESSAGE_SIZE + " bytes, but is " + bytes);
    }
    maxMessageSize = bytes;
    return this;
  }

  @Override
  public Farside.Builder classLoader(ClassLoader loader) {
    requireUnset(classLoader, "classLoader");
    classLoader = requireNonNull(loader, "loader");
    return this;
  }

  @Override
  public Farside.Builder showFrames(Predicate<StackTraceElement> shown) {
    requireUnset(shownFrames, "showFrames");
    shownFrames = requireNonNull(shown, "shown");
    return this;
  }

  @Override
  public Farside build() {
    var side =
        new Side(
            new SideSettings(
                new AllowedImports(
                    Set.copyOf(imports), Set.copyOf(importedPackages), List.copyOf(importedIf)),
                exposure == null ? Exposure.PUBLIC : exposure,
                Set.copyOf(valueTypes),
                callTimeout,
                reactive,
                onPeer,
                limits(),
                loader(),
                new Propagation(List.copyOf(propagated), List.copyOf(propagatedMdc)),
                shownFrames == null ? frame -> true : shownFrames));
    bindings.forEach(side::bind);
    return side;
  }

  private Limits limits() {
    return maxMessageSize == null ? Limits.DEFAULT : Limits.DEFAULT.withMessageSize(maxMessageSize);
  }

  private ClassLoader loader() {
    if (classLoader != null) {
      return classLoader;
    }
    @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null ? context : SideBuilder.class.getClassLoader();
  }

  private static void requireUnset(@Nullable Object value, String name) {
    if (value != null) {
      throw new IllegalStateException(name + " was set already");
    }
  }
}
