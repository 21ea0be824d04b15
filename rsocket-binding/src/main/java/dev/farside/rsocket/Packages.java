package dev.farside.rsocket;

/** Packages as the virtual machine sees them. */
final class Packages {
  private Packages() {}

  /** Whether types see what is visible in one package only. */
  static boolean areSame(Class<?> one, Class<?> other) {
    return one.getClassLoader() == other.getClassLoader()
        && one.getPackageName().equals(other.getPackageName());
  }
}
