package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

  /** Knows no more than its parent, and one class less; counts what it is asked for. */
  private static final class Counting extends ClassLoader {
    private String hidden = "";
    private int asked;

    Counting() {
      super(TypeNamesTest.class.getClassLoader());
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
      asked++;
      if (name.equals(hidden)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name);
    }
  }

  private final Counting counting = new Counting();
  private final TypeNames counted = new TypeNames(counting);

  @Test
  void whatIsTooLongForANameIsNotAskedFor() {
    assertThat(counted.find("x".repeat(1024))).isNull();
    assertThat(counted.find("[[[[[[[[Lx;")).isNull();
    assertThat(counting.asked).isEqualTo(2);
    assertThat(counted.find("x".repeat(1025))).isNull();
    assertThat(counted.find("[[[[[[[[[Lx;")).isNull();
    assertThat(counting.asked).isEqualTo(2);
    assertThat(counted.find("[[[[[[[[I")).isSameAs(int[][][][][][][][].class);
    assertThat(counted.find("[[[[[[[[[I")).isNull();
  }

  @Test
  void noMoreThanTenThousandUnknownNamesAreAskedFor() {
    for (int i = 0; i < 10_002; i++) {
      assertThat(counted.find("no.such.Type" + i)).isNull();
    }
    assertThat(counting.asked).isEqualTo(10_000);
    for (String name : List.of("[Lno.such.Type;", "[L", "[L;", "[[", "a[b", "", "[L[I;")) {
      assertThat(counted.find(name)).isNull();
    }
    assertThat(counting.asked).isEqualTo(10_000);
  }

  @Test
  void whatTheLoaderHasIsFoundAfterAnyNumberOfUnknownNames() {
    for (int i = 0; i < 10_002; i++) {
      assertThat(counted.find("no.such.Type" + i)).isNull();
    }
    assertThat(counted.find("java.util.ArrayList")).isSameAs(ArrayList.class);
    assertThat(counted.find("[[Ljava.lang.String;")).isSameAs(String[][].class);
    assertThat(counted.find("[J")).isSameAs(long[].class);
    assertThat(counted.find(TypeNamesTest.class.getName())).isSameAs(TypeNamesTest.class);
  }

  @Test
  void aClassThatComesLaterIsFound() {
    String name = Lazy.class.getName();
    counting.hidden = name;
    assertThat(counted.find(name)).isNull();
    counting.hidden = "";
    assertThat(counted.find(name)).isSameAs(Lazy.class);
  }

  @Test
  void aLookUpDoesNotInitialiseTheClass() {
    assertThat(names.find(TypeNamesTest.class.getName() + "$Lazy")).isSameAs(Lazy.class);
    assertThat(initialised).isFalse();
  }
}
