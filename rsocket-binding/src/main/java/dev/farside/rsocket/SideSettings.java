package dev.farside.rsocket;

import dev.farside.Exposure;
import dev.farside.Peer;
import dev.farside.codec.Limits;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** What the user has set; see {@link dev.farside.Farside.Builder}. */
record SideSettings(
    AllowedImports imports,
    Exposure exposure,
    Set<Class<?>> valueTypes,
    @Nullable Duration callTimeout,
    @Nullable Scheduler reactive,
    Consumer<Peer> onPeer,
    Limits limits,
    ClassLoader classLoader,
    Propagation propagation,
    Predicate<StackTraceElement> shownFrames) {}
