package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;

/** Objects of classes of every kind. */
public class ClassesTest {
  /** Has a method for subclasses to fill in. */
  public abstract static class Shape {
    private final String name;

    protected Shape(String name) {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("no name");
      }
      this.name = name;
    }

    /** To be filled in. */
    public abstract double area();

    /** Its name. */
    public String name() {
      return name;
    }

    /** Calls what others fill in. */
    public String describe() {
      return name() + " of " + area();
    }
  }

  /** Fills it in. */
  public static class Square extends Shape {
    private final double side;

    /** With sides. */
    public Square(double side) {
      super("square");
      this.side = side;
    }

    @Override
    public double area() {
      return side * side;
    }

    /** Its own. */
    public double side() {
      return side;
    }

    /** More special than what it overrides. */
    public Square self() {
      return this;
    }
  }

  /** Overrides and calls what it overrides. */
  public static class Named extends Square {
    /** With sides. */
    public Named(double side) {
      super(side);
    }

    @Override
    public String name() {
      return "my " + super.name();
    }

    @Override
    public Named self() {
      return this;
    }
  }

  /** Holds a value. */
  public static class Box<T> {
    private T value;

    /** With this. */
    public Box(T value) {
      this.value = value;
    }

    /** What it holds. */
    public T get() {
      return value;
    }

    /** From now on. */
    public Box<T> set(T newValue) {
      value = newValue;
      return this;
    }

    /** Another. */
    public <R> Box<R> map(Function<? super T, ? extends R> function) {
      return new Box<>(function.apply(value));
    }
  }

  /** A box of one kind. */
  public static class NumberBox<N extends Number & Comparable<N>> extends Box<N>
      implements Comparable<NumberBox<N>> {
    /** With this. */
    public NumberBox(N value) {
      super(value);
    }

    @Override
    public NumberBox<N> set(N newValue) {
      super.set(newValue);
      return this;
    }

    @Override
    public int compareTo(NumberBox<N> other) {
      return get().compareTo(other.get());
    }
  }

  /** Greets. */
  public interface Greeter {
    /** A greeting. */
    String greet(String name);

    /** More politely. */
    default String politely(String name) {
      return "Dear " + name + ", " + greet(name) + secret();
    }

    private String secret() {
      return "!";
    }

    /** Of nobody's. */
    static String nobody() {
      return "nobody";
    }
  }

  /** Counts. */
  public interface Counting {
    /** So far. */
    int count();
  }

  /** Is not public, but what it does is. */
  static class Hidden implements Greeter, Counting {
    private int count;

    @Override
    public String greet(String name) {
      count++;
      return "hidden " + name;
    }

    @Override
    public int count() {
      return count;
    }

    /** In no public type. */
    public String own() {
      return "own";
    }
  }

  /** Passes on what a class that is not public does. */
  public static class Shown extends Hidden {
    @Override
    public String politely(String name) {
      return "shown " + super.politely(name);
    }
  }

  /** Makes them. */
  public static class Kinds {
    private int made;

    /** Sees what its maker has. */
    public class Inner implements Counting {
      @Override
      public int count() {
        return ++made;
      }

      /** The one it is in. */
      public Kinds outer() {
        return Kinds.this;
      }
    }

    /** A shape. */
    public Shape shape(double side) {
      return new Square(side);
    }

    /** Of the subclass. */
    public Named named(double side) {
      return new Named(side);
    }

    /** Without a name. */
    public Shape anonymousShape() {
      return new Shape("anonymous") {
        @Override
        public double area() {
          return 7;
        }
      };
    }

    /** Of a shape of its caller. */
    public String described(Shape shape) {
      return shape.describe() + " " + shape.area();
    }

    /** A box of this. */
    public <T> Box<T> box(T value) {
      return new Box<>(value);
    }

    /** A box of a number. */
    public NumberBox<Integer> numberBox(int number) {
      return new NumberBox<>(number);
    }

    /** Not public. */
    public Greeter hidden() {
      return new Hidden();
    }

    /** Public again. */
    public Shown shown() {
      return new Shown();
    }

    /** Inside of this. */
    public Inner inner() {
      return new Inner();
    }

    /** How many were made. */
    public int made() {
      return made;
    }

    /** Without a name. */
    public Greeter anonymous(String greeting) {
      return new Greeter() {
        private int count;

        @Override
        public String greet(String name) {
          return greeting + " " + name + " " + ++count;
        }
      };
    }

    /** A local one. */
    public Greeter local(String greeting) {
      record Local(Supplier<String> supplier) {}

      class LocalGreeter implements Greeter {
        private final Local local = new Local(() -> greeting);

        @Override
        public String greet(String name) {
          return local.supplier().get() + " " + name;
        }
      }

      return new LocalGreeter();
    }

    /** Of the same class, as another loader has it. */
    public Greeter fromAnotherLoader() throws Exception {
      return (Greeter)
          new OwnLoader().loadClass(Reloaded.class.getName()).getConstructor().newInstance();
    }

    /** Greeted by who is given. */
    public String greeted(Greeter greeter) {
      return greeter.politely("Ada");
    }

    /** What it is given. */
    public Greeter same(Greeter greeter) {
      return greeter;
    }

    /** This. */
    public Kinds self() {
      return this;
    }

    /** Operators. */
    public Map<String, Operator> operators() {
      return Map.of("+", Operator.PLUS, "-", Operator.MINUS);
    }

    /** By each of them. */
    public int apply(Operator operator, int a, int b) {
      return operator.applyAsInt(a, b);
    }

    /** An expression of them. */
    public Expression sum(Expression... parts) {
      Expression sum = new Constant(0);
      for (Expression part : parts) {
        sum = new Operation(Operator.PLUS, sum, part);
      }
      return sum;
    }

    /** Its value. */
    public int value(Expression expression) {
      return evaluate(expression);
    }

    /** An account that may be closed. */
    public Account account(String owner) {
      return new Account(owner);
    }

    /** Those that may be closed. */
    public List<Account> accounts(String... owners) {
      var accounts = new ArrayList<Account>();
      for (String owner : owners) {
        accounts.add(new Account(owner));
      }
      return accounts;
    }

    /** The one that is more. */
    public Account later(Account one, Account other) {
      return one.compareTo(other) >= 0 ? one : other;
    }
  }

  /** Is loaded twice. */
  public static class Reloaded implements Greeter {
    private boolean ownLoader() {
      return getClass().getClassLoader() != Greeter.class.getClassLoader();
    }

    @Override
    public String greet(String name) {
      return "reloaded " + name + " " + ownLoader();
    }
  }

  private static final class OwnLoader extends ClassLoader {
    OwnLoader() {
      super(ClassesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(Reloaded.class.getName()) ? define(name) : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Each in its own way. */
  public enum Operator implements IntBinaryOperator {
    /** Adds. */
    PLUS("+") {
      @Override
      public int applyAsInt(int a, int b) {
        return a + b;
      }
    },
    /** Subtracts. */
    MINUS("-") {
      @Override
      public int applyAsInt(int a, int b) {
        return a - b;
      }
    };

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /** As written. */
    public String sign() {
      return sign;
    }
  }

  /** Is one of two. */
  public sealed interface Expression permits Constant, Operation {}

  /** One. */
  public record Constant(int value) implements Expression {}

  /** The other; takes no nulls. */
  public record Operation(Operator operator, Expression left, Expression right)
      implements Expression {
    /** Checks. */
    public Operation {
      if (operator == null || left == null || right == null) {
        throw new IllegalArgumentException("incomplete");
      }
    }
  }

  private static int evaluate(Expression expression) {
    if (expression instanceof Constant number) {
      return number.value();
    }
    Operation operation = (Operation) expression;
    return operation.operator().applyAsInt(evaluate(operation.left()), evaluate(operation.right()));
  }

  /** Has a value, an order and an end. */
  public static class Account
      implements Comparable<Account>, Closeable, Iterable<String>, Cloneable, CharSequence {
    private final String owner;
    private boolean closed;

    /** Of somebody. */
    public Account(String owner) {
      this.owner = owner;
    }

    /** Whose. */
    public String owner() {
      return owner;
    }

    /** Whether it ended. */
    public boolean closed() {
      return closed;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public int compareTo(Account other) {
      return owner.compareTo(other.owner());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Account account && account.owner().equals(owner);
    }

    @Override
    public int hashCode() {
      return owner.hashCode();
    }

    @Override
    public String toString() {
      return owner;
    }

    @Override
    public Iterator<String> iterator() {
      return List.of(owner, "and", "Co").iterator();
    }

    @Override
    public Account clone() {
      try {
        return (Account) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public int length() {
      return owner.length();
    }

    @Override
    public char charAt(int index) {
      return owner.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return owner.subSequence(start, end);
    }
  }

  @Conformance
  void anAbstractClassIsCalledAsItsSubclassDoesIt(Kinds kinds) {
    Shape shape = kinds.shape(3);
    assertThat(shape.area()).isEqualTo(9);
    assertThat(shape.describe()).isEqualTo("square of 9.0");
    assertThat(shape).isInstanceOf(Square.class);
    assertThat(((Square) shape).side()).isEqualTo(3);
    assertThat(kinds.anonymousShape().describe()).isEqualTo("anonymous of 7.0");
  }

  @Conformance
  void inheritedAndOverriddenMethodsAreTheObjectsOwn(Kinds kinds) {
    Named named = kinds.named(2);
    assertThat(named.describe()).isEqualTo("my square of 4.0");
    assertThat(named.self()).isSameAs(named);
    Square square = named;
    assertThat(square.self()).isSameAs(named);
    assertThat(((Shape) named).name()).isEqualTo("my square");
  }

  @Conformance
  void anObjectOfTheCallersAbstractClassIsCalled(Kinds kinds) {
    var own =
        new Shape("own") {
          int asked;

          @Override
          public double area() {
            return ++asked;
          }
        };
    assertThat(kinds.described(own)).isEqualTo("own of 1.0 2.0");
    assertThat(kinds.described(new Named(1))).isEqualTo("my square of 1.0 1.0");
    assertThat(kinds.described(kinds.named(1))).isEqualTo("my square of 1.0 1.0");
  }

  @Conformance
  void aGenericClassTakesAndGivesWhatItHolds(Kinds kinds) {
    Box<String> box = kinds.box("a");
    assertThat(box.get()).isEqualTo("a");
    assertThat(box.set("b")).isSameAs(box);
    assertThat(box.set("b").set("c").get()).isEqualTo("c");
    assertThat(box.map(String::length).get()).isEqualTo(1);
    assertThat(box.map(s -> kinds.box(s + s)).get().get()).isEqualTo("cc");
    Box<Kinds> own = kinds.box(kinds);
    assertThat(own.get()).isSameAs(kinds);
  }

  @Conformance
  void aBoundedGenericClassIsCalledThroughItsBridges(Kinds kinds) {
    NumberBox<Integer> box = kinds.numberBox(3);
    Box<Integer> same = box;
    assertThat(same.set(4)).isSameAs(box);
    assertThat(box.get()).isEqualTo(4);
    assertThat(box.compareTo(kinds.numberBox(5))).isNegative();
    assertThat(box.compareTo(new NumberBox<>(3))).isPositive();
    assertThat(new NumberBox<>(3).compareTo(box)).isNegative();
  }

  @Conformance
  void anObjectOfAClassThatIsNotPublicHasItsPublicTypes(Kinds kinds) {
    Greeter hidden = kinds.hidden();
    assertThat(hidden.greet("Ada")).isEqualTo("hidden Ada");
    assertThat(hidden.politely("Ada")).isEqualTo("Dear Ada, hidden Ada!");
    assertThat(hidden).isInstanceOf(Counting.class);
    assertThat(((Counting) hidden).count()).isEqualTo(2);
  }

  @Conformance
  void aPublicClassPassesOnWhatItInheritsFromOneThatIsNot(Kinds kinds) {
    Shown shown = kinds.shown();
    assertThat(shown.politely("Ada")).isEqualTo("shown Dear Ada, hidden Ada!");
    assertThat(shown.greet("Bob")).isEqualTo("hidden Bob");
    assertThat(shown.count()).isEqualTo(2);
    assertThat(shown.own()).isEqualTo("own");
  }

  @Conformance
  void defaultMethodsRunWhereTheObjectIs(Kinds kinds) {
    assertThat(kinds.greeted(kinds.hidden())).isEqualTo("Dear Ada, hidden Ada!");
    assertThat(kinds.greeted(name -> "own " + name)).isEqualTo("Dear Ada, own Ada!");
    assertThat(Greeter.nobody()).isEqualTo("nobody");
  }

  @Conformance
  void anInnerObjectSharesTheStateOfItsOuterOne(Kinds kinds) {
    Kinds.Inner inner = kinds.inner();
    assertThat(inner.count()).isEqualTo(1);
    assertThat(kinds.inner().count()).isEqualTo(2);
    assertThat(kinds.made()).isEqualTo(2);
    assertThat(inner.outer()).isSameAs(kinds);
  }

  @Conformance
  void anonymousAndLocalClassesKeepWhatTheySaw(Kinds kinds) {
    Greeter anonymous = kinds.anonymous("hello");
    assertThat(anonymous.greet("Ada")).isEqualTo("hello Ada 1");
    assertThat(anonymous.greet("Ada")).isEqualTo("hello Ada 2");
    assertThat(kinds.local("hi").greet("Bob")).isEqualTo("hi Bob");
  }

  @Conformance
  void anObjectOfAClassOfAnotherLoaderIsCalledThroughItsInterface(Kinds kinds) throws Exception {
    Greeter reloaded = kinds.fromAnotherLoader();
    assertThat(reloaded.greet("Ada")).isEqualTo("reloaded Ada true");
    assertThat(kinds.greeted(reloaded)).isEqualTo("Dear Ada, reloaded Ada true!");
    assertThat(kinds.same(reloaded)).isSameAs(reloaded);
    Greeter own = new Kinds().fromAnotherLoader();
    assertThat(kinds.greeted(own)).isEqualTo("Dear Ada, reloaded Ada true!");
    assertThat(kinds.same(own)).isSameAs(own);
  }

  /** Adds to what another does. */
  private static class Decorator implements Greeter {
    private final Greeter inner;
    private int calls;

    Decorator(Greeter inner) {
      this.inner = inner;
    }

    @Override
    public String greet(String name) {
      calls++;
      return "<" + inner.greet(name) + ">";
    }

    @Override
    public boolean equals(Object other) {
      return other == this || inner.equals(other);
    }

    @Override
    public int hashCode() {
      return inner.hashCode();
    }
  }

  @Conformance
  void aDecoratorOfTheCallersIsCalledAndNotUnwrapped(Kinds kinds) {
    Greeter inner = kinds.hidden();
    var decorator = new Decorator(inner);
    assertThat(kinds.greeted(decorator)).isEqualTo("Dear Ada, <hidden Ada>!");
    assertThat(decorator.calls).isEqualTo(1);
    assertThat(kinds.same(decorator)).isSameAs(decorator).isNotSameAs(inner);
    assertThat(kinds.greeted(new Decorator(decorator))).isEqualTo("Dear Ada, <<hidden Ada>>!");
    assertThat(((Counting) inner).count()).isEqualTo(2);
    assertThat(kinds.greeted(inner)).isEqualTo("Dear Ada, hidden Ada!");
  }

  /** Adds to what a class does. */
  private static class BoxDecorator extends Box<String> {
    private final Box<String> inner;

    BoxDecorator(Box<String> inner) {
      super("mine");
      this.inner = inner;
    }

    @Override
    public String get() {
      return super.get() + " " + inner.get();
    }
  }

  @Conformance
  void aSubclassOfTheCallersMayWrapAnObject(Kinds kinds) {
    Box<String> inner = kinds.box("inner");
    var decorator = new BoxDecorator(inner);
    Box<Box<String>> outer = kinds.box(decorator);
    assertThat(outer.get()).isSameAs(decorator);
    assertThat(outer.map(Box::get).get()).isEqualTo("mine inner");
  }

  @Conformance
  void whatReturnsThisReturnsTheSameObject(Kinds kinds) {
    assertThat(kinds.self()).isSameAs(kinds);
    assertThat(kinds.self().self().self()).isSameAs(kinds);
  }

  @Conformance
  void enumConstantsWithBodiesAreTheSame(Kinds kinds) {
    assertThat(kinds.operators().get("+")).isSameAs(Operator.PLUS);
    assertThat(kinds.apply(Operator.MINUS, 3, 1)).isEqualTo(2);
    assertThat(kinds.operators().get("-").applyAsInt(3, 1)).isEqualTo(2);
    assertThat(kinds.operators().get("-").sign()).isEqualTo("-");
    var names = new EnumMap<Operator, String>(Operator.class);
    kinds.operators().forEach((sign, operator) -> names.put(operator, sign));
    assertThat(names).containsEntry(Operator.PLUS, "+").hasSize(2);
    String said =
        switch (kinds.operators().get("+")) {
          case PLUS -> "plus";
          case MINUS -> "minus";
        };
    assertThat(said).isEqualTo("plus");
  }

  @Conformance
  void sealedInterfacesOfRecordsAreValues(Kinds kinds) {
    Expression expression = kinds.sum(new Constant(1), kinds.sum(new Constant(2), new Constant(3)));
    assertThat(evaluate(expression)).isEqualTo(6);
    assertThat(kinds.value(expression)).isEqualTo(6);
    assertThat(expression)
        .isInstanceOf(Operation.class)
        .isEqualTo(kinds.sum(new Constant(1), kinds.sum(new Constant(2), new Constant(3))));
    assertThatThrownBy(() -> kinds.sum((Expression) null))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("incomplete");
  }

  @Conformance
  void anObjectIsClosedByTry(Kinds kinds) {
    Account account = kinds.account("Ada");
    try (account) {
      assertThat(account.closed()).isFalse();
    }
    assertThat(account.closed()).isTrue();
  }

  @Conformance
  void objectsAreSortedAndFoundAsTheirClassSays(Kinds kinds) {
    List<Account> accounts = kinds.accounts("c", "a", "b");
    Collections.sort(accounts);
    assertThat(accounts).extracting(Account::owner).containsExactly("a", "b", "c");
    var sorted = new TreeSet<>(accounts);
    assertThat(sorted.first().owner()).isEqualTo("a");
    assertThat(sorted.contains(new Account("b"))).isTrue();
    assertThat(new HashSet<>(accounts).contains(kinds.account("c"))).isTrue();
    var numbers = new HashMap<Account, Integer>();
    numbers.put(kinds.account("x"), 1);
    assertThat(numbers.get(new Account("x"))).isEqualTo(1);
    assertThat((Object) new Account("x")).isEqualTo(kinds.account("x"));
    assertThat((Object) kinds.account("x")).isEqualTo(new Account("x")).hasToString("x");
    assertThat(kinds.account("x").hashCode()).isEqualTo("x".hashCode());
    Account own = new Account("z");
    assertThat((Object) kinds.later(own, kinds.account("y"))).isSameAs(own);
  }

  @Conformance
  void aLoopGoesOverAnObjectThatCanBeIterated(Kinds kinds) {
    var heard = new ArrayList<String>();
    for (String word : kinds.account("Ada")) {
      heard.add(word);
    }
    assertThat(heard).containsExactly("Ada", "and", "Co");
  }

  @Conformance
  void anObjectThatCanBeClonedIsClonedWhereItIs(Kinds kinds) {
    Account account = kinds.account("Ada");
    account.close();
    Account clone = account.clone();
    assertThat((Object) clone).isNotSameAs(account).isEqualTo(account);
    assertThat(clone.closed()).isTrue();
  }

  @Conformance
  @SuppressWarnings("UnnecessaryStringBuilder") // which takes it
  void anObjectThatIsACharSequenceIsTextWhereTextIsTaken(Kinds kinds) {
    Account account = kinds.account("Ada");
    assertThat(new StringBuilder().append(account).append((CharSequence) account).toString())
        .isEqualTo("AdaAda");
    assertThat(String.join("-", account, account)).isEqualTo("Ada-Ada");
    assertThat("x Ada y".contains(account)).isTrue();
    assertThat(account.chars().count()).isEqualTo(3);
  }

  @Conformance
  void theClassOfAnObjectIsASubclassOfItsOwn(Kinds kinds) {
    assertThat(Account.class).isAssignableFrom(kinds.account("Ada").getClass());
    assertThat(Account.class.isInstance(kinds.account("Ada"))).isTrue();
    assertThat(Account.class.cast(kinds.account("Ada")).owner()).isEqualTo("Ada");
  }
}
