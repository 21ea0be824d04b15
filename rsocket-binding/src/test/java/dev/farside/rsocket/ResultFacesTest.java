package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.rsocket.TwoSides.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every type by which a caller may want a result, against every type by which it may be given. */
class ResultFacesTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  /** A face with one method, and how its result is read: as the list of what it holds. */
  record Face<F>(Class<F> type, Reader<F> reader) {
    List<Object> read(Object object) throws Exception {
      return reader.read(type.cast(object));
    }

    @Override
    public String toString() {
      return type.getSimpleName();
    }
  }

  interface Reader<F> {
    List<Object> read(F face) throws Exception;
  }

  interface ToInt {
    int give() throws Exception;
  }

  interface ToLong {
    long give() throws Exception;
  }

  interface ToInteger {
    Integer give() throws Exception;
  }

  interface ToNothing {
    void give() throws Exception;
  }

  interface ToMono {
    Mono<Integer> give();
  }

  interface ToFuture {
    Future<Integer> give();
  }

  interface ToCompletableFuture {
    CompletableFuture<Integer> give();
  }

  interface ToStage {
    CompletionStage<Integer> give();
  }

  interface ToOptional {
    Optional<Integer> give() throws Exception;
  }

  interface ToOptionalInt {
    OptionalInt give() throws Exception;
  }

  interface ToFlux {
    Flux<Integer> give();
  }

  interface ToPublisher {
    Publisher<Integer> give();
  }

  interface ToFlow {
    Flow.Publisher<Integer> give();
  }

  interface ToStream {
    Stream<Integer> give() throws Exception;
  }

  interface ToIntStream {
    IntStream give() throws Exception;
  }

  interface ToIterator {
    Iterator<Integer> give() throws Exception;
  }

  interface ToIterable {
    Iterable<Integer> give() throws Exception;
  }

  interface ToCollection {
    Collection<Integer> give() throws Exception;
  }

  interface ToList {
    List<Integer> give() throws Exception;
  }

  interface ToArray {
    Integer[] give() throws Exception;
  }

  interface ToInts {
    int[] give() throws Exception;
  }

  interface ToMonoOfList {
    Mono<List<Integer>> give();
  }

  interface ToFutureOfList {
    CompletableFuture<List<Integer>> give();
  }

  private static final List<Face<?>> OF_ONE =
      List.of(
          new Face<>(ToInt.class, f -> List.of(f.give())),
          new Face<>(ToLong.class, f -> List.of(Math.toIntExact(f.give()))),
          new Face<>(ToInteger.class, f -> one(f.give())),
          new Face<>(ToMono.class, f -> one(await(f.give()))),
          new Face<>(ToFuture.class, f -> one(await(f.give()))),
          new Face<>(ToCompletableFuture.class, f -> one(await(f.give()))),
          new Face<>(ToStage.class, f -> one(await(f.give().toCompletableFuture()))),
          new Face<>(ToOptional.class, f -> one(f.give().orElse(null))),
          new Face<>(ToOptionalInt.class, f -> List.copyOf(f.give().stream().boxed().toList())));

  private static final List<Face<?>> OF_MANY =
      List.of(
          new Face<>(ToFlux.class, f -> List.copyOf(await(f.give().collectList()))),
          new Face<>(ToPublisher.class, f -> List.copyOf(await(Flux.from(f.give()).collectList()))),
          new Face<>(
              ToFlow.class,
              f -> List.copyOf(await(JdkFlowAdapter.flowPublisherToFlux(f.give()).collectList()))),
          new Face<>(ToStream.class, f -> many(f.give())),
          new Face<>(ToIntStream.class, f -> many(f.give().boxed())),
          new Face<>(ToIterator.class, f -> many(f.give())),
          new Face<>(ToIterable.class, f -> many(f.give().iterator())),
          new Face<>(ToCollection.class, f -> many(f.give().stream())),
          new Face<>(ToList.class, f -> many(f.give().stream())),
          new Face<>(ToArray.class, f -> many(Arrays.stream(f.give()))),
          new Face<>(ToInts.class, f -> many(Arrays.stream(f.give()).boxed())),
          new Face<>(ToMonoOfList.class, f -> many(await(f.give()).stream())),
          new Face<>(ToFutureOfList.class, f -> many(await(f.give()).stream())));

  static List<Face<?>> ofOne() {
    return OF_ONE;
  }

  static List<Face<?>> ofMany() {
    return OF_MANY;
  }

  /** Those that have a collection, not its elements one by one. */
  static List<Face<?>> ofCollections() {
    return OF_MANY.subList(OF_MANY.size() - 8, OF_MANY.size());
  }

  static List<Face<?>> ofItems() {
    return OF_MANY.subList(0, 5);
  }

  static List<Face<?>> ofOneOrNothing() {
    var faces = new ArrayList<Face<?>>(OF_ONE);
    faces.add(new Face<>(ToNothing.class, ResultFacesTest::nothing));
    return faces;
  }

  static List<Face<?>> all() {
    var all = new ArrayList<Face<?>>(ofOneOrNothing());
    all.addAll(OF_MANY);
    return all;
  }

  private static List<Object> nothing(ToNothing face) throws Exception {
    face.give();
    return List.of();
  }

  private static List<Object> one(Object value) {
    return value == null ? List.of() : List.of(value);
  }

  private static List<Object> many(Stream<?> values) {
    return List.copyOf(values.toList());
  }

  private static List<Object> many(Iterator<?> values) {
    var list = new ArrayList<Object>();
    values.forEachRemaining(list::add);
    return list;
  }

  @ParameterizedTest
  @MethodSource("ofOne")
  void oneValueArrivesWhateverItIsGivenBy(Face<?> face) {
    Map<String, Object> givers = new LinkedHashMap<>();
    givers.put("int", (ToInt) () -> 7);
    givers.put("Integer", (ToInteger) () -> 7);
    givers.put("Mono", (ToMono) () -> Mono.just(7));
    givers.put("Flux", (ToFlux) () -> Flux.just(7));
    givers.put("Publisher", (ToPublisher) () -> Mono.just(7));
    givers.put("CompletableFuture", (ToCompletableFuture) () -> future(7));
    givers.put("CompletionStage", (ToStage) () -> future(7));
    givers.put("Future", (ToFuture) () -> task(7));
    givers.put("Flow.Publisher", (ToFlow) () -> flow(Flux.just(7)));
    givers.put("Optional", (ToOptional) () -> Optional.of(7));
    givers.put("OptionalInt", (ToOptionalInt) () -> OptionalInt.of(7));
    assertOutcomes(face, givers, "[7]");
  }

  @ParameterizedTest
  @MethodSource("ofMany")
  void manyValuesArriveWhateverTheyAreGivenBy(Face<?> face) {
    Map<String, Object> givers = new LinkedHashMap<>();
    givers.put("Flux", (ToFlux) () -> Flux.just(1, 2, 3));
    givers.put("Publisher", (ToPublisher) () -> Flux.just(1, 2, 3));
    givers.put("Flow.Publisher", (ToFlow) () -> flow(Flux.just(1, 2, 3)));
    givers.put("Stream", (ToStream) () -> Stream.of(1, 2, 3));
    givers.put("IntStream", (ToIntStream) () -> IntStream.of(1, 2, 3));
    givers.put("Iterator", (ToIterator) () -> List.of(1, 2, 3).iterator());
    givers.put("Iterable", (ToIterable) () -> () -> List.of(1, 2, 3).iterator());
    givers.put("Collection", (ToCollection) () -> new ArrayList<>(List.of(1, 2, 3)));
    givers.put("immutable List", (ToList) () -> List.of(1, 2, 3));
    givers.put("mutable List", (ToList) () -> new ArrayList<>(List.of(1, 2, 3)));
    givers.put("Integer[]", (ToArray) () -> new Integer[] {1, 2, 3});
    givers.put("int[]", (ToInts) () -> new int[] {1, 2, 3});
    assertOutcomes(face, givers, "[1, 2, 3]");
  }

  @ParameterizedTest
  @MethodSource("ofCollections")
  void aCollectionThatComesLaterArrives(Face<?> face) {
    Map<String, Object> givers = new LinkedHashMap<>();
    givers.put("Mono of List", (ToMonoOfList) () -> Mono.just(List.of(1, 2, 3)));
    givers.put("future of List", (ToFutureOfList) () -> future(new ArrayList<>(List.of(1, 2, 3))));
    assertOutcomes(face, givers, "[1, 2, 3]");
  }

  @ParameterizedTest
  @MethodSource("ofOneOrNothing")
  void nothingArrivesAsTheFacesWordForNothing(Face<?> face) {
    assertOutcomes(face, nothings(), nothingAs(face));
  }

  private static Map<String, Object> nothings() {
    Map<String, Object> givers = new LinkedHashMap<>();
    givers.put("void", (ToNothing) () -> {});
    givers.put("Mono", (ToMono) Mono::empty);
    givers.put("Flux", (ToFlux) Flux::empty);
    givers.put("Publisher", (ToPublisher) Flux::empty);
    givers.put("CompletableFuture", (ToCompletableFuture) () -> future(null));
    givers.put("CompletionStage", (ToStage) () -> future(null));
    givers.put("Future", (ToFuture) () -> task(null));
    givers.put("Flow.Publisher", (ToFlow) () -> flow(Flux.<Integer>empty()));
    givers.put("Optional", (ToOptional) Optional::empty);
    givers.put("OptionalInt", (ToOptionalInt) OptionalInt::empty);
    givers.put("null", (ToInteger) () -> null);
    return givers;
  }

  private static String nothingAs(Face<?> face) {
    return switch (face.toString()) {
      case "ToInt" ->
          "NotPassableException: ToInt.give() on farside returned null, but the face declares int;"
              + " declare the box";
      case "ToLong" ->
          "NotPassableException: ToLong.give() on farside returned null, but the face declares"
              + " long; declare the box";
      default -> "[]";
    };
  }

  @ParameterizedTest
  @MethodSource("ofItems")
  void nothingArrivesAsNoItems(Face<?> face) {
    assertOutcomes(face, nothings(), "[]");
  }

  @ParameterizedTest
  @MethodSource("ofCollections")
  void nothingArrivesAsNullWhereACollectionIsDeclared(Face<?> face) {
    Map<String, Object> givers = nothings();
    givers.keySet().retainAll(List.of("void", "null", "Mono", "CompletableFuture", "Future"));
    assertOutcomes(
        new Face<>(face.type(), f -> List.of(String.valueOf(later(call(f))))), givers, "[null]");
  }

  private static Object call(Object face) throws Exception {
    return face.getClass().getMethod("give").invoke(face);
  }

  private static Object later(Object result) throws Exception {
    if (result instanceof Mono<?> mono) {
      return await(mono);
    }
    return result instanceof Future<?> future ? await(future) : result;
  }

  private static <T> T await(Mono<T> mono) throws Exception {
    return await(mono.toFuture());
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  @ParameterizedTest
  @MethodSource("ofMany")
  void emptyCollectionsArriveEmpty(Face<?> face) {
    Map<String, Object> givers = new LinkedHashMap<>();
    givers.put("Stream", (ToStream) Stream::empty);
    givers.put("IntStream", (ToIntStream) IntStream::empty);
    givers.put("Iterator", (ToIterator) () -> List.<Integer>of().iterator());
    givers.put("Iterable", (ToIterable) () -> () -> List.<Integer>of().iterator());
    givers.put("Collection", (ToCollection) ArrayList::new);
    givers.put("List", (ToList) List::of);
    givers.put("Integer[]", (ToArray) () -> new Integer[0]);
    givers.put("int[]", (ToInts) () -> new int[0]);
    assertOutcomes(face, givers, "[]");
  }

  @ParameterizedTest
  @MethodSource("all")
  void checkedFailuresArriveAsTheyAreHoweverTheyAreTold(Face<?> face) {
    Map<String, Object> givers = new LinkedHashMap<>();
    givers.put("int", (ToInt) ResultFacesTest::fail);
    givers.put("Integer", (ToInteger) ResultFacesTest::fail);
    givers.put("void", (ToNothing) ResultFacesTest::fail);
    givers.put("Mono", (ToMono) () -> Mono.error(failure()));
    givers.put("Flux", (ToFlux) () -> Flux.error(failure()));
    givers.put("Publisher", (ToPublisher) () -> Mono.error(failure()));
    givers.put("CompletableFuture", (ToCompletableFuture) ResultFacesTest::failed);
    givers.put("CompletionStage", (ToStage) ResultFacesTest::failed);
    givers.put("Future", (ToFuture) ResultFacesTest::failedTask);
    givers.put("Flow.Publisher", (ToFlow) () -> flow(Flux.error(failure())));
    givers.put("Optional", (ToOptional) ResultFacesTest::fail);
    givers.put("Stream", (ToStream) ResultFacesTest::fail);
    givers.put("List", (ToList) ResultFacesTest::fail);
    givers.put("int[]", (ToInts) ResultFacesTest::fail);
    givers.put("Mono of List", (ToMonoOfList) () -> Mono.error(failure()));
    assertOutcomes(face, givers, "IOException: no");
  }

  private void assertOutcomes(Face<?> face, Map<String, Object> givers, String expected) {
    var others = new LinkedHashMap<String, String>();
    givers.forEach(
        (name, giver) -> {
          String outcome = outcome(face, sides.lookup(giver, face.type()));
          if (!outcome.equals(expected)) {
            others.put(name, outcome);
          }
        });
    assertThat(others).as("%s other than %s", face, expected).isEmpty();
  }

  private String outcome(Face<?> face, Object proxy) {
    try {
      return face.read(proxy).toString();
    } catch (Exception e) {
      return e.getClass().getSimpleName()
          + ": "
          + String.valueOf(e.getMessage()).replace(sides.peer().toString(), "farside");
    }
  }

  private static <T> CompletableFuture<T> future(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private static <T> CompletableFuture<T> failed() {
    return CompletableFuture.failedFuture(failure());
  }

  private static <T> Future<T> task(T value) {
    var task = new FutureTask<>(() -> value);
    task.run();
    return task;
  }

  private static <T> Future<T> failedTask() {
    var task = new FutureTask<T>(ResultFacesTest::fail);
    task.run();
    return task;
  }

  private static <T> Flow.Publisher<T> flow(Flux<T> items) {
    return JdkFlowAdapter.publisherToFlowPublisher(items);
  }

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T> T fail() throws IOException {
    throw failure();
  }

  private static IOException failure() {
    return new IOException("no");
  }
}
