package dev.farside.rsocket;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What iterators do when the collection changes. The iterator tells, not the collection: views and
 * wrappers have those of what they are made of.
 */
enum IteratorKind {
  /** It notices, and another one goes the same way if nothing was changed. */
  FAILS_FAST,
  /** It goes on, and notices when an element is gone that it was to give. */
  FAILS_LATE,
  /** It goes on, also if another iterator removes. */
  GOES_ON,
  /** It may do anything. */
  OTHER;

  private static final Set<Class<?>> FAILING =
      Set.of(
          HashMap.class,
          LinkedHashMap.class,
          TreeMap.class,
          IdentityHashMap.class,
          WeakHashMap.class,
          Hashtable.class,
          PriorityQueue.class,
          LinkedList.class);

  static IteratorKind of(Iterator<?> iterator) {
    Class<?> type = iterator.getClass();
    if (FAILING.contains(type.getNestHost())) {
      return FAILS_FAST;
    }
    if (type.getNestHost() == ArrayDeque.class) {
      return FAILS_LATE;
    }
    return type.getName().startsWith("java.util.concurrent.") ? GOES_ON : OTHER;
  }

  /**
   * Whether an iterator can be asked whether more follow, and still knows then what it gave last.
   */
  static boolean remembers(Iterator<?> iterator) {
    Class<?> type = iterator.getClass();
    return isKnown(type) && type.getNestHost() != WeakHashMap.class;
  }

  /** Whether a class is one of the JDK. */
  static boolean isKnown(Class<?> type) {
    return type.getName().startsWith("java.");
  }

  /** Whether a collection is the set of entries of a map. */
  static boolean givesEntries(Collection<?> collection) {
    @Nullable RemoteObject remote = StandIns.remoteOf(collection);
    if (remote != null) {
      return remote.holdsEntries();
    }
    String name = collection.getClass().getName();
    return name.startsWith("java.util.")
        && (name.contains("EntrySet") || name.endsWith("$SynchronizedSet"));
  }
}
