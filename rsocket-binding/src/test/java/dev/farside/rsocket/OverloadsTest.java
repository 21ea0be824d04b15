package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NoSuchRemoteMethodException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A call by name runs the method that a compiler would have chosen. */
public class OverloadsTest {
  /** Says which of its methods was called. */
  @SuppressWarnings("unused") // by name
  public static class Overloaded {
    public String none() {
      return "none()";
    }

    public String one(int a) {
      return "int";
    }

    public String wide(long a) {
      return "long";
    }

    public String wide(double a) {
      return "double";
    }

    public String boxed(Integer a) {
      return "Integer";
    }

    public String number(Number a) {
      return "Number";
    }

    public String number(Object a) {
      return "Object";
    }

    public String list(Collection<?> a) {
      return "Collection";
    }

    public String list(List<?> a) {
      return "List";
    }

    public String list(Iterable<?> a) {
      return "Iterable";
    }

    public String primitive(int a) {
      return "int";
    }

    public String primitive(Object a) {
      return "Object";
    }

    public String chars(char a) {
      return "char";
    }

    public String chars(String a) {
      return "String";
    }

    public String flag(boolean a) {
      return "boolean";
    }

    public String two(String a, Object b) {
      return "String,Object";
    }

    public String two(Object a, String b) {
      return "Object,String";
    }

    public String text(Serializable a) {
      return "Serializable";
    }

    public String text(Comparable<?> a) {
      return "Comparable";
    }

    public String arity(int a) {
      return "one";
    }

    public String arity(int a, int b) {
      return "two";
    }

    public String many(String a, int... rest) {
      return "String,int..." + rest.length;
    }

    public String many(String a) {
      return "String";
    }

    public String all(Object... rest) {
      return "Object..." + rest.length;
    }

    public String floats(float a) {
      return "float";
    }

    public String array(int[] a) {
      return "int[]" + a.length;
    }

    public String array(Object[] a) {
      return "Object[]" + a.length;
    }
  }

  private final Overloaded object = new Overloaded();

  private Object call(String name, @Nullable Object... arguments) throws Throwable {
    Overloads.Choice choice = Overloads.choose(ExportedType.of(object), name, arguments);
    @Nullable Object[] taken = choice.arguments();
    for (int i = 0; i < taken.length; i++) {
      Class<?> parameter = choice.method().parameterTypes()[i];
      taken[i] =
          parameter.isPrimitive() ? Numbers.widen(taken[i], Numbers.boxed(parameter)) : taken[i];
    }
    return choice.method().invoke(object, taken);
  }

  private static Arguments row(String chosen, String name, @Nullable Object... arguments) {
    return Arguments.of(chosen, name, arguments);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        row("none()", "none"),
        row("int", "one", 1),
        row("int", "one", (short) 1),
        row("int", "one", (byte) 1),
        row("int", "one", 'a'),
        row("long", "wide", 1),
        row("long", "wide", 1L),
        row("long", "wide", 'a'),
        row("double", "wide", 1f),
        row("double", "wide", 1d),
        row("Integer", "boxed", 1),
        row("Integer", "boxed", (Object) null),
        row("Number", "number", 1),
        row("Number", "number", 1.5),
        row("Object", "number", "text"),
        row("Number", "number", (Object) null),
        row("List", "list", new ArrayList<>()),
        row("Collection", "list", new java.util.HashSet<>()),
        row("List", "list", (Object) null),
        row("int", "primitive", 1),
        row("int", "primitive", 'a'),
        row("Object", "primitive", 1L),
        row("Object", "primitive", "text"),
        row("Object", "primitive", (Object) null),
        row("char", "chars", 'a'),
        row("String", "chars", "a"),
        row("String", "chars", (Object) null),
        row("boolean", "flag", true),
        row("String,Object", "two", "a", 1),
        row("Object,String", "two", 1, "b"),
        row("Serializable", "text", new ArrayList<>()),
        row("one", "arity", 1),
        row("two", "arity", 1, 2),
        row("String", "many", "a"),
        row("String,int...1", "many", "a", 1),
        row("String,int...2", "many", "a", 1, 2),
        row("String,int...3", "many", "a", new int[] {1, 2, 3}),
        row("Object...0", "all"),
        row("Object...2", "all", 1, "b"),
        row("Object...1", "all", 1),
        row("Object...3", "all", null, null, null),
        row("float", "floats", 1L),
        row("int[]2", "array", new int[] {1, 2}),
        row("Object[]1", "array", (Object) new String[] {"a"}));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void theMostSpecificMethodThatTakesTheArgumentsIsCalled(
      String chosen, String name, @Nullable Object[] arguments) throws Throwable {
    assertThat(call(name, arguments)).isEqualTo(chosen);
  }

  @Test
  void whatSeveralMethodsTakeEquallyWellIsAmbiguous() {
    assertThatThrownBy(() -> call("two", "a", "b"))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessage(
            "two(java.lang.String,java.lang.String) is ambiguous among"
                + " two(java.lang.Object,java.lang.String),"
                + " two(java.lang.String,java.lang.Object); call it through a face");
    assertThatThrownBy(() -> call("text", "a"))
        .hasMessage(
            "text(java.lang.String) is ambiguous among text(java.io.Serializable),"
                + " text(java.lang.Comparable); call it through a face");
    assertThatThrownBy(() -> call("array", (Object) null))
        .hasMessage(
            "array(null) is ambiguous among array(int[]), array(java.lang.Object[]); call it"
                + " through a face");
  }

  static Stream<Arguments> misfits() {
    return Stream.of(
        row("missing()", "missing"),
        row("none(java.lang.Integer)", "none", 1),
        row("one()", "one"),
        row("one(java.lang.Integer,java.lang.Integer)", "one", 1, 2),
        row("one(java.lang.Long)", "one", 1L),
        row("one(java.lang.String)", "one", "1"),
        row("one(null)", "one", (Object) null),
        row("boxed(java.lang.Short)", "boxed", (short) 1), // Java does not widen a box
        row("chars(java.lang.Integer)", "chars", 97), // nor narrow
        row("flag(java.lang.Integer)", "flag", 1),
        row("floats(java.lang.Double)", "floats", 1d),
        row("many()", "many"),
        row("many(java.lang.String,java.lang.String)", "many", "a", "b"),
        row("many(java.lang.String,java.lang.Integer,null)", "many", "a", 1, null),
        row("list(java.lang.String[])", "list", (Object) new String[0]));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void whatNoMethodTakesIsToldWithTheArguments(
      String wanted, String name, @Nullable Object[] arguments) {
    assertThatThrownBy(() -> call(name, arguments))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith(
            Overloaded.class.getName() + " has no public method " + wanted + "; it has ");
  }
}
