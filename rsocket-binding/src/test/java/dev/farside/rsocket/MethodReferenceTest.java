package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a method reference tells, wherever it was written. */
class MethodReferenceTest {
  private static final String SOURCE =
      """
      package closed;

      import java.io.Serializable;

      public class Uses {
        interface Make extends Serializable {
          Object make();
        }

        public static Serializable reference() {
          return (Make) java.util.ArrayList::new;
        }

        public static Serializable bound() {
          return (Make) "text"::length;
        }

        public static Serializable lambda() {
          return (Make) () -> 1;
        }
      }
      """;

  /** Gives what a method of a class gives whose module opens no package. */
  private static Serializable closed(Path directory, String method) throws Exception {
    Path source = Files.createDirectories(directory.resolve("closed")).resolve("Uses.java");
    Path module = directory.resolve("module-info.java");
    Files.writeString(source, SOURCE);
    Files.writeString(module, "module closed { exports closed; }");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-d",
                directory.resolve("classes").toString(),
                source.toString(),
                module.toString());
    assertThat(result).isZero();
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(
                ModuleFinder.of(directory.resolve("classes")), ModuleFinder.of(), Set.of("closed"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    Class<?> uses = layer.findLoader("closed").loadClass("closed.Uses");
    return (Serializable) uses.getMethod(method).invoke(null);
  }

  @Test
  void aReferenceOfAModuleThatOpensNothingIsRead(@TempDir Path directory) throws Exception {
    MethodReference reference =
        MethodReference.of(closed(directory, "reference"), "importSupplier");
    assertThat(reference.executable()).isEqualTo(ArrayList.class.getConstructor());
    assertThat(reference.bound()).isFalse();
  }

  @Test
  void soIsOneOfAnObject(@TempDir Path directory) throws Exception {
    MethodReference reference = MethodReference.of(closed(directory, "bound"), "importSupplier");
    assertThat(reference.executable()).isEqualTo(String.class.getMethod("length"));
    assertThat(reference.receiver()).isEqualTo("text");
  }

  @Test
  void aLambdaOfSuchAModuleIsRefusedInWords(@TempDir Path directory) throws Exception {
    Serializable lambda = closed(directory, "lambda");
    assertThatThrownBy(() -> MethodReference.of(lambda, "importSupplier"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("importSupplier needs a method reference, ");
  }

  /** Is no lambda. */
  private static final class Plain implements Serializable {
    private static final long serialVersionUID = 1;
    private final transient Object held = new Object();
  }

  /** Is written as nothing. */
  private static final class Failing implements Serializable {
    private static final long serialVersionUID = 1;

    private Object writeReplace() throws InvalidObjectException {
      throw new InvalidObjectException("expected");
    }
  }

  @Test
  void whatIsNoReferenceIsRefusedInWords() {
    var plain = new Plain();
    assertThat(plain.held).isNotNull();
    for (Serializable object : new Serializable[] {plain, new Failing(), "text"}) {
      assertThatThrownBy(() -> MethodReference.of(object, "importSupplier"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("importSupplier needs a method reference, ");
    }
  }
}
