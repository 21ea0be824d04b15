package dev.farside.codec;

import dev.farside.ByReference;
import dev.farside.ByValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The application classes of the tests. */
final class Samples {
  private Samples() {}

  enum Color {
    RED,
    GREEN {
      @Override
      boolean isCalm() {
        return true;
      }
    };

    boolean isCalm() {
      return false;
    }
  }

  record Empty() {}

  record Point(int x, int y) {}

  record Line(Point from, Point to) {}

  record Box<T>(@Nullable T content) {}

  record Order(String owner, List<?> items) {}

  @SuppressWarnings("ArrayRecordComponent") // an array is a value here
  record Words(String[] words) {}

  record Primitives(
      boolean flag,
      byte tiny,
      short little,
      char letter,
      int number,
      long big,
      float real,
      double precise) {}

  private record Secret(String text) {}

  static Record secret(String text) {
    return new Secret(text);
  }

  record Positive(int number) {
    /** The sender's own JVM can be talked into holding a negative one; the receiver's must not. */
    static boolean checked = true;

    Positive {
      if (checked && number <= 0) {
        throw new IllegalArgumentException("not positive: " + number);
      }
    }
  }

  record Unreadable(int number) {
    @Override
    public int number() {
      if (number > 0) {
        throw new IllegalStateException("not today");
      }
      return number;
    }
  }

  record Unhashable(int number) {
    @Override
    public int hashCode() {
      throw new IllegalStateException("no hash");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }

  @ByReference
  record Account(int number) {}

  @ByValue
  static class Money {
    final int cents;
    final @Nullable String currency;
    transient int cached = 7;

    Money(int cents, @Nullable String currency) {
      this.cents = cents;
      this.currency = currency;
    }
  }

  static final class Coin extends Money {
    final int year;

    Coin(int cents, int year) {
      super(cents, "EUR");
      this.year = year;
    }
  }

  /** Two classes of one simple name, each with a field of the same name. */
  @ByValue
  static class Node {
    int id = 1;
  }

  static final class Tree {
    private Tree() {}

    @SuppressWarnings("HidingField") // on purpose
    static final class Node extends Samples.Node {
      int id = 2;
    }
  }

  @ByValue
  static final class Employee {
    @Nullable Employee boss;
    final String name;

    Employee(String name) {
      this.name = name;
    }
  }

  @ByValue
  static class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;
  }

  /** Registered with {@code valueType}, not marked. */
  static final class Plain {
    int number = 5;
  }
}
