package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A class that stands for several types is defined where all of them are seen. */
class LoadersTest {
  private static final ClassLoader OURS = Loaders.class.getClassLoader();

  /** Something to be loaded twice. */
  interface Thing {}

  /** A loader of its own that sees the platform and the classes beside this test. */
  private static URLClassLoader other() {
    URL classes = LoadersTest.class.getProtectionDomain().getCodeSource().getLocation();
    return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
  }

  private static Class<?> thing(ClassLoader loader) throws ClassNotFoundException {
    return Class.forName(Thing.class.getName(), false, loader);
  }

  @Test
  void withoutTypesItIsOurOwn() {
    assertThat(Loaders.seeing(List.of())).isSameAs(OURS);
  }

  @Test
  void typesOfThePlatformAreSeenByOurOwn() {
    assertThat(Loaders.seeing(List.of(Runnable.class))).isSameAs(OURS);
    assertThat(Loaders.seeing(List.of(Runnable.class, Thing.class))).isSameAs(OURS);
  }

  @Test
  void aTypeOfAnotherLoaderIsSeenByThatOne() throws Exception {
    try (URLClassLoader other = other()) {
      assertThat(Loaders.seeing(List.of(thing(other)))).isSameAs(other);
      assertThat(Loaders.seeing(List.of(Runnable.class, thing(other)))).isSameAs(other);
      assertThat(Loaders.seeing(List.of(thing(other), Runnable.class))).isSameAs(other);
    }
  }

  @Test
  void aLoaderSeesWhatItsParentLoads() throws Exception {
    try (URLClassLoader parent = other();
        var child = new URLClassLoader(new URL[0], parent)) {
      assertThat(Loaders.sees(child, thing(parent))).isTrue();
      assertThat(Loaders.sees(parent, thing(parent))).isTrue();
      assertThat(Loaders.sees(parent, Thing.class)).isFalse();
      assertThat(Loaders.sees(OURS, thing(parent))).isFalse();
    }
  }

  @Test
  void typesThatNoLoaderSeesTogetherFallBackToOurOwn() throws Exception {
    try (URLClassLoader one = other();
        URLClassLoader two = other()) {
      assertThat(thing(one)).isNotSameAs(thing(two));
      assertThat(Loaders.seeing(List.of(thing(one), thing(two)))).isSameAs(OURS);
    }
  }

  @Test
  void theLoaderOfThePlatformSeesThePlatform() throws IOException {
    assertThat(Loaders.sees(null, Runnable.class)).isTrue();
    assertThat(Loaders.sees(null, Thing.class)).isFalse();
    assertThat(Loaders.sees(OURS, Thing.class)).isTrue();
  }
}
