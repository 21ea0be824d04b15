package dev.farside.rsocket;

import dev.farside.ByValue;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.OneWay;
import dev.farside.Remote;
import java.util.ArrayList;
import java.util.List;

/** Public classes, as an application has them, for tests of stand-ins. */
public final class Classes {
  private Classes() {}

  /** Generic; what takes a {@code T} has a bridge in subclasses. */
  public interface Transformer<A, B> {
    B transform(A argument);
  }

  public static class Doubler implements Transformer<Integer, Integer> {
    @Override
    public Integer transform(Integer argument) {
      return argument * 2;
    }
  }

  /** Neither a default constructor nor one that survives. */
  public static class Account {
    private final String owner;
    private long cents;

    public Account(String owner, long cents) {
      if (owner.isEmpty()) {
        throw new IllegalArgumentException("nobody");
      }
      this.owner = owner;
      this.cents = cents;
    }

    public Account deposit(long amount) {
      cents += amount;
      return this;
    }

    public long balance() {
      return cents;
    }

    public final String describe() {
      return owner + ": " + cents;
    }

    protected long secretBalance() {
      return cents;
    }

    long auditedBalance() {
      return cents;
    }
  }

  /** A subclass with value semantics. */
  public static class NamedAccount extends Account implements Comparable<NamedAccount> {
    private final String name;

    public NamedAccount(String name) {
      super(name, 0);
      this.name = name;
    }

    public String name() {
      return name;
    }

    @Override
    public int compareTo(NamedAccount other) {
      return name.compareTo(other.name());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof NamedAccount account && account.name().equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }

    @Override
    public String toString() {
      return "account of " + name;
    }
  }

  public abstract static class Shape {
    private final int sides;

    protected Shape(int sides) {
      this.sides = sides;
      if (sides > 100) {
        throw new IllegalStateException("too round");
      }
    }

    public abstract double area();

    public int sides() {
      return sides;
    }

    public static Shape square(double side) {
      return new Shape(4) {
        @Override
        public double area() {
          return side * side;
        }
      };
    }
  }

  public abstract static class Repository<K, V> {
    private final List<V> values = new ArrayList<>();

    public void add(V value) {
      values.add(value);
    }

    public V last() {
      return values.get(values.size() - 1);
    }

    public abstract V find(K key);
  }

  public static class Names extends Repository<Integer, String> {
    @Override
    public void add(String value) {
      super.add(value.trim());
    }

    @Override
    public String find(Integer key) {
      return key + last();
    }
  }

  public static final class Finished {
    public int value() {
      return 1;
    }
  }

  public sealed interface Sealed permits OnlyOne {}

  public static final class OnlyOne implements Sealed {}

  public abstract static sealed class SealedClass permits OnlyTwo {}

  public static final class OnlyTwo extends SealedClass {}

  /** Not public, but its public superclass and interface are. */
  static class HiddenAccount extends Account implements Runnable {
    HiddenAccount() {
      super("Hidden", 0);
    }

    @Override
    public void run() {
      deposit(1);
    }
  }

  /** Its interface is visible in this package only, its superclass belongs to the JDK. */
  static class MarkedList extends ArrayList<String> implements Marked {
    private static final long serialVersionUID = 1;

    @Override
    public String mark() {
      return "marked " + size();
    }
  }

  public interface Marks {
    boolean isRemote(@ByValue Object value);

    @ByValue
    List<Integer> copied();
  }

  public static class MarksHolder implements Marks {
    @Override
    public boolean isRemote(Object value) {
      return Remote.isRemote(value);
    }

    @Override
    public List<Integer> copied() {
      return new ArrayList<>(List.of(1));
    }
  }

  public interface Log {
    @OneWay
    void write(String line);
  }

  public static class FullLog implements Log {
    @Override
    public void write(String line) {
      throw new IllegalStateException("full");
    }
  }

  /** Public, but made of types that are visible in this package only. */
  public interface Locker {
    LockerKey key();

    LockerKey[] keys();

    boolean opens(LockerKey key);
  }

  interface LockerKey {
    int number();
  }

  public static class PlainLocker implements Locker {
    private final LockerKey key = () -> 7;

    @Override
    public LockerKey key() {
      return key;
    }

    @Override
    public LockerKey[] keys() {
      return new LockerKey[] {key};
    }

    @Override
    public boolean opens(LockerKey tried) {
      return tried == key;
    }
  }

  /** Its fields are part of what it offers. */
  public static class Card {
    public final String name;
    public final int number;
    public final Object content;
    public final Account account;
    public final Finished finished = new Finished();
    public String note = "a note";

    public Card(String name, Object content) {
      this.name = name;
      this.number = name.length();
      this.content = content;
      this.account = new NamedAccount(name);
    }

    public String read() {
      return name;
    }
  }

  /** Not public. */
  static class HiddenCard extends Card {
    public final String secret = String.valueOf("secret");

    HiddenCard(String name, Object content) {
      super(name, content);
    }
  }

  interface Marked {
    String mark();
  }

  /** Greets, and is of no type that says so. */
  public static class Polite {
    private final String name;

    public Polite(String name) {
      this.name = name;
    }

    public String name() {
      return name;
    }

    public String greet() {
      return "My pleasure, " + name;
    }

    public String refuse() {
      throw new NoSuchRemoteMethodException("refused");
    }
  }
}
