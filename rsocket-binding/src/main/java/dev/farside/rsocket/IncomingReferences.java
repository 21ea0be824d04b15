package dev.farside.rsocket;

import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import dev.farside.StaleReferenceException;
import dev.farside.codec.Description;
import dev.farside.codec.Reference;
import dev.farside.codec.ReferenceSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The references of one message that came in, counted when its header arrived, in order of arrival.
 * To be closed once the body was decoded, or will not be. Used by one thread at a time.
 */
final class IncomingReferences implements ReferenceSource, AutoCloseable {
  /** What a home-coming reference points to when that is gone; reported where it is used. */
  private record Gone(String what) {}

  private final Session session;
  private final Object[] entries;
  private boolean closed;

  private IncomingReferences(Session session, Object[] entries) {
    this.session = session;
    this.entries = entries;
  }

  /** Counts these references; fails, and counts none, if one of them is malformed. */
  static IncomingReferences receive(Session session, List<Reference> references) {
    Object[] entries = new Object[references.size()];
    var received = new IncomingReferences(session, entries);
    try {
      for (int i = 0; i < entries.length; i++) {
        entries[i] = receive(session, references.get(i));
      }
      return received;
    } catch (ProtocolException e) {
      received.close();
      throw e;
    }
  }

  private static Object receive(Session session, Reference reference) {
    if (reference instanceof Reference.Sent sent) {
      return session.imports().receive(sent.id(), session.shapes().received(sent));
    }
    if (reference instanceof Reference.Home home) {
      @Nullable Object own = session.exports().find(home.id());
      return own == null ? new Gone("the object #" + home.id()) : own;
    }
    Reference.HomeRoot root = (Reference.HomeRoot) reference;
    @Nullable Object own = session.side().roots().find(root.name());
    return own == null ? new Gone("the name \"" + root.name() + "\"") : own;
  }

  @Override
  public Object resolve(int index, Class<?> expected) {
    Object entry = entry(index);
    if (entry instanceof Gone gone) {
      throw new StaleReferenceException(
          gone.what()
              + " came home, but is not there any more; keep a reference while it is in use");
    }
    return entry instanceof ImportTable.Import received
        ? session.imports().object(received).as(expected)
        : entry;
  }

  @Override
  public void describe(int index, Description description) {
    if (entry(index) instanceof ImportTable.Import received) {
      session.imports().object(received).describe(description);
    }
  }

  @Override
  public String misfit(Object value, Class<?> required) {
    return StandIns.remoteOf(value) == null
        ? ReferenceSource.super.misfit(value, required)
        : StandIns.misfit(value, required);
  }

  @Override
  public @Nullable Throwable ownThrowable(int index) {
    return entry(index) instanceof Throwable own ? own : null;
  }

  @Override
  public @Nullable Throwable knownThrowable(int index) {
    return entry(index) instanceof ImportTable.Import received
        ? session.imports().object(received).mirror()
        : null;
  }

  @Override
  public void adoptThrowable(int index, Throwable copy) {
    if (entry(index) instanceof ImportTable.Import received) {
      RemoteObject original = session.imports().object(received);
      original.mirroredBy(copy);
      session.side().mirroredThrowables().put(copy, original);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (Object entry : entries) {
        if (entry instanceof ImportTable.Import received) {
          session.imports().unpin(received);
        }
      }
    }
  }

  private Object entry(int index) {
    if (index >= entries.length) {
      throw new ProtocolException(
          "A message body points to reference " + index + " of " + entries.length);
    }
    if (closed) {
      throw new NotPassableException("A message was decoded after it was closed");
    }
    return entries[index];
  }
}
