package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NotAllowedException;
import dev.farside.codec.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer may name, whatever it sends as a name. */
public class AllowedImportsTest {
  private static final TypeNames TYPES = new TypeNames(AllowedImportsTest.class.getClassLoader());
  private static final List<String> INITIALISED = new ArrayList<>();

  private static AllowedImports packages(String... names) {
    return new AllowedImports(Set.of(), Set.of(names), List.of());
  }

  private static AllowedImports when(Predicate<? super Class<?>> owners) {
    return new AllowedImports(Set.of(), Set.of(), List.of(owners));
  }

  private static void assertRefused(AllowedImports allowed, String name) {
    assertThatThrownBy(() -> allowed.require(name, TYPES))
        .isInstanceOf(NotAllowedException.class)
        .hasMessageStartingWith(name + " may not be imported from here: ");
  }

  @Test
  void allPublicClassesOfAPackageAreAllowed() {
    AllowedImports lang = packages("java.lang");
    assertThat(lang.require("java.lang.Math", TYPES)).isEqualTo(Math.class);
    assertThat(lang.require("java.lang.Character$UnicodeBlock", TYPES))
        .isEqualTo(Character.UnicodeBlock.class);
    assertRefused(lang, "java.lang.AbstractStringBuilder"); // is not public
    assertRefused(lang, "java.lang.ref.Cleaner"); // is of a sub-package
    assertRefused(lang, "java.util.ArrayList");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.ProcessBuilder",
        "java.lang.Runtime",
        "java.lang.Thread",
        "java.lang.ClassLoader",
        "java.lang.Class",
        "java.lang.Module",
        "java.lang.ThreadLocal",
        "java.lang.InheritableThreadLocal",
        "java.lang.ProcessHandle",
        "java.lang.System",
        "java.lang.StackWalker",
        "java.lang.ModuleLayer$Controller",
        "java.lang.invoke.MethodHandles",
        "java.lang.invoke.MethodHandleProxies",
        "java.lang.instrument.Instrumentation",
        "java.beans.Statement",
        "java.beans.Expression",
        "java.beans.XMLDecoder",
        "java.beans.Beans",
        "java.io.ObjectInputStream",
        "java.io.ObjectInputFilter$Config",
        "java.rmi.MarshalledObject",
        "java.rmi.Naming",
        "java.rmi.registry.LocateRegistry",
        "java.security.SignedObject",
        "javax.crypto.SealedObject",
        "javax.management.MBeanServer",
        "javax.management.remote.JMXConnectorFactory",
        "javax.management.remote.rmi.RMIConnector",
        "javax.naming.InitialContext",
        "javax.naming.directory.InitialDirContext"
      })
  void whatHasPowerOverTheVirtualMachineMustBeNamedByItself(String name) throws Exception {
    assertRefused(packages(name.substring(0, name.lastIndexOf('.'))), name);
    assertRefused(when(type -> true), name);
    Class<?> type = Class.forName(name);
    assertThat(new AllowedImports(Set.of(type), Set.of(), List.of()).require(name, TYPES))
        .isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "int",
        "void",
        "Math",
        "java.lang",
        "java.lang.",
        "java.lang.math",
        "java/lang/Math",
        "java.lang/Math",
        "[Ljava.lang.Math;",
        "[I",
        "[java.lang.Math",
        "java.lang.Math;",
        "java.lang.Math$Nothing",
        "java.lang.\u0000Math",
        "java.lang.../Math"
      })
  void whatNamesNoClassIsRefused(String name) {
    assertRefused(packages("java.lang"), name);
    assertRefused(when(type -> type.getName().endsWith("Math")), name);
  }

  @Test
  void aPredicateThatThrowsRefusesThatClassOnly() {
    AllowedImports allowed =
        when(
            type -> {
              if (type == Math.class) {
                throw new IllegalStateException("expected");
              }
              return true;
            });
    assertRefused(allowed, "java.lang.Math");
    assertThat(allowed.require("java.lang.StrictMath", TYPES)).isEqualTo(StrictMath.class);
  }

  @Test
  void aPredicateThatFailsWithAnErrorRefusesThatClassOnly() {
    AllowedImports allowed =
        when(
            type -> {
              if (type == Math.class) {
                throw new NoClassDefFoundError("expected");
              }
              return true;
            });
    assertRefused(allowed, "java.lang.Math");
    assertThat(allowed.require("java.lang.StrictMath", TYPES)).isEqualTo(StrictMath.class);
  }

  @Test
  void aPredicateIsNotAskedForWhatIsNotPublic() {
    List<Class<?>> asked = new ArrayList<>();
    assertRefused(when(asked::add), Hidden.class.getName());
    assertThat(asked).isEmpty();
  }

  /** Of this package only. */
  static final class Hidden {
    private Hidden() {}
  }

  /** Tells when it is initialised. */
  public static final class Told {
    static {
      INITIALISED.add("told");
    }

    private Told() {}

    /** Anything. */
    public static int one() {
      return 1;
    }
  }

  @Test
  void aClassIsNotInitialisedBeforeItIsCalled() {
    String name = Told.class.getName();
    assertRefused(when(type -> false), name);
    assertThat(when(type -> true).require(name, TYPES)).isEqualTo(Told.class);
    assertThat(INITIALISED).isEmpty();
    assertThat(Told.one()).isEqualTo(1);
    assertThat(INITIALISED).containsExactly("told");
  }
}
