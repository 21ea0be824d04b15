package dev.farside.rsocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/** Loads some classes of the tests once more, for which others do not exist. */
final class HidingLoader extends ClassLoader {
  private final Set<String> own;
  private final Set<String> hidden;

  HidingLoader(Set<String> own, Set<String> hidden) {
    super(HidingLoader.class.getClassLoader());
    this.own = own;
    this.hidden = hidden;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (hidden.contains(name)) {
      throw new ClassNotFoundException(name);
    }
    if (!own.contains(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new instance of a class as this loader knows it. */
  Object make(Class<?> type) throws ReflectiveOperationException {
    return loadClass(type.getName()).getConstructor().newInstance();
  }
}
