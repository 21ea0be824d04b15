package dev.farside.spi;

import java.util.ServiceLoader;

/** Loads the binding once, on first use. */
final class InstalledProvider {
  static final FarsideProvider INSTANCE =
      ServiceLoader.load(FarsideProvider.class, FarsideProvider.class.getClassLoader())
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "No Farside binding on the class path: add the dependency"
                          + " dev.farside:farside-rsocket-binding"));

  private InstalledProvider() {}
}
