package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Farside;
import dev.farside.NotPassableException;
import dev.farside.Peer;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects of an application that is a named module, in two JVMs: what its module exports or opens
 * is as everywhere; of what it keeps to itself, what is exported is called.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public class NamedModuleTest {
  private static final Map<String, String> SOURCES =
      Map.of(
          "module-info",
          """
          module shop {
            exports shop.face;
            opens shop.open;
          }
          """,
          "shop/face/Shop",
          """
          package shop.face;

          import java.util.function.UnaryOperator;

          public interface Shop {
            String put(String item, UnaryOperator<String> wrap);
            Item first();
            Object price();
            Object secret();
            Object callableSecret();
            Object keeper();
            Object openKeeper();
            Object color();
            Object openNote();
            void fail(String how) throws Exception;
            Shop itself();
            Object echo(Object given);
            String putInto(Shop other, String item);
          }
          """,
          "shop/face/Item",
          """
          package shop.face;

          public abstract class Item {
            public abstract String name();
            public String shout() { return name() + "!"; }
          }
          """,
          "shop/face/Shops",
          """
          package shop.face;

          public class Shops {
            public static Shop open() { return new shop.hidden.Parts(); }
          }
          """,
          "shop/face/Price",
          "package shop.face; public record Price(int cents) {}",
          "shop/face/Refusal",
          """
          package shop.face;

          public class Refusal extends Exception {
            private final int code;
            public Refusal(String message, int code) { super(message); this.code = code; }
            public int code() { return code; }
          }
          """,
          "shop/hidden/Parts",
          """
          package shop.hidden;

          import java.util.function.UnaryOperator;
          import shop.face.*;

          public class Parts implements Shop {
            record Secret(int number) {}
            record CallableSecret(int number) implements UnaryOperator<String> {
              public String apply(String text) { return text + number; }
            }
            static class Keeper implements UnaryOperator<String> {
              public String apply(String text) { return "kept " + text; }
            }
            enum Color { RED { @Override public String toString() { return "red"; } } }
            static class Broken extends Refusal {
              private final int depth;
              Broken(int depth) { super("broken " + depth, 7); this.depth = depth; }
            }

            private String last = "nothing";

            public String put(String item, UnaryOperator<String> wrap) {
              last = item;
              return wrap.apply(item);
            }
            public Item first() {
              return new Item() {
                @Override public String name() { return last; }
              };
            }
            public Object price() { return new Price(3); }
            public Object secret() { return new Secret(5); }
            public Object callableSecret() { return new CallableSecret(6); }
            public Object keeper() { return new Keeper(); }
            public Object openKeeper() { return shop.open.Till.make(); }
            public Object color() { return Color.RED; }
            public Object openNote() { return shop.open.Till.note(); }
            public void fail(String how) throws Exception {
              if (how.equals("open")) { throw shop.open.Till.empty(); }
              throw new Broken(2);
            }
            public Shop itself() { return this; }
            public Object echo(Object given) { return given; }
            public String putInto(Shop other, String item) {
              return other.put(item, text -> text + " into it");
            }
          }
          """,
          "shop/open/Till",
          """
          package shop.open;

          public class Till {
            record Note(String text) {}
            static class Narrow extends Till {
              @Override String count() { return "narrow"; }
            }
            String count() { return "plain"; }
            public String total() { return count() + " till"; }
            public static Till make() { return new Narrow(); }
            public static class Empty extends Exception {
              private final int by;
              Empty(int by) { this.by = by; }
              @Override public String toString() { return "empty by " + by; }
            }
            public static Exception empty() { return new Empty(9); }
            public static Object note() { return new Note("paid"); }
          }
          """);

  @TempDir static Path directory;
  private static OtherJvm other;
  private static ModuleLayer layer;
  private static Farside side;
  private static Peer peer;
  private static Object shop;

  /** The other side, where the module lies. */
  public static void main(String[] classes) throws Exception {
    ModuleLayer there = layer(Path.of(classes[0]));
    Object parts =
        there.findLoader("shop").loadClass("shop.face.Shops").getMethod("open").invoke(null);
    OtherJvm.serve(
        Farside.builder()
            .classLoader(there.findLoader("shop"))
            .bind("shop", parts)
            .build()
            .listenNow("tcp://127.0.0.1:0"));
  }

  private static ModuleLayer layer(Path classes) {
    return ModuleLayer.boot()
        .defineModulesWithOneLoader(
            ModuleLayer.boot()
                .configuration()
                .resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("shop")),
            ClassLoader.getSystemClassLoader());
  }

  private static Path compile() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d"));
    Path classes = directory.resolve("classes");
    arguments.add(classes.toString());
    for (Map.Entry<String, String> source : SOURCES.entrySet()) {
      Path file = directory.resolve(source.getKey() + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).isZero();
    return classes;
  }

  @BeforeAll
  static void connect() throws Exception {
    Path classes = compile();
    layer = layer(classes);
    other = OtherJvm.running(NamedModuleTest.class, classes.toString());
    side = Farside.builder().classLoader(layer.findLoader("shop")).build();
    peer = side.connectNow(other.uri());
    shop = peer.lookup("shop", type("shop.face.Shop"));
  }

  @AfterAll
  static void close() {
    side.close();
    other.close();
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return layer.findLoader("shop").loadClass(name);
  }

  /** Calls a public method as its module's users do. */
  private static Object call(String type, Object target, String name, Object... arguments)
      throws Exception {
    for (var method : type(type).getMethods()) {
      if (method.getName().equals(name)) {
        try {
          return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause() instanceof Exception thrown ? thrown : e;
        }
      }
    }
    throw new AssertionError(name);
  }

  private static Object shop(String name, Object... arguments) throws Exception {
    return call("shop.face.Shop", shop, name, arguments);
  }

  @Test
  void aClassThatTheModuleKeepsToItselfIsCalledThroughWhatItExports() throws Exception {
    assertThat(type("shop.hidden.Parts").getModule().isNamed()).isTrue();
    UnaryOperator<String> wrap = text -> "<" + text + ">";
    assertThat(shop("put", "tea", wrap)).isEqualTo("<tea>");
    Object item = shop("first");
    assertThat(item).isInstanceOf(type("shop.face.Item"));
    assertThat(call("shop.face.Item", item, "shout")).isEqualTo("tea!");
    @SuppressWarnings("unchecked")
    var keeper = (UnaryOperator<String>) shop("keeper");
    assertThat(keeper.apply("safe")).isEqualTo("kept safe");
  }

  @Test
  void anObjectOfItsOwnIsCalledBackAndComesHome() throws Exception {
    Object ours = type("shop.face.Shops").getMethod("open").invoke(null);
    assertThat(shop("echo", ours)).isSameAs(ours);
    assertThat(shop("putInto", ours, "milk")).isEqualTo("milk into it");
    Object item = call("shop.face.Shop", ours, "first");
    assertThat(call("shop.face.Item", item, "name")).isEqualTo("milk");
  }

  @Test
  void classesOfAnOpenPackageAreStoodInFor() throws Exception {
    Object till = shop("openKeeper");
    assertThat(till).isInstanceOf(type("shop.open.Till"));
    assertThat(till.getClass().getModule()).isSameAs(type("shop.open.Till").getModule());
    assertThat(call("shop.open.Till", till, "total")).isEqualTo("narrow till");
  }

  @Test
  void valuesOfWhatIsExportedOrOpenAreCopied() throws Exception {
    assertThat(shop("price")).isInstanceOf(type("shop.face.Price")).hasToString("Price[cents=3]");
    assertThat(shop("openNote")).hasToString("Note[text=paid]");
    assertThat(shop("color")).isSameAs(type("shop.hidden.Parts$Color").getEnumConstants()[0]);
  }

  @Test
  void aRecordOfAPackageThatIsNotOpenIsRefusedInWords() throws Exception {
    assertThatThrownBy(() -> shop("secret"))
        .isInstanceOf(NotPassableException.class)
        .hasMessageContaining(
            "the record shop.hidden.Parts$Secret cannot be read: its package is not open to"
                + " Farside; add `opens shop.hidden;` to the declaration of module shop");
    assertThat(shop("price")).hasToString("Price[cents=3]");
  }

  @Test
  void aRecordOfAPackageThatIsNotOpenIsCalledThroughWhatItImplements() throws Exception {
    Object secret = shop("callableSecret");
    @SuppressWarnings("unchecked")
    var operator = (UnaryOperator<String>) secret;
    assertThat(operator.apply("number ")).isEqualTo("number 6");
    assertThat(shop("echo", secret)).isSameAs(secret);
  }

  @Test
  void aClassThatIsNeitherExportedNorOpenIsNoFace() {
    assertThatThrownBy(() -> peer.lookup("shop", type("shop.hidden.Parts")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Nothing can stand in for shop.hidden.Parts: it is not public, or its package"
                + " shop.hidden not exported, and its module does not open that to Farside; use an"
                + " interface of it");
  }

  @Test
  void anExceptionIsCaughtAsWhatItIsWithoutWhatNobodyMayRead() throws Exception {
    assertThatThrownBy(() -> shop("fail", "hidden"))
        .isInstanceOf(type("shop.hidden.Parts$Broken"))
        .hasMessage("broken 2");
    assertThatThrownBy(() -> shop("fail", "open"))
        .isInstanceOfSatisfying(
            type("shop.open.Till$Empty").asSubclass(Exception.class),
            empty -> assertThat(empty).hasToString("empty by 9"));
  }
}
