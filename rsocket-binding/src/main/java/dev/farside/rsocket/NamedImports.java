package dev.farside.rsocket;

import dev.farside.codec.Target;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What we reach of the peer by name: bound objects and imported classes, one {@link RemoteObject}
 * for each while it is in use. They are not counted: a name keeps nothing alive. Guarded by its
 * monitor.
 */
final class NamedImports {
  private final Session session;
  private final Map<Target, WeakReference<RemoteObject>> objects = new HashMap<>();

  NamedImports(Session session) {
    this.session = session;
  }

  Session session() {
    return session;
  }

  synchronized RemoteObject object(Target target) {
    @Nullable WeakReference<RemoteObject> reference = objects.get(target);
    @Nullable RemoteObject known = reference == null ? null : reference.get();
    if (known != null && !known.isReleased()) {
      return known;
    }
    objects.values().removeIf(r -> r.refersTo(null));
    var object = new RemoteObject(session, target, null);
    objects.put(target, new WeakReference<>(object));
    return object;
  }
}
