package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.codec.Signatures;
import java.math.BigInteger;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A peer may call the public methods of an object's public types, and learns which they are. */
public class ExportedTypeTest {
  /** None of its own. */
  public static class Few {}

  /** Seventeen of its own; those of Object make it twenty. */
  public static class Many {
    public void m01() {}

    public void m02() {}

    public void m03() {}

    public void m04() {}

    public void m05() {}

    public void m06() {}

    public void m07() {}

    public void m08() {}

    public void m09() {}

    public void m10() {}

    public void m11() {}

    public void m12() {}

    public void m13() {}

    public void m14() {}

    public void m15() {}

    public void m16() {}

    public void m17() {}
  }

  /** One more. */
  public static class TwentyOne extends Many {
    public void m18() {}
  }

  /** Two more. */
  public static class TwentyTwo extends TwentyOne {
    public void m19() {}
  }

  private static final String SEVENTEEN =
      "m01(), m02(), m03(), m04(), m05(), m06(), m07(), m08(), m09(), m10(), m11(), m12(), m13(),"
          + " m14(), m15(), m16(), m17()";

  private static String listed(Object object) {
    String message = ExportedType.of(object).noSuchMethod("none()").getMessage();
    String start = object.getClass().getName() + " has no public method none(); it has ";
    assertThat(message).startsWith(start);
    return message.substring(start.length());
  }

  @Test
  void aFewMethodsAreAllListed() {
    assertThat(listed(new Few())).isEqualTo("equals(java.lang.Object), hashCode(), toString()");
    assertThat(listed(new Many()))
        .isEqualTo("equals(java.lang.Object), hashCode(), " + SEVENTEEN + ", toString()");
  }

  @Test
  void ofManyMethodsTwentyAreListedAndTheOthersCounted() {
    assertThat(listed(new TwentyOne()))
        .isEqualTo("equals(java.lang.Object), hashCode(), " + SEVENTEEN + ", m18() and 1 more");
    assertThat(listed(new TwentyTwo()))
        .isEqualTo("equals(java.lang.Object), hashCode(), " + SEVENTEEN + ", m18() and 2 more");
    assertThat(listed("text")).matches("\\S+.* and \\d\\d more");
  }

  /** Wants other arguments. */
  public static class Overloaded extends TwentyTwo {
    public void z(int number) {}

    public void z(long number) {}
  }

  @Test
  void thoseOfTheSameNameComeFirst() {
    assertThat(ExportedType.of(new Overloaded()).noSuchMethod("z(java.lang.String)"))
        .hasMessageContaining(
            "it has z(int), z(long), equals(java.lang.Object), hashCode(), m01(), ")
        .hasMessageEndingWith(", m16() and 4 more");
  }

  @Test
  void whereThePeerAloneKnowsTheNameAllAreListed() {
    assertThatThrownBy(() -> ExportedType.of(new Overloaded()).method(42))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageContaining("it has equals(java.lang.Object), ")
        .hasMessageEndingWith(", m19(), toString(), z(int), z(long)");
  }

  @Test
  void aClassWithoutStaticsHasNone() {
    assertThat(ExportedType.ofStatics(Runnable.class).noSuchMethod("run()"))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage("interface java.lang.Runnable has no public method run(); it has none");
  }

  @Test
  void anUnknownSignatureIsToldSo() {
    assertThatThrownBy(() -> ExportedType.of(new Few()).method(42))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage(
            Few.class.getName()
                + " has no public method of this signature; it has"
                + " equals(java.lang.Object), hashCode(), toString()");
  }

  /** Not public; its interface is. */
  private static final class Hidden implements Supplier<String> {
    @Override
    public String get() {
      return "got";
    }

    @SuppressWarnings("EffectivelyPrivate") // that is what is tested
    public String secret() {
      return "secret";
    }
  }

  @Test
  void aClassThatIsNotPublicIsCalledThroughItsPublicTypes() throws Throwable {
    var hidden = new Hidden();
    assertThat(hidden.secret()).isEqualTo("secret");
    ExportedType type = ExportedType.of(hidden);
    ExportedMethod get = type.method(Signatures.hash("get()"));
    assertThat(get.invoke(hidden, new Object[0])).isEqualTo("got");
    assertThatThrownBy(() -> type.method(Signatures.hash("secret()")))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage(
            Hidden.class.getName()
                + " has no public method of this signature in a public type; it has"
                + " equals(java.lang.Object), get(), hashCode(), toString()");
    assertThat(type.named("secret")).isEmpty();
  }

  @Test
  void finalMethodsOfObjectAreNotOffered() {
    ExportedType type = ExportedType.of(new Object());
    for (String name : new String[] {"wait", "notify", "notifyAll", "getClass", "finalize"}) {
      assertThat(type.named(name)).as(name).isEmpty();
    }
    assertThat(type.named("toString")).hasSize(1);
  }

  @Test
  void theMostSpecificDeclarationCountsOnce() {
    Callable<Integer> callable = () -> 1;
    assertThat(ExportedType.of(callable).named("call")).hasSize(1);
    assertThat(ExportedType.of(BigInteger.ONE).named("compareTo"))
        .extracting(ExportedMethod::signature)
        .containsExactlyInAnyOrder(
            "compareTo(java.math.BigInteger)", "compareTo(java.lang.Object)");
  }

  @Test
  void constructorsAndStaticMethodsAreThoseOfTheClassItself() throws Throwable {
    ExportedType statics = ExportedType.ofStatics(StringBuilder.class);
    assertThat(statics.named("<init>"))
        .extracting(ExportedMethod::signature)
        .contains("<init>()", "<init>(int)", "<init>(java.lang.String)");
    assertThat(statics.named("append")).isEmpty();
    ExportedMethod parse =
        ExportedType.ofStatics(Integer.class).method(Signatures.hash("parseInt(java.lang.String)"));
    assertThat(parse.invoke(Integer.class, new Object[] {"7"})).isEqualTo(7);
  }

  @Test
  void anAbstractClassCannotBeConstructed() {
    assertThat(ExportedType.ofStatics(Number.class).named("<init>")).isEmpty();
  }

  @Test
  void whatAMethodThrowsComesOutAsItIs() {
    var failure = new IllegalArgumentException("as it is");
    Runnable failing =
        () -> {
          throw failure;
        };
    ExportedMethod run = ExportedType.of(failing).method(Signatures.hash("run()"));
    assertThatThrownBy(() -> run.invoke(failing, new Object[0])).isSameAs(failure);
  }

  @Test
  void aTypeIsParsedOnce() {
    assertThat(ExportedType.of("a")).isSameAs(ExportedType.of("b"));
    assertThat(ExportedType.ofStatics(String.class))
        .isSameAs(ExportedType.ofStatics(String.class))
        .isNotSameAs(ExportedType.of("a"));
  }
}
