package dev.farside.codec;

import java.lang.reflect.Constructor;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FileSystemException} keeps in fields that only its constructor can set: file, other
 * file, reason. As a list of three texts; of any other exception the list is empty.
 */
final class FileFailures {
  private FileFailures() {}

  static void write(Throwable throwable, ValueWriter out) {
    if (throwable instanceof FileSystemException failure
        && constructor(failure.getClass()) != null) {
      out.list(3);
      out.text(failure.getFile());
      out.text(failure.getOtherFile());
      out.text(failure.getReason());
    } else {
      out.list(0);
    }
  }

  static List<@Nullable String> read(ValueReader in) {
    int count = in.list();
    var texts = new ArrayList<@Nullable String>();
    for (int i = 0; i < count; i++) {
      texts.add(in.optionalText());
    }
    return texts;
  }

  static Throwable create(Class<?> type, List<@Nullable String> texts) {
    @Nullable Constructor<?> constructor = constructor(type);
    if (constructor == null) {
      throw new PassingFailure(type.getName() + " has no constructor of three texts here");
    }
    try {
      return (Throwable) constructor.newInstance(texts.toArray());
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw new PassingFailure(type.getName() + " could not be constructed: " + e, e);
    }
  }

  private static @Nullable Constructor<?> constructor(Class<?> type) {
    if (!FileSystemException.class.isAssignableFrom(type)) {
      return null;
    }
    try {
      Constructor<?> found = type.getConstructor(String.class, String.class, String.class);
      return found.canAccess(null) ? found : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
