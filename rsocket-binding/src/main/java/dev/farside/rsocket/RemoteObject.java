package dev.farside.rsocket;

import dev.farside.Peer;
import dev.farside.RemoteRef;
import dev.farside.StaleReferenceException;
import dev.farside.codec.CallOptions;
import dev.farside.codec.Description;
import dev.farside.codec.MethodKey;
import dev.farside.codec.Shape;
import dev.farside.codec.Target;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An object of the peer, as we hold it: what all its stand-ins share. Its stand-ins hold it; it
 * knows them weakly, so that one face has one stand-in. Guarded by its own monitor.
 */
final class RemoteObject implements RemoteRef {
  private final Session session;
  private final Target target;
  private final @Nullable Shape shape;
  private final List<WeakReference<Object>> faces = new ArrayList<>(0);
  private WeakReference<@Nullable Object> own = new WeakReference<>(null);
  private Map<Field, Object> fields = Map.of();
  private volatile Map<String, @Nullable Object> results = Map.of();
  private @Nullable Changes changes;
  private boolean entries;
  private WeakReference<@Nullable Throwable> mirror = new WeakReference<>(null);
  private boolean joined;
  private volatile boolean released;
  private volatile @Nullable RemoteObject itself;
  private volatile @Nullable Shape named;
  private volatile Set<Method> lacking = Set.of();

  /**
   * An object.
   *
   * @param shape null if it was not told: of what is reached by name
   */
  RemoteObject(Session session, Target target, @Nullable Shape shape) {
    this.session = session;
    this.target = target;
    this.shape = shape;
  }

  Session session() {
    return session;
  }

  Target target() {
    return target;
  }

  @Nullable Shape shape() {
    return shape;
  }

  /**
   * The object as it is when it is passed: where this is a name, what was bound to it when that was
   * first asked for; held from then on, so that it stays one.
   */
  RemoteObject itself() {
    if (!(target instanceof Target.Root root) || root.name().isEmpty()) {
      return this;
    }
    @Nullable RemoteObject known = itself;
    if (known == null) {
      @Nullable RemoteObject named = StandIns.remoteOf(bound(root.name()));
      known = named == null ? this : named; // null: it is ours
      itself = known;
    }
    return known;
  }

  private Object bound(String name) {
    return session.peer().lookup("", NamedRoots.class).named(name);
  }

  /**
   * The shape; where this is a name, that of what was bound to it when it was first asked for,
   * which is not held. Null of what has no name either.
   */
  @Nullable Shape shapeOfItself() {
    @Nullable Shape known = shape != null ? shape : named;
    if (known == null && target instanceof Target.Root root && !root.name().isEmpty()) {
      known = shapeOf(bound(root.name()));
      named = known;
    }
    return known;
  }

  private @Nullable Shape shapeOf(Object bound) {
    @Nullable RemoteObject remote = StandIns.remoteOf(bound);
    return remote == null
        ? Shapes.of(bound, session.side().settings().exposure())
        : remote.shapeOfItself();
  }

  /**
   * The stand-in of this type, or, if there can be none, of the object's own types.
   *
   * @param face any type; {@code Object} for the object's own types
   */
  Object as(Class<?> face) {
    Object standIn = standIn(face);
    if (standIn instanceof RemotePublisher publisher) {
      publisher.start();
    }
    return standIn;
  }

  private synchronized Object standIn(Class<?> face) {
    if (shape == null) {
      return face(face);
    }
    @Nullable Object known = own.get();
    if (known == null) {
      known = make(shape);
      fill(known);
      own = new WeakReference<>(known);
    }
    return face.isInstance(known) || StandIns.refusal(face) != null ? known : face(face);
  }

  /** The copy that stands for this exception here; null if there is none any more. */
  synchronized @Nullable Throwable mirror() {
    return mirror.get();
  }

  synchronized void mirroredBy(Throwable copy) {
    mirror = new WeakReference<>(copy);
    joined = false;
  }

  /** Whether the copy is thrown for the first time: then its stack shows by which call. */
  synchronized boolean join() {
    boolean first = !joined;
    joined = true;
    return first;
  }

  /**
   * Learns what the object's public final fields hold; its stand-ins hold the same. And what its
   * prefetched getters gave.
   */
  synchronized void describe(Description description) {
    results = description.results();
    if (fields.isEmpty()) {
      fields = description.fields();
      fill(own.get());
      faces.forEach(face -> fill(face.get()));
    }
  }

  /** What prefetched getters gave when the object was last passed, by their names. */
  Map<String, @Nullable Object> results() {
    return results;
  }

  private void fill(@Nullable Object standIn) {
    if (standIn == null) {
      return;
    }
    fields.forEach(
        (field, value) -> {
          if (field.getDeclaringClass().isInstance(standIn)) {
            StandIns.set(field, standIn, value);
          }
        });
  }

  private Object make(Shape known) {
    return known.kind() == Shape.Kind.OBJECT
        ? session.standIns().of(this, known.typeNames())
        : RemotePublishers.of(this, known.kind());
  }

  private Object face(Class<?> face) {
    faces.removeIf(reference -> reference.refersTo(null));
    for (WeakReference<Object> reference : faces) {
      @Nullable Object known = reference.get();
      if (face.isInstance(known)) {
        return known;
      }
    }
    Object made = session.standIns().of(this, face);
    fill(made);
    faces.add(new WeakReference<>(made));
    return made;
  }

  /** What this side did to the collection or map that this object is. */
  synchronized Changes changes() {
    if (changes == null) {
      changes = new Changes();
    }
    return changes;
  }

  /** Learns that it is a view of another collection or map. */
  void isViewOf(RemoteObject whole, boolean ofEntries) {
    Changes shared = whole.changes();
    synchronized (this) {
      changes = shared;
      entries = ofEntries;
    }
  }

  /** Whether it is the set of entries of a map. */
  synchronized boolean holdsEntries() {
    return entries;
  }

  /** Whether the object was found to have no method of its own for this one of a face. */
  boolean lacks(Method method) {
    return lacking.contains(method);
  }

  /** A name may mean another object with the next call: of what it lacks nothing is kept. */
  synchronized void foundLacking(Method method) {
    if (target instanceof Target.Root) {
      return;
    }
    var more = new HashSet<>(lacking);
    more.add(method);
    lacking = Set.copyOf(more);
  }

  boolean isReleased() {
    return released;
  }

  /** Fails if this reference was ended. */
  void checkUsable(CallSpec spec) {
    if (released) {
      throw new StaleReferenceException(
          spec.text() + ": the reference to " + this + " was released; look the object up again");
    }
  }

  @Override
  public Peer peer() {
    return session.peer();
  }

  @Override
  public synchronized List<String> typeNames() {
    if (shape != null) {
      return shape.typeNames();
    }
    return faces.stream()
        .map(WeakReference::get)
        .filter(f -> f != null)
        .flatMap(f -> StandIns.typesOf(f).stream())
        .map(Class::getName)
        .distinct()
        .toList();
  }

  @Override
  public Mono<Object> call(String method, @Nullable Object... arguments) {
    return session.caller().single(byName(method, 0, arguments));
  }

  @Override
  public Flux<Object> stream(String method, @Nullable Object... arguments) {
    return session.streamCaller().stream(byName(method, CallOptions.STREAM, arguments));
  }

  private Invocation byName(String method, int options, @Nullable Object... arguments) {
    var spec =
        new CallSpec(
            method + "(…)",
            new MethodKey.Name(method),
            new CallOptions(options | CallOptions.COPY_COLLECTIONS));
    return new Invocation(this, spec, Arrays.asList(arguments));
  }

  @Override
  public void release() {
    released = true;
    if (target instanceof Target.Export export) {
      session.imports().release(export.id());
    }
  }

  /** {@code Account@tcp://127.0.0.1:7000#17}. */
  @Override
  public String toString() {
    if (target instanceof Target.Export export) {
      return typeName() + "@" + session + "#" + export.id();
    }
    return target instanceof Target.Root root
        ? "\"" + root.name() + "\"@" + session
        : ((Target.Statics) target).className() + "@" + session;
  }

  private String typeName() {
    if (shape == null || shape.typeNames().isEmpty()) {
      return "object";
    }
    String name = shape.typeNames().get(0);
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }
}
