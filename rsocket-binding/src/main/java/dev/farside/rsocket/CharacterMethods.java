package dev.farside.rsocket;

import static java.util.Objects.requireNonNull;

import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stand-ins of readers and writers do otherwise than to call the method of the same name, so
 * that of an array or a string only the characters in question travel, in one direction. The
 * owner's side are the shortcuts.
 */
final class CharacterMethods {
  private static final Shortcut READ = new Shortcut("read", 0, int.class);
  private static final Shortcut READ_PART = new Shortcut("readPart", 0, int.class);
  private static final Shortcut TRANSFER = new Shortcut("transfer", 0, int.class);
  private static final Shortcut WRITE = new Shortcut("write", 0, char[].class);
  private static final Shortcut WRITE_PART = new Shortcut("writePart", 0, char[].class);
  private static final Shortcut WRITE_STRING = new Shortcut("writePart", 0, String.class);
  private static final int CHUNK = 1 << 15;

  private CharacterMethods() {}

  /**
   * What a method does; null if it is called as it is.
   *
   * @param plain calls it as it is
   */
  static @Nullable MethodHandler handler(Method method, MethodHandler plain) {
    Class<?> declaring = method.getDeclaringClass();
    String text = FaceMethod.text(method);
    List<Class<?>> parameters = List.of(method.getParameterTypes());
    boolean array = ArrayRange.isTakenBy(parameters, char[].class);
    if (Reader.class.isAssignableFrom(declaring)) {
      return switch (method.getName()) {
        case "read" -> array ? read(text, parameters.size() == 1 ? READ : READ_PART) : null;
        case "transferTo" ->
            parameters.equals(List.of(Writer.class)) ? transfer(text, plain) : null;
        default -> null;
      };
    }
    if (Writer.class.isAssignableFrom(declaring) && method.getName().equals("write")) {
      boolean part = parameters.equals(List.of(String.class, int.class, int.class));
      Shortcut write = parameters.size() == 1 ? WRITE : WRITE_PART;
      return part ? writeString(text) : array ? write(text, write) : null;
    }
    return null;
  }

  private static MethodHandler read(String text, Shortcut read) {
    return (target, standIn, arguments) -> {
      ArrayRange range = ArrayRange.of(arguments);
      return range.fill(Shortcut.block(read.on(target, text, range.length())));
    };
  }

  private static MethodHandler transfer(String text, MethodHandler plain) {
    return (target, standIn, arguments) -> {
      Writer out = (Writer) requireNonNull(arguments[0], "out");
      @Nullable RemoteObject remote = StandIns.remoteOf(out);
      if (remote != null && remote.session() == target.session()) {
        return plain.invoke(target, standIn, arguments);
      }
      long count = 0;
      char @Nullable [] chunk;
      while ((chunk = (char[]) Shortcut.block(TRANSFER.on(target, text, CHUNK))) != null) {
        out.write(chunk, 0, chunk.length);
        count += chunk.length;
      }
      return count;
    };
  }

  private static MethodHandler write(String text, Shortcut write) {
    return (target, standIn, arguments) ->
        Shortcut.block(write.on(target, text, ArrayRange.of(arguments).content()));
  }

  private static MethodHandler writeString(String text) {
    return (target, standIn, arguments) -> {
      String string = (String) requireNonNull(arguments[0]);
      int offset = (int) requireNonNull(arguments[1]);
      int length = (int) requireNonNull(arguments[2]);
      Objects.checkFromIndexSize(offset, length, string.length());
      return Shortcut.block(
          WRITE_STRING.on(target, text, string.substring(offset, offset + length)));
    };
  }
}
