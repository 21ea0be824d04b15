package dev.farside.rsocket;

import dev.farside.rsocket.Follower.Element;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Over a collection whose iterators go one way only. How to go back depends on its {@link
 * IteratorKind}: another iterator goes the way again or follows, or what was fetched ahead is kept.
 */
final class CollectionCursor extends Cursor {
  private final Collection<?> collection;
  private final IteratorKind kind;
  private final Deque<Element> ahead = new ArrayDeque<>();
  private final List<Element> batch = new ArrayList<>();
  private @Nullable Element previous;
  private @Nullable Follower follower;
  private Iterator<?> iterator;
  private Iterator<?> witness;
  private int index;
  private boolean looked;
  private boolean direct;
  private boolean unordered;

  /** Before its first element. */
  CollectionCursor(Collection<?> collection) {
    this(collection, null);
  }

  /**
   * The same.
   *
   * @param known of which kind its iterators are to be taken; null for their own
   */
  CollectionCursor(Collection<?> collection, @Nullable IteratorKind known) {
    super(IteratorKind.givesEntries(collection));
    this.collection = collection;
    this.iterator = collection.iterator();
    this.kind = known == null ? IteratorKind.of(iterator) : known;
    this.follower =
        kind == IteratorKind.GOES_ON ? new Follower(collection.iterator(), this::isSame) : null;
    this.witness = newWitness();
  }

  @Override
  protected int begin(int max) {
    if (!batch.isEmpty()) {
      previous = batch.get(batch.size() - 1);
    }
    if (follower != null) {
      follower.begin(batch);
    }
    batch.clear();
    boolean stepwise = kind == IteratorKind.GOES_ON && follower == null;
    return unordered || stepwise ? 1 : max;
  }

  @Override
  protected boolean looksAhead() {
    return IteratorKind.remembers(iterator);
  }

  @Override
  protected boolean hasMore() {
    looked = true;
    return !ahead.isEmpty() || iterator.hasNext();
  }

  @Override
  protected @Nullable Object advance() {
    @Nullable Element kept = ahead.poll();
    if (kept != null && kind == IteratorKind.FAILS_LATE && isGone(kept)) {
      throw new ConcurrentModificationException();
    }
    Element next = kept == null ? new Element(iterator.next()) : kept;
    direct = kept == null;
    looked = false;
    index++;
    batch.add(next);
    return next.value();
  }

  @Override
  @Nullable Boolean rewind(int untaken) {
    return switch (kind) {
      case FAILS_FAST -> goBack(untaken);
      case FAILS_LATE -> {
        keep(untaken);
        yield hasMore();
      }
      case GOES_ON -> untaken == 1 && !hasMore() ? goOn() : null;
      case OTHER -> null;
    };
  }

  private boolean goBack(int untaken) {
    if (untaken > 0) {
      if (isModified()) {
        fail(new ConcurrentModificationException());
        return true;
      }
      index -= untaken;
      iterator = index == 0 ? collection.iterator() : again(untaken);
      keepBatch(untaken);
    }
    return hasMore();
  }

  /** Has the elements that the caller has not taken be given again. */
  private void keep(int untaken) {
    for (int i = 1; i <= untaken; i++) {
      ahead.push(batch.get(batch.size() - i));
    }
    index -= untaken;
    keepBatch(untaken);
  }

  private void keepBatch(int untaken) {
    batch.subList(batch.size() - untaken, batch.size()).clear();
  }

  /** From the last element on, the caller is given what the follower finds behind it. */
  private @Nullable Boolean goOn() {
    if (follower == null) {
      return null;
    }
    follower.follow(batch, batch.size() - 1);
    Element last = batch.get(batch.size() - 1);
    keep(1);
    var found = new ArrayList<Element>();
    @Nullable Element next = follower.next();
    while (next != null && !isSame(next.value(), last.value())) {
      found.add(next);
      next = follower.next();
    }
    if (next == null) {
      ahead.addAll(found); // the last element is gone
    }
    iterator = follower.iterator();
    follower = null;
    return true;
  }

  @Override
  @Nullable Boolean remove(int untaken) {
    switch (kind) {
      case FAILS_FAST -> {
        removeAgain(untaken);
        unordered = collection instanceof PriorityQueue;
        witness = newWitness();
        return hasMore();
      }
      case GOES_ON -> {
        removeFollowing(untaken);
        return null;
      }
      default -> {
        return removeKeeping(untaken);
      }
    }
  }

  private void removeAgain(int untaken) {
    if (untaken > 0 || (looked && !IteratorKind.remembers(iterator))) {
      if (isModified()) {
        throw new ConcurrentModificationException();
      }
      index -= untaken;
      iterator = again(untaken);
      keepBatch(untaken);
    }
    iterator.remove();
    index--;
  }

  private void removeFollowing(int untaken) {
    if (follower != null) {
      follower.follow(batch, batch.size() - untaken);
      if (follower.remove()) {
        return;
      }
    } else if (direct && untaken == 0) {
      iterator.remove();
      return;
    }
    @Nullable Iterator<?> behind = behind(lastTaken(untaken), index - untaken);
    if (behind != null) {
      behind.remove();
    }
  }

  private @Nullable Boolean removeKeeping(int untaken) {
    if (untaken == 0 && direct) {
      iterator.remove();
      index--;
      return null;
    }
    @Nullable Iterator<?> behind = behind(lastTaken(untaken), index - untaken);
    if (behind == null) {
      throw new ConcurrentModificationException(
          "The element to remove has been removed meanwhile: " + collection.getClass().getName());
    }
    behind.remove();
    index -= untaken + 1;
    keepBatch(untaken);
    ahead.clear();
    iterator = behind;
    return hasMore();
  }

  @Override
  void removeNothing() {
    Iterator<?> fresh = collection.iterator();
    fresh.remove();
  }

  @Override
  ListIterator<?> settle(int untaken, boolean taken) {
    throw new UnsupportedOperationException("Only lists have list iterators");
  }

  private @Nullable Object lastTaken(int untaken) {
    int last = batch.size() - untaken - 1;
    @Nullable Element element = last < 0 ? previous : batch.get(last);
    return element == null ? null : element.value();
  }

  /** One that fails as soon as the collection is modified by others than the iterator. */
  private Iterator<?> newWitness() {
    return kind == IteratorKind.FAILS_FAST ? collection.iterator() : iterator;
  }

  private boolean isModified() {
    try {
      witness.next();
      witness = newWitness();
      return false;
    } catch (ConcurrentModificationException | NoSuchElementException e) {
      return true;
    }
  }

  private boolean isGone(Element element) {
    return collection.stream().noneMatch(other -> other == element.value());
  }

  /** Another iterator, where the caller is. */
  private Iterator<?> again(int untaken) {
    @Nullable Iterator<?> behind = behind(lastTaken(untaken), index);
    if (behind == null) {
      throw new ConcurrentModificationException();
    }
    return behind;
  }

  /** Another iterator, behind this element, of equal ones the one that was taken; null if none. */
  private @Nullable Iterator<?> behind(@Nullable Object element, int position) {
    @Nullable Object last = null;
    Iterator<?> other = collection.iterator();
    int steps = 0;
    for (; steps < position && other.hasNext(); steps++) {
      last = other.next();
    }
    if (steps == position && isSame(last, element)) {
      return other;
    }
    other = collection.iterator();
    while (other.hasNext()) {
      if (isSame(other.next(), element)) {
        return other;
      }
    }
    return null;
  }

  private boolean isSame(@Nullable Object one, @Nullable Object other) {
    if (one instanceof Map.Entry<?, ?> entry
        && other instanceof Map.Entry<?, ?> wanted
        && isLive(entry)) {
      return isSame(entry.getKey(), wanted.getKey());
    }
    return one == other || (one != null && one.equals(other));
  }
}
