package dev.farside.rsocket;

import dev.farside.ProtocolException;
import dev.farside.codec.Message.KnowsShapes;
import dev.farside.codec.Reference;
import dev.farside.codec.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The shapes that one connection has seen. Ours go out in full until the peer says that it knows
 * their number, because a small message may overtake the one that brought the shape. Thread-safe.
 */
final class ShapeTable {
  private static final int MAX_SHAPES = 100_000;
  private static final long MAX_CHARACTERS = 32 << 20;

  private final Map<Shape, Integer> ours = new ConcurrentHashMap<>();
  private final Set<Integer> knownToPeer = ConcurrentHashMap.newKeySet();
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Map<Integer, Shape> peers = new ConcurrentHashMap<>();
  private final NameBudget budget = new NameBudget(MAX_CHARACTERS);
  private final Consumer<KnowsShapes> send;

  ShapeTable(Consumer<KnowsShapes> send) {
    this.send = send;
  }

  /** A reference to an object of ours, with its shape if the peer needs it. */
  Reference.Sent sent(long id, Shape shape) {
    int number = ours.computeIfAbsent(shape, s -> lastNumber.incrementAndGet());
    return new Reference.Sent(id, number, knownToPeer.contains(number) ? null : shape);
  }

  /** The peer knows shapes of ours; numbers that we never gave mean nothing. */
  void peerKnows(List<Integer> numbers) {
    int last = lastNumber.get();
    for (int number : numbers) {
      if (number > 0 && number <= last) {
        knownToPeer.add(number);
      }
    }
  }

  /** The shape of a reference that the peer sent. */
  Shape received(Reference.Sent reference) {
    @Nullable Shape inline = reference.shape();
    if (inline != null) {
      learn(reference.shapeNumber(), inline);
      return inline;
    }
    @Nullable Shape known = peers.get(reference.shapeNumber());
    if (known == null) {
      throw new ProtocolException(
          "The peer sent the shape number " + reference.shapeNumber() + " without its shape");
    }
    return known;
  }

  private void learn(int number, Shape shape) {
    if (peers.size() < MAX_SHAPES
        && !peers.containsKey(number)
        && budget.take(shape.typeNames())
        && peers.putIfAbsent(number, shape) == null) {
      send.accept(new KnowsShapes(List.of(number)));
    }
  }
}
