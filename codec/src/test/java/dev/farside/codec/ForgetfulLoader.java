package dev.farside.codec;

import java.util.Set;

/** The class path of a side that lacks some classes. */
final class ForgetfulLoader extends ClassLoader {
  private final Set<String> unknown;

  ForgetfulLoader(Class<?>... unknown) {
    super(ForgetfulLoader.class.getClassLoader());
    this.unknown = Set.copyOf(java.util.stream.Stream.of(unknown).map(Class::getName).toList());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (unknown.contains(name)) {
      throw new ClassNotFoundException(name);
    }
    return super.loadClass(name, resolve);
  }
}
