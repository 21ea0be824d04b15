package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.farside.NotPassableException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/passing.md, row by row. */
class PassingRulesTest {
  private static final String COPIED = " is copied: ";
  private static final String DATA =
      " is copied where the caller is reactive, else passed by reference: ";
  private static final String REFERENCE = " is passed by reference: it may change";
  private static final String NO_PUBLIC_TYPE =
      " is passed as an opaque handle: it has no public type through which it could be called";
  private static final String DENIED =
      " is passed as an opaque handle: it is power over the virtual machine, which no peer may"
          + " call";

  private final PassingRules rules = new PassingRules(Set.of(Samples.Plain.class));

  static Stream<Arguments> copied() {
    return Stream.of(
        arguments(DayOfWeek.class, "it is an enum constant"),
        arguments(((Object) Samples.Color.GREEN).getClass(), "it is an enum constant"),
        arguments(Samples.Point.class, "it is a record"),
        arguments(Samples.secret("").getClass(), "it is a record"),
        arguments(int[].class, "it is an array"),
        arguments(int[][].class, "it is an array"),
        arguments(Object[].class, "it is an array"),
        arguments(Thread[].class, "it is an array"),
        arguments(IOException.class, "it is an exception"),
        arguments(Class.class, "it is a Class"),
        arguments(
            ByteBuffer.allocate(0).getClass(),
            "it is a ByteBuffer, of which the remaining bytes are data"),
        arguments(
            MappedByteBuffer.class, "it is a ByteBuffer, of which the remaining bytes are data"),
        arguments(Optional.class, "it is an Optional"),
        arguments(Samples.Money.class, "it is marked @ByValue or registered as a value type"),
        arguments(Samples.Coin.class, "it is marked @ByValue or registered as a value type"),
        arguments(Samples.Plain.class, "it is marked @ByValue or registered as a value type"),
        arguments(Samples.Names.class, "it is a mutable collection"));
  }

  static Stream<Arguments> copiedOfTheJdk() {
    return Stream.of(
            Stream.of(BigDecimal.class, URI.class, URL.class, Instant.class, OptionalInt.class)
                .map(type -> arguments(type, "it is an immutable class of the JDK")),
            Stream.of(ZoneId.of("Europe/Berlin"), StandardCharsets.UTF_8, Path.of(""), new File(""))
                .map(value -> arguments(value.getClass(), "it is an immutable class of the JDK")),
            Stream.of(List.of(), List.of(1), List.of(1, 2, 3), List.of(1, 2, 3).subList(1, 2))
                .map(list -> arguments(list.getClass(), "it is an immutable list")),
            Stream.of(Stream.of(1).toList(), Collections.emptyList(), Collections.nCopies(2, 1))
                .map(list -> arguments(list.getClass(), "it is an immutable list")),
            Stream.of(Set.of(), Set.of(1, 2, 3), Collections.emptySet(), Collections.singleton(1))
                .map(set -> arguments(set.getClass(), "it is an immutable set")),
            Stream.of(Map.of(), Map.of(1, 2), Map.of(1, 2, 3, 4), Collections.singletonMap(1, 2))
                .map(map -> arguments(map.getClass(), "it is an immutable map")),
            Stream.of(Map.entry(1, 2), new SimpleImmutableEntry<>(1, 2))
                .map(entry -> arguments(entry.getClass(), "it is an immutable map entry")))
        .flatMap(rows -> rows);
  }

  static Stream<Arguments> data() {
    return Stream.of(
        arguments(ArrayList.class, "it is a mutable collection"),
        arguments(Arrays.asList(1).getClass(), "it is a mutable collection"),
        arguments(
            Collections.unmodifiableList(new ArrayList<>()).getClass(),
            "it is a mutable collection"),
        arguments(new ArrayList<>().subList(0, 0).getClass(), "it is a mutable collection"),
        arguments(new TreeMap<>().values().getClass(), "it is a mutable collection"),
        arguments(Collection.class, "it is a mutable collection"),
        arguments(HashSet.class, "it is a mutable set"),
        arguments(new HashMap<>().keySet().getClass(), "it is a mutable set"),
        arguments(HashMap.class, "it is a mutable map"),
        arguments(Collections.unmodifiableMap(new HashMap<>()).getClass(), "it is a mutable map"));
  }

  static Stream<Class<?>> referenced() {
    return Stream.of(
        StringBuilder.class,
        Date.class,
        AtomicInteger.class,
        ArrayDeque.class,
        InputStream.nullInputStream().getClass(),
        List.of(1).iterator().getClass(),
        Stream.of(1).getClass(),
        new HashMap<>(Map.of(1, 2)).entrySet().iterator().next().getClass(),
        Clock.systemUTC().getClass(),
        ((Runnable) () -> {}).getClass(),
        new Iterator<Object>() {
          @Override
          public boolean hasNext() {
            return false;
          }

          @Override
          public Object next() {
            return this;
          }
        }.getClass());
  }

  static Stream<Class<?>> opaque() {
    return Stream.of(Object.class, new Object() {}.getClass(), Hidden.class);
  }

  private static final class Hidden {}

  /** A subclass does not escape the list, nor does a public interface. */
  private static final class Worker extends Thread {}

  private static final class Handler implements InvocationHandler, Comparable<Handler> {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return proxy;
    }

    @Override
    public int compareTo(Handler other) {
      return 0;
    }
  }

  static Stream<Class<?>> denied() throws NoSuchMethodException {
    return Stream.of(
        URLClassLoader.class,
        ClassLoader.getSystemClassLoader().getClass(),
        Thread.class,
        Worker.class,
        ThreadGroup.class,
        ThreadLocal.class,
        InheritableThreadLocal.class,
        Process.class,
        ProcessHandle.current().getClass(),
        ProcessBuilder.class,
        Runtime.class,
        Module.class,
        ModuleLayer.class,
        Method.class,
        java.lang.reflect.Field.class,
        java.lang.reflect.Constructor.class,
        Package.class,
        Handler.class,
        MethodHandles.Lookup.class,
        MethodHandles.constant(int.class, 1).getClass(),
        MethodHandles.arrayElementVarHandle(int[].class).getClass(),
        java.lang.invoke.ConstantCallSite.class,
        java.security.ProtectionDomain.class);
  }

  @ParameterizedTest
  @MethodSource({"copied", "copiedOfTheJdk"})
  void whatCannotChangeIsCopied(Class<?> type, String why) {
    assertThat(rules.explain(type)).isEqualTo(type.getName() + COPIED + why);
  }

  @ParameterizedTest
  @MethodSource("data")
  void aMutableCollectionIsDataForReactiveCallers(Class<?> type, String why) {
    assertThat(rules.explain(type)).isEqualTo(type.getName() + DATA + why);
  }

  @ParameterizedTest
  @MethodSource("referenced")
  void whatMayChangeIsReferenced(Class<?> type) {
    assertThat(rules.explain(type)).isEqualTo(type.getName() + REFERENCE);
  }

  @ParameterizedTest
  @MethodSource("opaque")
  void whatHasNoPublicTypeIsOpaque(Class<?> type) {
    assertThat(rules.explain(type)).isEqualTo(type.getName() + NO_PUBLIC_TYPE);
  }

  @ParameterizedTest
  @MethodSource("denied")
  void whatIsPowerOverTheVirtualMachineIsOpaque(Class<?> type) {
    assertThat(rules.explain(type)).isEqualTo(type.getName() + DENIED);
    assertThat(PublicTypes.of(type)).isEmpty();
  }

  @Test
  void whatMayBeCopiedIsAValueOrACollection() {
    assertThat(Scalars.TYPES).allMatch(rules::mayCopy);
    assertThat(rules.mayCopy(Samples.Point.class)).isTrue();
    assertThat(rules.mayCopy(ArrayList.class)).isTrue();
    assertThat(rules.mayCopy(AtomicInteger.class)).isFalse();
    assertThat(rules.mayCopy(Object.class)).isFalse();
  }

  @Test
  void aMarkForReferenceOverridesTheClass() {
    assertThat(rules.explain(Samples.Account.class))
        .isEqualTo(
            "dev.farside.codec.Samples$Account is passed by reference: it is marked @ByReference");
  }

  @Test
  void registrationIsOfOneSideOnly() {
    var others = new PassingRules(Set.of());

    assertThat(others.explain(Samples.Plain.class))
        .isEqualTo("dev.farside.codec.Samples$Plain" + NO_PUBLIC_TYPE);
  }

  @Test
  void aRecordThatJavaDoesNotLetUsReadIsExplainedAndFailsWhenItIsPassed() throws Exception {
    Class<?> closed = Class.forName("sun.security.pkcs.SignerInfo$AlgorithmInfo", false, null);

    assertThat(rules.explain(closed)).isEqualTo(closed.getName() + COPIED + "it is a record");
    assertThatThrownBy(() -> RoundTrip.plain().of(Instances.blank(closed)))
        .isExactlyInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the record sun.security.pkcs.SignerInfo$AlgorithmInfo cannot be"
                + " read: its package is not open to Farside; add `opens sun.security.pkcs;` to the"
                + " declaration of module java.base");
  }

  @Test
  void aRecordThatJavaLetsUsOnlyCallIsReferenced() throws Exception {
    Class<?> closed = Class.forName("sun.nio.ch.IOUtil$Releaser", false, null);
    Object record = Instances.blank(closed);
    var roundTrip = RoundTrip.plain();

    assertThat(rules.explain(closed))
        .isEqualTo(
            closed.getName()
                + " is passed by reference: it is a record of a package that is not open to"
                + " Farside");
    roundTrip.of(record);
    assertThat(roundTrip.references().sent).containsExactly(record);
    Encoder<Object> encoder = rules.of(closed).encoder();
    assertThatThrownBy(() -> encoder.encode(record, new ValueWriter(rules, frame -> true)))
        .isExactlyInstanceOf(PassingFailure.class)
        .hasMessageEndingWith("add `opens sun.nio.ch;` to the declaration of module java.base");
  }

  @Test
  void aReferenceHasNoEncoder() {
    Passing passing = rules.of(AtomicInteger.class);

    assertThat(passing.how().mayCopy()).isFalse();
    assertThatThrownBy(
            () ->
                passing
                    .encoder()
                    .encode(new AtomicInteger(), new ValueWriter(rules, frame -> true)))
        .isExactlyInstanceOf(PassingFailure.class)
        .hasMessage(
            "java.util.concurrent.atomic.AtomicInteger cannot be copied; mark it @ByValue or"
                + " register it with valueType on both sides");
  }
}
