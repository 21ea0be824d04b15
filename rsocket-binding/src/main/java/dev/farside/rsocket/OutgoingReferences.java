package dev.farside.rsocket;

import dev.farside.LimitExceededException;
import dev.farside.codec.Message.Release;
import dev.farside.codec.Reference;
import dev.farside.codec.ReferenceSink;
import dev.farside.codec.Target;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The references of one message on its way out. Nothing is exported before {@link #commit}, so a
 * message that fails to encode leaves no trace. Used by one thread.
 */
final class OutgoingReferences implements ReferenceSink {
  private final Session session;
  private final int limit;
  private final List<Object> objects = new ArrayList<>(0);
  private @Nullable IdentityHashMap<Object, Integer> indexes;

  OutgoingReferences(Session session, int limit) {
    this.session = session;
    this.limit = limit;
  }

  @Override
  public int reference(Object object) {
    if (indexes == null) {
      indexes = new IdentityHashMap<>();
    }
    @Nullable Integer known = indexes.get(object);
    if (known != null) {
      return known;
    }
    if (objects.size() == limit) {
      throw new LimitExceededException(
          "A message refers to more than " + limit + " objects: send it in smaller parts");
    }
    objects.add(object);
    indexes.put(object, objects.size() - 1);
    return objects.size() - 1;
  }

  @Override
  public int identity(Throwable throwable) {
    @Nullable RemoteObject original = session.side().mirroredThrowables().get(throwable);
    return reference(original != null && original.session() == session ? original : throwable);
  }

  @Override
  public int count() {
    return objects.size();
  }

  @Override
  public void truncate(int count) {
    if (indexes != null) {
      indexes.values().removeIf(index -> index >= count);
    }
    objects.subList(count, objects.size()).clear();
  }

  @Override
  public boolean isNew(Object object) {
    return home(session, object) == null;
  }

  @Override
  public boolean wantsReference(Object value) {
    return StandIns.remoteOf(value) != null || ByReferenceMarks.take(value);
  }

  /** Exports what is to be exported, and gives the reference table. */
  List<Reference> commit() {
    if (objects.isEmpty()) {
      return List.of();
    }
    var references = new ArrayList<Reference>(objects.size());
    for (Object object : objects) {
      references.add(reference(session, object));
    }
    return references;
  }

  /** The message will not be sent after all. */
  void rollBack(List<Reference> references) {
    for (Reference reference : references) {
      if (reference instanceof Reference.Sent sent) {
        session.exports().release(List.of(new Release.Count(sent.id(), 1)));
      }
    }
  }

  /** What must stay reachable until the message was sent. */
  Object kept() {
    return objects;
  }

  private static Reference reference(Session session, Object object) {
    @Nullable Reference home = home(session, object);
    return home != null
        ? home
        : session
            .shapes()
            .sent(
                session.exports().send(object),
                Shapes.of(object, session.side().settings().exposure()));
  }

  private static @Nullable Reference home(Session session, Object object) {
    @Nullable RemoteObject remote =
        object instanceof RemoteObject original ? original : StandIns.remoteOf(object);
    if (remote != null && remote.session() == session) {
      if (remote.target() instanceof Target.Export export) {
        return new Reference.Home(export.id());
      }
      if (remote.target() instanceof Target.Root root) {
        return new Reference.HomeRoot(root.name());
      }
    }
    return null;
  }
}
