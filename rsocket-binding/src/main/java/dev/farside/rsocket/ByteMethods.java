package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import dev.farside.ProtocolException;
import dev.farside.codec.CallOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stand-ins of input and output streams do otherwise than to call the method of the same name,
 * so that of an array only the bytes in question travel, in one direction, and whole streams in
 * chunks. The owner's side are the shortcuts.
 */
final class ByteMethods {
  private static final Shortcut READ = new Shortcut("read", 0, int.class);
  private static final Shortcut READ_PART = new Shortcut("readPart", 0, int.class);
  private static final Shortcut READ_ALL_BYTES = chunks("readAllBytes");
  private static final Shortcut READ_N_BYTES = chunks("readNBytes");
  private static final Shortcut READ_N_BYTES_INTO = chunks("readNBytesInto");
  private static final Shortcut TRANSFER_TO = chunks("transferTo");
  private static final Shortcut WRITE = new Shortcut("write", 0, byte[].class);
  private static final Shortcut WRITE_PART = new Shortcut("writePart", 0, byte[].class);

  private ByteMethods() {}

  private static Shortcut chunks(String name) {
    return new Shortcut(name, CallOptions.STREAM + CallOptions.ACKNOWLEDGE_OPEN, long.class);
  }

  /**
   * What a method does; null if it is called as it is.
   *
   * @param plain calls it as it is
   */
  static @Nullable MethodHandler handler(Method method, MethodHandler plain) {
    Class<?> declaring = method.getDeclaringClass();
    if (InputStream.class.isAssignableFrom(declaring)) {
      return ofInputStream(method, FaceMethod.text(method), plain);
    }
    return OutputStream.class.isAssignableFrom(declaring) && method.getName().equals("write")
        ? write(FaceMethod.text(method), List.of(method.getParameterTypes()))
        : null;
  }

  private static @Nullable MethodHandler ofInputStream(
      Method method, String text, MethodHandler plain) {
    List<Class<?>> parameters = List.of(method.getParameterTypes());
    boolean intoArray = ArrayRange.isTakenBy(parameters, byte[].class);
    return switch (method.getName()) {
      case "read" -> intoArray ? read(text, parameters.size() == 1 ? READ : READ_PART) : null;
      case "readNBytes" -> readNBytes(text, parameters);
      case "readAllBytes" -> parameters.isEmpty() ? readAll(text) : null;
      case "transferTo" ->
          parameters.equals(List.of(OutputStream.class)) ? transfer(text, plain) : null;
      default -> null;
    };
  }

  private static MethodHandler read(String text, Shortcut read) {
    return (target, standIn, arguments) -> {
      ArrayRange range = ArrayRange.of(arguments);
      return range.fill(Shortcut.block(read.on(target, text, range.length())));
    };
  }

  private static MethodHandler readAll(String text) {
    return (target, standIn, arguments) ->
        collect(READ_ALL_BYTES.on(target, text, Long.MAX_VALUE), Long.MAX_VALUE);
  }

  private static @Nullable MethodHandler readNBytes(String text, List<Class<?>> parameters) {
    if (parameters.equals(List.of(byte[].class, int.class, int.class))) {
      return readInto(text);
    }
    return parameters.equals(List.of(int.class)) ? readSome(text) : null;
  }

  private static MethodHandler readInto(String text) {
    return (target, standIn, arguments) -> {
      ArrayRange range = ArrayRange.of(arguments);
      var into = new RangeOutput(range);
      transfer(READ_N_BYTES_INTO.on(target, text, (long) range.length()), range.length(), into);
      return into.count();
    };
  }

  private static MethodHandler readSome(String text) {
    return (target, standIn, arguments) -> {
      int length = (int) requireNonNull(arguments[0]);
      if (length < 0) {
        throw new IllegalArgumentException("len < 0");
      }
      return collect(READ_N_BYTES.on(target, text, (long) length), length);
    };
  }

  private static byte[] collect(Invocation call, long limit)
      throws IOException, InterruptedException {
    var bytes = new ByteArrayOutputStream();
    transfer(call, limit, bytes);
    return bytes.toByteArray();
  }

  private static MethodHandler transfer(String text, MethodHandler plain) {
    return (target, standIn, arguments) -> {
      OutputStream out = (OutputStream) requireNonNull(arguments[0], "out");
      @Nullable RemoteObject remote = StandIns.remoteOf(out);
      return remote != null && remote.session() == target.session()
          ? plain.invoke(target, standIn, arguments)
          : (Object) transfer(TRANSFER_TO.on(target, text, Long.MAX_VALUE), Long.MAX_VALUE, out);
    };
  }

  private static long transfer(Invocation call, long limit, OutputStream out)
      throws IOException, InterruptedException {
    long count = 0;
    try (Stream<Object> chunks = call.target().session().streamCaller().open(call).toStream()) {
      for (Iterator<Object> each = chunks.iterator(); each.hasNext(); ) {
        if (!(each.next() instanceof byte[] chunk) || chunk.length > limit - count) {
          throw new ProtocolException(
              call.text() + ": the peer gave something else than bytes to be read");
        }
        out.write(chunk, 0, chunk.length);
        count += chunk.length;
      }
    }
    return count;
  }

  private static @Nullable MethodHandler write(String text, List<Class<?>> parameters) {
    if (!ArrayRange.isTakenBy(parameters, byte[].class)) {
      return null;
    }
    Shortcut write = parameters.size() == 1 ? WRITE : WRITE_PART;
    return (target, standIn, arguments) ->
        Shortcut.block(write.on(target, text, ArrayRange.of(arguments).content()));
  }
}
