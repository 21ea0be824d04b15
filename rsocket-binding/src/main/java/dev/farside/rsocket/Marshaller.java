package dev.farside.rsocket;

import dev.farside.FarsideException;
import dev.farside.NotPassableException;
import dev.farside.ProtocolException;
import dev.farside.codec.BodyReader;
import dev.farside.codec.BodyWriter;
import dev.farside.codec.CallOptions;
import dev.farside.codec.Header;
import dev.farside.codec.Limits;
import dev.farside.codec.Message;
import dev.farside.codec.PassMode;
import dev.farside.codec.Reference;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of messages and messages of frames, for one session. Encoding is transactional: a
 * frame exports its references only once its body is complete. Thread-safe.
 */
final class Marshaller {
  private final Session session;
  private final Limits ours;
  private volatile Limits agreed;

  Marshaller(Session session, Limits ours) {
    this.session = session;
    this.ours = ours;
    this.agreed = ours;
  }

  /** Both sides have told what they accept. */
  void agree(Limits peers) {
    agreed = ours.and(peers);
  }

  /** A message without a body. */
  static Frame frame(Message message) {
    return new Frame(Header.of(message).toBytes(), Frame.NO_BODY);
  }

  /** A message with a body that {@code write} writes. */
  Frame frame(Message message, boolean copyCollections, Consumer<BodyWriter> write) {
    Limits limits = agreed;
    var references = new OutgoingReferences(session, limits.references());
    byte[] body;
    try (BodyWriter writer = session.side().bodies().writer(references, limits, copyCollections)) {
      write.accept(writer);
      body = writer.finish();
    }
    List<Reference> table = references.commit();
    byte[] header = new Header(message, table).toBytes();
    if (header.length > limits.messageSize() - body.length) {
      references.rollBack(table);
      throw limits.exceeded();
    }
    return new Frame(header, body, references.kept());
  }

  /**
   * A call; fails if the reference to its target was ended.
   *
   * @param arrays notes its arrays, if they are to be restored
   */
  Frame call(Message.Call message, Invocation invocation, SentArrays arrays) {
    invocation.target().checkUsable(invocation.spec());
    List<@Nullable Object> arguments = invocation.arguments();
    int channel = message.options().channelArgument();
    return frame(
        message,
        message.options().has(CallOptions.COPY_COLLECTIONS),
        body -> {
          body.begin(arguments.size());
          for (int i = 0; i < arguments.size(); i++) {
            @Nullable Object argument = arguments.get(i);
            boolean follows = i == channel && argument != null;
            body.value("args[" + i + "]", follows ? true : argument, invocation.spec().mode(i));
          }
          if (message.options().has(CallOptions.RESTORE_ARRAYS)) {
            arrays.note(arguments, body);
          }
        });
  }

  /**
   * The answer that the method threw.
   *
   * @param arrays what the method changed before; left out if that cannot be passed
   */
  Frame thrown(Throwable throwable, ChangedArrays arrays) {
    if (!arrays.areNone()) {
      try {
        return frame(new Message.Thrown(), false, body -> arrays.writeThrown(body, throwable));
      } catch (FarsideException e) {
        return thrown(throwable);
      }
    }
    return thrown(throwable);
  }

  /**
   * The answer that the method threw, which changed nothing: without what it has in fields, if that
   * cannot be passed; if nothing can, the failure says what it was.
   */
  Frame thrown(Throwable throwable) {
    try {
      return thrown(throwable, body -> {});
    } catch (FarsideException e) {
      return thrownWithoutFields(throwable, e);
    }
  }

  private Frame thrown(Throwable throwable, Consumer<BodyWriter> first) {
    return frame(
        new Message.Thrown(),
        true,
        body -> {
          first.accept(body);
          body.begin(1).value("exception", throwable, PassMode.BY_CLASS);
        });
  }

  private Frame thrownWithoutFields(Throwable throwable, FarsideException why) {
    try {
      String note = "(the fields are left out: " + why.getMessage() + ")";
      return thrown(throwable, body -> body.omitFields(note));
    } catch (FarsideException e) {
      throw new NotPassableException(
          "The method threw a "
              + throwable.getClass().getName()
              + ", which cannot be passed. "
              + e.getMessage(),
          e);
    }
  }

  /** Parses the header and counts the references. */
  Incoming receive(Frame frame) {
    Header header = Header.parse(frame.header(), ours);
    return new Incoming(
        header.message(), IncomingReferences.receive(session, header.references()), frame.body());
  }

  /** Begins to decode a body. */
  BodyReader read(Incoming incoming) {
    return session.side().bodies().reader(incoming.body(), incoming.references(), ours);
  }

  /** The exception in a {@link Message.Thrown} that changes no arrays. */
  Throwable readThrown(Incoming incoming) {
    return readThrown(incoming, new SentArrays());
  }

  /**
   * The exception in a {@link Message.Thrown}; restores the arrays of its call. What of it cannot
   * be rebuilt here is told among its suppressed ones.
   */
  Throwable readThrown(Incoming incoming, SentArrays arrays) {
    try (BodyReader body = read(incoming)) {
      return readThrown(body, arrays);
    }
  }

  private Throwable readThrown(BodyReader body, SentArrays arrays) {
    @Nullable Object throwable;
    try {
      throwable = arrays.readThrown(body);
    } catch (NotPassableException e) {
      @Nullable Throwable begun = body.begun();
      if (begun == null) {
        throw e;
      }
      if (session.side().mirroredThrowables().get(begun) != null) {
        begun.addSuppressed(e);
      }
      return begun; // our own, come home, has lost nothing
    }
    return throwable instanceof Throwable t
        ? t
        : new ProtocolException("The peer threw what is no exception: " + throwable);
  }
}
