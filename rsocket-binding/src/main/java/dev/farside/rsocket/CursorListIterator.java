package dev.farside.rsocket;

import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/**
 * A list iterator that travels in batches as long as it goes forward; from its first step back or
 * first change on, each step is a call.
 */
final class CursorListIterator extends CursorIterator implements ListIterator<Object> {
  private int index;
  private @Nullable ListIterator<Object> settled;

  CursorListIterator(RemoteObject list, String text, int index) {
    super(list, text, index);
    this.index = index;
  }

  @Override
  public boolean hasNext() {
    return settled == null ? super.hasNext() : settled.hasNext();
  }

  @Override
  public @Nullable Object next() {
    if (settled == null) {
      @Nullable Object next = super.next();
      index++;
      return next;
    }
    @Nullable Object next = settled.next();
    setTookLast(true);
    return next;
  }

  @Override
  public int nextIndex() {
    return settled == null ? index : settled.nextIndex();
  }

  @Override
  public int previousIndex() {
    return settled == null ? index - 1 : settled.previousIndex();
  }

  @Override
  public boolean hasPrevious() {
    return settled == null ? index > 0 : settled.hasPrevious();
  }

  @Override
  public @Nullable Object previous() {
    @Nullable Object previous = settled().previous();
    setTookLast(true);
    return previous;
  }

  @Override
  public void remove() {
    checkTaken();
    settled().remove();
    setTookLast(false);
    changes().increment();
  }

  @Override
  public void set(@Nullable Object element) {
    checkTaken();
    settled().set(element);
    changes().increment();
  }

  @Override
  public void add(@Nullable Object element) {
    settled().add(element);
    setTookLast(false);
    changes().increment();
  }

  @SuppressWarnings("unchecked") // the caller's own list had this type
  private ListIterator<Object> settled() {
    if (settled == null) {
      settled = (ListIterator<Object>) cursor().settle(untaken(), tookLast());
    }
    return settled;
  }
}
