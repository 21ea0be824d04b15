package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ProtocolException;
import dev.farside.codec.Message.KnowsShapes;
import dev.farside.codec.Reference;
import dev.farside.codec.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A shape travels until the peer has said that it knows it, and each side learns it once. */
class ShapeTableTest {
  private final List<KnowsShapes> acknowledged = new ArrayList<>();
  private final ShapeTable table = new ShapeTable(acknowledged::add);

  private static Shape shape(String... types) {
    return new Shape(Shape.Kind.OBJECT, List.of(types), false, false);
  }

  @Test
  void aShapeTravelsUntilThePeerKnowsIt() {
    Shape runnable = shape("java.lang.Runnable");
    for (long id = 1; id <= 3; id++) {
      assertThat(table.sent(id, runnable)).isEqualTo(new Reference.Sent(id, 1, runnable));
    }
    table.peerKnows(List.of(1));
    for (long id = 1; id <= 3; id++) {
      assertThat(table.sent(id, runnable)).isEqualTo(new Reference.Sent(id, 1, null));
    }
  }

  @Test
  void equalShapesHaveOneNumberAndOthersAnother() {
    assertThat(table.sent(1, shape("a")).shapeNumber()).isEqualTo(1);
    assertThat(table.sent(2, shape("a")).shapeNumber()).isEqualTo(1);
    assertThat(table.sent(3, shape("b")).shapeNumber()).isEqualTo(2);
    assertThat(table.sent(4, shape("a", "b")).shapeNumber()).isEqualTo(3);
    assertThat(table.sent(5, shape("b", "a")).shapeNumber()).isEqualTo(4);
    assertThat(table.sent(6, new Shape(Shape.Kind.OBJECT, List.of("a"), true, false)).shapeNumber())
        .isEqualTo(5);
    assertThat(table.sent(7, new Shape(Shape.Kind.FLUX, List.of("a"), false, false)).shapeNumber())
        .isEqualTo(6);
    assertThat(table.sent(8, shape()).shapeNumber()).isEqualTo(7);
  }

  @Test
  void whatThePeerKnowsIsLeftOutOfNothingElse() {
    table.sent(1, shape("a"));
    table.sent(1, shape("b"));
    table.peerKnows(List.of());
    table.peerKnows(List.of(0, 2, 3, 77, -1));
    assertThat(table.sent(1, shape("a")).shape()).isNotNull();
    assertThat(table.sent(1, shape("b")).shape()).isNull();
    assertThat(table.sent(1, shape("c")).shape()).as("known before it was sent").isNotNull();
  }

  @Test
  void aShapeOfThePeersIsAcknowledgedOnce() {
    Shape runnable = shape("java.lang.Runnable");
    for (long id = 1; id <= 3; id++) {
      assertThat(table.received(new Reference.Sent(id, 5, runnable))).isSameAs(runnable);
    }
    assertThat(acknowledged).containsExactly(new KnowsShapes(List.of(5)));
    assertThat(table.received(new Reference.Sent(4, 5, null))).isSameAs(runnable);
    assertThat(table.received(new Reference.Sent(5, 6, shape("b")))).isEqualTo(shape("b"));
    assertThat(acknowledged)
        .containsExactly(new KnowsShapes(List.of(5)), new KnowsShapes(List.of(6)));
  }

  @Test
  void theFirstShapeOfANumberStays() {
    assertThat(table.received(new Reference.Sent(1, 5, shape("a")))).isEqualTo(shape("a"));
    assertThat(table.received(new Reference.Sent(2, 5, shape("b")))).isEqualTo(shape("b"));
    assertThat(table.received(new Reference.Sent(3, 5, null))).isEqualTo(shape("a"));
  }

  @Test
  void aNumberWithoutItsShapeIsAViolation() {
    table.sent(1, shape("a")); // ours is not the peer's
    assertThatThrownBy(() -> table.received(new Reference.Sent(1, 1, null)))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("The peer sent the shape number 1 without its shape");
    table.received(new Reference.Sent(1, 2, shape("b")));
    assertThatThrownBy(() -> table.received(new Reference.Sent(1, 1, null)))
        .isInstanceOf(ProtocolException.class);
    assertThat(acknowledged).hasSize(1);
  }

  @Test
  void aPeerCannotFillOurMemoryWithShapes() {
    for (int number = 0; number < 100_010; number++) {
      Shape shape = shape("type" + number);
      assertThat(table.received(new Reference.Sent(1, number, shape))).isSameAs(shape);
    }
    assertThat(acknowledged).hasSize(100_000);
    assertThat(table.received(new Reference.Sent(1, 99_999, null))).isEqualTo(shape("type99999"));
    assertThatThrownBy(() -> table.received(new Reference.Sent(1, 100_000, null)))
        .hasMessage("The peer sent the shape number 100000 without its shape");
  }

  @Test
  void aPeerCannotFillOurMemoryWithLongNames() {
    String name = "x".repeat(1 << 20);
    for (int number = 0; number < 100; number++) {
      Shape shape = shape(name + number);
      assertThat(table.received(new Reference.Sent(1, number, shape))).isSameAs(shape);
    }
    assertThat(acknowledged).hasSizeBetween(10, 32);
    table.received(new Reference.Sent(1, 100, shape("short")));
    assertThat(table.received(new Reference.Sent(1, 100, null))).isEqualTo(shape("short"));
  }

  @Test
  void threadsThatSendOneShapeAgreeOnItsNumber() throws InterruptedException {
    Set<String> numbers = ConcurrentHashMap.newKeySet();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 8; t++) {
      var thread =
          new Thread(
              () -> {
                for (int i = 0; i < 200; i++) {
                  numbers.add(i + "=" + table.sent(1, shape("type" + i)).shapeNumber());
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(numbers).hasSize(200);
    assertThat(numbers.stream().map(n -> n.substring(n.indexOf('='))).distinct()).hasSize(200);
  }
}
