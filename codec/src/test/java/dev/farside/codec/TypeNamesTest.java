package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypeNamesTest {
  private static boolean initialised;

  private final TypeNames names = new TypeNames(TypeNamesTest.class.getClassLoader());

  private static final class Lazy {
    static {
      initialised = true;
    }
  }

  @Test
  void classesArraysAndPrimitivesAreFound() {
    assertThat(names.find("int")).isSameAs(int.class);
    assertThat(names.find("void")).isSameAs(void.class);
    assertThat(names.find("[I")).isSameAs(int[].class);
    assertThat(names.find("[[Ljava.lang.String;")).isSameAs(String[][].class);
    assertThat(names.find("java.util.Map$Entry")).isSameAs(java.util.Map.Entry.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.B",
        "[",
        "[[",
        "[int",
        "int[]",
        "java/lang/String",
        "JAVA.lang.String",
        "\0"
      })
  void aNameThatIsNoneIsNotFound(String name) {
    assertThat(names.find(name)).isNull();
  }

  @Test
  void aVeryLongNameIsNotFound() {
    assertThat(names.find("x".repeat(100_000))).isNull();
    assertThat(names.find("[".repeat(256) + "I")).isNull();
  }

  @Test
  void aLookUpDoesNotInitialiseTheClass() {
    assertThat(names.find(TypeNamesTest.class.getName() + "$Lazy")).isSameAs(Lazy.class);
    assertThat(initialised).isFalse();
  }
}
