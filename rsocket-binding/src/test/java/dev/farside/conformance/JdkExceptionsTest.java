package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.HttpRetryException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.rmi.RemoteException;
import java.sql.BatchUpdateException;
import java.sql.ClientInfoStatus;
import java.sql.DataTruncation;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLWarning;
import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.xml.sax.SAXParseException;

/** Exceptions of the JDK tell what they tell where they are thrown. */
@SuppressWarnings({"FormatString", "AlwaysThrows", "InvalidPatternSyntax"}) // which is the point
public class JdkExceptionsTest {
  /** What the JDK throws. */
  static final Map<String, Callable<?>> FAILURES = failures();

  /** Lives elsewhere. */
  public static class Jdk {
    /** Fails as the JDK does. */
    public Object fail(String how) throws Exception {
      return FAILURES.get(how).call();
    }
  }

  /** A driver's own kind. */
  public static class DriverException extends SQLException {
    private static final long serialVersionUID = 1;
    private final String position;

    DriverException(String reason, String state, String position) {
      super(reason, state, 7);
      this.position = position;
    }

    /** Where in the statement. */
    public String position() {
      return position;
    }

    @Override
    public String getMessage() {
      return super.getMessage() + " at " + position;
    }
  }

  @SuppressWarnings({"ReturnValueIgnored", "JavaUtilDate", "EmptyTopLevelDeclaration"})
  private static Map<String, Callable<?>> failures() {
    var failures = new TreeMap<String, Callable<?>>();
    failures.put("number", () -> Integer.parseInt("x"));
    failures.put("date", () -> LocalDate.parse("tomorrow"));
    failures.put("text", () -> NumberFormat.getInstance(Locale.ROOT).parse("x"));
    failures.put("pattern", () -> Pattern.compile("a("));
    failures.put("uri", () -> new URI("a:b c"));
    failures.put("path", () -> Path.of("a\u0000b"));
    failures.put("bundle", () -> ResourceBundle.getBundle("none"));
    failures.put("class", () -> Class.forName("none.Such"));
    failures.put("method", () -> String.class.getMethod("none"));
    failures.put("enum", () -> DayOfWeek.valueOf("Someday"));
    failures.put("file", () -> Files.readString(Path.of("none", "such")));
    failures.put("charset", () -> Charset.forName("none"));
    failures.put("charsetName", () -> Charset.forName("?"));
    failures.put(
        "malformed",
        () -> StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(new byte[] {-1})));
    failures.put("unmappable", () -> StandardCharsets.US_ASCII.newEncoder().encode(wide()));
    failures.put("formatConversion", () -> String.format("%d", "x"));
    failures.put("formatUnknown", () -> String.format("%q", "x"));
    failures.put("formatMissing", () -> String.format("%s %s", "x"));
    failures.put("formatWidth", () -> String.format("%-d", 1));
    failures.put("formatFlags", () -> String.format("%#d", 1));
    failures.put("formatTwice", () -> String.format("%--5d", 1));
    failures.put("formatPrecision", () -> String.format("%.1d", 1));
    failures.put("formatCodePoint", () -> String.format("%c", 0x110000));
    failures.put("formatBoth", () -> String.format("%-05d", 1));
    failures.put("locale", () -> new Locale.Builder().setLanguage("?!"));
    failures.put("index", () -> List.of(1).get(1));
    failures.put("arrayIndex", () -> new int[1][zero() - 1]);
    failures.put("cast", () -> (Integer) (Object) "x");
    failures.put("store", () -> ((Object[]) new String[1])[zero()] = 1);
    failures.put("size", () -> new int[zero() - 1]);
    failures.put("divide", () -> 1 / zero());
    failures.put("null", () -> nothing().length());
    failures.put("nullPlain", () -> Objects.requireNonNull(nothing()));
    failures.put("nullSaid", () -> Objects.requireNonNull(nothing(), "name"));
    failures.put("nullNew", () -> thrown(new NullPointerException()));
    failures.put("unsupported", () -> List.of().add(null));
    failures.put("empty", () -> new ArrayDeque<>().pop());
    failures.put("absent", () -> Optional.empty().orElseThrow());
    failures.put("target", () -> String.class.getMethod("repeat", int.class).invoke("x", -1));
    failures.put("targetSaid", () -> thrown(new InvocationTargetException(io(), "said")));
    failures.put("execution", () -> thrown(new ExecutionException(io())));
    failures.put("completion", () -> thrown(new CompletionException("said", io())));
    failures.put("unchecked", () -> thrown(new UncheckedIOException(io())));
    failures.put("directory", () -> thrown(new DirectoryNotEmptyException("dir")));
    failures.put("files", () -> thrown(new NoSuchFileException("a", "b", "c")));
    failures.put("retry", () -> thrown(new HttpRetryException("again", 307, "there")));
    failures.put("missingType", () -> thrown(new TypeNotPresentException("a.B", io())));
    failures.put("remote", () -> thrown(new RemoteException("far", io())));
    failures.put("sql", () -> thrown(new SQLException("reason", "08001", 17, io())));
    failures.put("sqlTimeout", () -> thrown(new SQLTimeoutException("slow", "57014", 3)));
    failures.put("sqlWarning", () -> thrown(new SQLWarning("look", "01000", 3)));
    failures.put("sqlDriver", () -> thrown(new DriverException("reason", "42601", "line 3")));
    failures.put("truncated", () -> thrown(new DataTruncation(1, true, false, 10, 5)));
    failures.put(
        "batch", () -> thrown(new BatchUpdateException("b", "s", 4, new int[] {1, -3, 2})));
    failures.put("client", () -> thrown(new SQLClientInfoException("c", "s", 5, unknown())));
    failures.put("xml", () -> thrown(new SAXParseException("x", "public", "system", 3, 7)));
    return failures;
  }

  private static Map<String, ClientInfoStatus> unknown() {
    return Map.of("key", ClientInfoStatus.REASON_UNKNOWN);
  }

  private static java.nio.CharBuffer wide() {
    return java.nio.CharBuffer.wrap("\u00e4");
  }

  private static IOException io() {
    return new IOException("io");
  }

  private static int zero() {
    return List.of().size();
  }

  @SuppressWarnings("NullAway")
  private static String nothing() {
    return null;
  }

  private static Object thrown(Exception exception) throws Exception {
    throw exception;
  }

  @Conformance
  void everythingThatTheyTellIsTheSame(Jdk jdk) {
    FAILURES.forEach(
        (how, failure) -> {
          Throwable expected = catchThrowable(failure::call);
          Throwable caught = catchThrowable(() -> jdk.fail(how));
          assertSame(how, caught, expected);
        });
  }

  private static void assertSame(String how, Throwable caught, Throwable expected) {
    assertThat(caught).as(how).isNotNull().hasSameClassAs(expected);
    assertThat(caught.toString()).as(how).isEqualTo(expected.toString());
    assertThat(told(caught)).as(how).isEqualTo(told(expected));
    Throwable cause = expected.getCause();
    if (cause == null) {
      assertThat(caught.getCause()).as(how).isNull();
    } else {
      assertSame(how, caught.getCause(), cause);
    }
    assertThat(caught.getSuppressed()).as(how).hasSameSizeAs(expected.getSuppressed());
  }

  /** What the accessors say, in words. */
  private static List<String> told(Throwable throwable) {
    var told = new ArrayList<String>();
    for (Method method : throwable.getClass().getMethods()) {
      if (method.getParameterCount() == 0
          && !Modifier.isStatic(method.getModifiers())
          && Modifier.isPublic(method.getDeclaringClass().getModifiers())
          && !List.of("hashCode", "getStackTrace", "fillInStackTrace", "iterator", "spliterator")
              .contains(method.getName())
          && method.getReturnType() != void.class) {
        told.add(method.getName() + "=" + said(method, throwable));
      }
    }
    told.sort(null);
    return told;
  }

  private static String said(Method method, Throwable throwable) {
    try {
      Object said = method.invoke(throwable);
      return said instanceof int[] numbers
          ? Arrays.toString(numbers)
          : said instanceof long[] longs
              ? Arrays.toString(longs)
              : said instanceof Object[] others ? others.length + "" : String.valueOf(said);
    } catch (ReflectiveOperationException e) {
      return "cannot be asked: " + e.getCause();
    }
  }

  /** Lives elsewhere. */
  public static class Database {
    /** Fails with several. */
    public void batch() throws SQLException {
      var first = new SQLException("first", "1");
      first.setNextException(new SQLException("second", "2"));
      first.setNextException(new SQLException("third", "3"));
      throw first;
    }
  }

  @Conformance
  void anSqlExceptionKnowsTheNextOnes(Database database) {
    SQLException caught = (SQLException) catchThrowable(database::batch);
    var states = new ArrayList<String>();
    for (SQLException e = caught; e != null; e = e.getNextException()) {
      states.add(e.getSQLState());
    }
    assertThat(states).containsExactly("1", "2", "3");
    var all = new ArrayList<Throwable>();
    caught.iterator().forEachRemaining(all::add);
    assertThat(all).hasSize(3).extracting(Throwable::getMessage).endsWith("second", "third");
  }
}
