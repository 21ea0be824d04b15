package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.RandomAccess;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PublicTypesTest {
  interface Closed {
    int answer();
  }

  private static class Base implements Closed, Comparable<Base> {
    @Override
    public int answer() {
      return 42;
    }

    @Override
    public int compareTo(Base other) {
      return 0;
    }
  }

  private static final class Derived extends Base implements Callable<Integer> {
    @Override
    public Integer call() {
      return answer();
    }
  }

  @Test
  void theClassComesFirstThenItsSuperclassesThenTheInterfaces() {
    assertThat(typesOf(new ByteArrayInputStream(new byte[0])))
        .containsExactly(
            ByteArrayInputStream.class, InputStream.class, Closeable.class, AutoCloseable.class);
  }

  @Test
  void aClassThatIsNotPublicShowsItsInterfacesTheMostSpecificFirst() {
    assertThat(typesOf(new Derived()))
        .containsExactly(Callable.class, Closed.class, Comparable.class);
  }

  @Test
  void aLambdaShowsItsInterface() {
    Supplier<Object> lambda = Object::new;

    assertThat(typesOf(lambda)).containsExactly(Supplier.class);
    assertThat(typesOf((Supplier<Object> & Serializable) Object::new))
        .containsExactlyInAnyOrder(Supplier.class, Serializable.class);
  }

  @Test
  void anAnonymousClassShowsItsPublicSupertypes() {
    var list =
        new AbstractList<Object>() {
          @Override
          public Object get(int index) {
            return index;
          }

          @Override
          public int size() {
            return 0;
          }
        };

    assertThat(typesOf(list))
        .startsWith(AbstractList.class)
        .contains(List.class, Collection.class, Iterable.class)
        .doesNotContain(list.getClass());
  }

  @Test
  void aLocalClassIsNotPublicWhateverItSays() {
    class Local implements Callable<Object> {
      @Override
      public Object call() {
        return this;
      }
    }

    assertThat(typesOf(new Local())).containsExactly(Callable.class);
  }

  @Test
  void aPublicClassInsideOneThatIsNotIsNotPublic() {
    assertThat(typesOf(new Inside.Public())).containsExactly(Callable.class);
  }

  static final class Inside {
    private Inside() {}

    public static final class Public implements Callable<Object> {
      @Override
      public Object call() {
        return this;
      }
    }
  }

  @Test
  void aClassInsideTheJdkShowsWhatTheJdkExports() {
    assertThat(typesOf(Arrays.asList(1)))
        .startsWith(AbstractList.class)
        .contains(List.class, RandomAccess.class)
        .doesNotContain(Arrays.asList(1).getClass());
    assertThat(typesOf(Collections.unmodifiableList(new ArrayList<>())))
        .contains(List.class, Collection.class, Iterable.class, RandomAccess.class)
        .allMatch(Class::isInterface);
    assertThat(typesOf(new ArrayList<>().iterator())).containsExactly(Iterator.class);
  }

  @Test
  void aDynamicProxyShowsItsInterfacesAndNotItself() {
    assertThat(typesOf(proxy(Callable.class, Runnable.class)))
        .containsExactly(Callable.class, Runnable.class, Serializable.class);
    assertThat(typesOf(proxy(Closed.class))).containsExactly(Closed.class, Serializable.class);
  }

  @Test
  void anObjectShowsNothing() {
    assertThat(typesOf(new Object())).isEmpty();
  }

  @Test
  void theTypesOfAClassAreFoundOnce() {
    assertThat(PublicTypes.of(ArrayList.class)).isSameAs(PublicTypes.of(ArrayList.class));
  }

  private static Object proxy(Class<?>... interfaces) {
    return Proxy.newProxyInstance(
        PublicTypesTest.class.getClassLoader(), interfaces, (proxy, method, arguments) -> proxy);
  }

  private static List<Class<?>> typesOf(Object object) {
    return PublicTypes.of(object.getClass());
  }

  @Test
  void powerOverTheVirtualMachineShowsNothing() throws ClassNotFoundException {
    for (Class<?> type :
        List.of(
            System.class,
            StackWalker.class,
            MethodHandles.class,
            MethodHandleProxies.class,
            ModuleLayer.Controller.class,
            ObjectInputStream.class)) {
      assertThat(PublicTypes.of(type)).as(type.getName()).isEmpty();
    }
    for (String name :
        List.of(
            "java.beans.Statement",
            "java.beans.Expression",
            "java.beans.XMLDecoder",
            "java.lang.instrument.Instrumentation",
            "sun.misc.Unsafe")) {
      Class<?> type = Class.forName(name, false, ClassLoader.getSystemClassLoader());
      assertThat(PublicTypes.of(type)).as(name).isEmpty();
    }
  }

  @Test
  void aClassWhoseEnclosingClassIsMissingIsNotPublic() throws Exception {
    String name = Inside.Public.class.getName();
    var loader =
        new ClassLoader(PublicTypesTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String wanted, boolean resolve)
              throws ClassNotFoundException {
            if (wanted.equals(Inside.class.getName())) {
              throw new ClassNotFoundException(wanted);
            }
            return wanted.equals(name) ? define(name) : super.loadClass(wanted, resolve);
          }

          private Class<?> define(String wanted) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(wanted.replace('.', '/') + ".class")) {
              byte[] bytes = in.readAllBytes();
              return defineClass(wanted, bytes, 0, bytes.length);
            } catch (IOException e) {
              throw new ClassNotFoundException(wanted, e);
            }
          }
        };
    assertThat(PublicTypes.of(loader.loadClass(name))).containsExactly(Callable.class);
  }
}
