package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Which methods a stand-in's class overrides, named as {@code result Type.name(parameters)}. */
class OverridableMethodsTest {
  private static Set<String> methods(Class<?> superclass, Class<?>... interfaces) {
    return names(superclass, null, interfaces);
  }

  private static Set<String> names(
      Class<?> superclass, @Nullable Class<?> neighbour, Class<?>... interfaces) {
    return OverridableMethods.of(superclass, List.of(interfaces), neighbour).stream()
        .filter(method -> method.getDeclaringClass() != Object.class)
        .map(OverridableMethodsTest::text)
        .collect(Collectors.toSet());
  }

  private static String text(Method method) {
    String parameters =
        List.of(method.getParameterTypes()).stream()
            .map(Class::getSimpleName)
            .collect(Collectors.joining(","));
    return "%s %s.%s(%s)"
        .formatted(
            method.getReturnType().getSimpleName(),
            method.getDeclaringClass().getSimpleName(),
            method.getName(),
            parameters);
  }

  @Test
  void ofObjectItIsWhatIsPublicAndNotFinal() {
    assertThat(OverridableMethods.of(Object.class, List.of(), null))
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("equals", "hashCode", "toString");
  }

  static class Mixed {
    public void open() {}

    protected void inherited() {}

    void near() {}

    public final void last() {}

    public static void ofClass() {}

    @SuppressWarnings("UnusedMethod")
    private void own() {}

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize"})
    protected void finalize() {}
  }

  @Test
  void whatIsFinalStaticOrPrivateIsNot() {
    assertThat(methods(Mixed.class))
        .containsExactlyInAnyOrder("void Mixed.open()", "void Mixed.inherited()");
  }

  @Test
  void whatOnePackageSeesIsThereOnly() {
    assertThat(names(Mixed.class, Mixed.class)).contains("void Mixed.near()");
    assertThat(names(Mixed.class, String.class)).doesNotContain("void Mixed.near()");
  }

  interface Last {
    void last();
  }

  static class Ends extends Mixed implements Last {}

  @Test
  void whatAClassMakesFinalIsFinalForItsInterfacesToo() {
    assertThat(methods(Ends.class, Last.class)).doesNotContain("void Last.last()");
  }

  interface Keeper<T> {
    Object keep(T value);
  }

  static class TextKeeper implements Keeper<String> {
    @Override
    public String keep(String value) {
      return value;
    }
  }

  static class LoudKeeper extends TextKeeper {
    @Override
    public String keep(String value) {
      return value + "!";
    }
  }

  @Test
  void aBridgeIsLeftToLeadToItsMethod() {
    assertThat(methods(TextKeeper.class, Keeper.class))
        .containsExactly("String TextKeeper.keep(String)");
    assertThat(methods(LoudKeeper.class, Keeper.class))
        .containsExactly("String LoudKeeper.keep(String)");
  }

  interface TextKeeping extends Keeper<String> {
    @Override
    String keep(String value);
  }

  @Test
  void aBridgeOfAnInterfaceIsLeftToLeadToItsMethod() {
    assertThat(methods(Object.class, Keeper.class, TextKeeping.class))
        .isEqualTo(methods(Object.class, TextKeeping.class, Keeper.class))
        .contains("String TextKeeping.keep(String)");
  }

  interface Sized {
    int size();
  }

  static class Counted implements Sized {
    @Override
    public final int size() {
      return 0;
    }
  }

  interface Whole {
    Sized part();

    Object later();
  }

  static class CountedWhole implements Whole {
    @Override
    public Counted part() {
      return new Counted();
    }

    @Override
    public Mono<String> later() {
      return Mono.empty();
    }
  }

  @Test
  void aBridgeToWhatCannotBeStoodInForIsOverridden() {
    assertThat(methods(CountedWhole.class, Whole.class))
        .containsExactlyInAnyOrder(
            "Counted CountedWhole.part()",
            "Sized CountedWhole.part()",
            "Mono CountedWhole.later()");
  }

  static class Hidden<T> {
    public void add(Object value) {}

    public void set(T value) {}

    public Object get() {
      return "";
    }
  }

  public static class Shown extends Hidden<String> {
    public void add(String value) {}
  }

  public static class Own extends Hidden<String> {
    @Override
    public void set(String value) {}

    @Override
    public String get() {
      return "";
    }
  }

  @Test
  void aMethodThatAPublicSubclassMakesVisibleIsOverridden() {
    assertThat(methods(Shown.class))
        .containsExactlyInAnyOrder(
            "void Shown.add(Object)",
            "void Shown.add(String)",
            "void Shown.set(Object)",
            "Object Shown.get()");
    assertThat(methods(Own.class))
        .containsExactlyInAnyOrder(
            "void Own.add(Object)", "void Own.set(String)", "String Own.get()");
  }

  @Test
  void theMostSpecificInterfaceCounts() {
    assertThat(methods(Object.class, Collection.class, List.class))
        .contains("int List.size()", "Stream Collection.stream()")
        .doesNotContain("int Collection.size()");
    assertThat(methods(Object.class, List.class, Collection.class)).contains("int List.size()");
  }

  interface Wide {
    Object give();
  }

  interface Narrow {
    String give();
  }

  @Test
  void methodsOfDifferentResultTypesAreAllOverridden() {
    assertThat(methods(Object.class, Wide.class, Narrow.class))
        .containsExactlyInAnyOrder("Object Wide.give()", "String Narrow.give()");
  }
}
