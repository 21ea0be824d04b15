package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Farside;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotPassableException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two sides with different versions of the same types: only the calls that need them fail. */
@Timeout(60)
public class VersionSkewTest {
  private static final String OLD =
      """
      package dev.farside.rsocket;

      import dev.farside.Farside;

      public class VersionSkewTest {
        public record Point(int x) {}

        public enum Color { RED, GREEN }

        public static class Failure extends RuntimeException {
          final String old;

          Failure(String message) {
            super(message);
            old = "old";
          }
        }

        public interface Service {
          String same(String text);

          String removed();

          long changed(int number);

          Point point();

          Object echo(Object value);

          String name(Color color);

          void fail();
        }

        public static class Plain implements Service {
          public String same(String text) { return text; }

          public String removed() { return "removed"; }

          public long changed(int number) { return number; }

          public Point point() { return new Point(1); }

          public Object echo(Object value) { return value; }

          public String name(Color color) { return color.name(); }

          public void fail() { throw new Failure("failed"); }
        }

        public static void main(String[] args) throws Exception {
          OtherJvm.serve(
              Farside.builder().bind("service", new Plain()).build()
                  .listenNow("tcp://127.0.0.1:0"));
        }
      }
      """;

  /** With one more component. */
  public record Point(int x, int y) {}

  /** With one more constant. */
  public enum Color {
    RED,
    GREEN,
    BLUE
  }

  /** With another field. */
  public static class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    final String now;

    Failure(String message) {
      super(message);
      now = "now";
    }
  }

  /** With other methods. */
  public interface Service {
    String same(String text);

    String added(int number, Point point);

    long changed(long number);

    Point point();

    Object echo(Object value);

    String name(Color color);

    void fail();
  }

  @TempDir static Path classes;
  private static OtherJvm other;
  private static Farside side;
  private static Service service;

  @BeforeAll
  static void connect() throws IOException {
    Path source = classes.resolve("VersionSkewTest.java");
    Files.writeString(source, OLD);
    String path = System.getProperty("java.class.path");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                path,
                "-d",
                classes.toString(),
                source.toString());
    assertThat(result).isZero();
    var old = new OtherJvm.Kind(classes + File.pathSeparator + path, List.of());
    other = OtherJvm.start(VersionSkewTest.class, old, List.of());
    side = Farside.create();
    service = side.connectNow(other.uri()).lookup("service", Service.class);
  }

  @AfterAll
  static void close() {
    side.close();
    other.close();
  }

  private static void theNextCallWorks() {
    assertThat(service.same("next")).isEqualTo("next");
  }

  @Test
  void aMethodThatTheOwnerDoesNotHaveIsNamedWithThoseThatItHas() {
    assertThatThrownBy(() -> service.added(1, new Point(1, 2)))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith("Service.added(int,Point) on tcp://127.0.0.1:")
        .hasMessageContaining(
            ": dev.farside.rsocket.VersionSkewTest$Plain has no public method of this signature;"
                + " it has changed(int), echo(java.lang.Object), ")
        .hasMessageContaining("removed()");
    theNextCallWorks();
  }

  @Test
  void aMethodWithOtherParametersIsNamedWithBothSignatures() {
    assertThatThrownBy(() -> service.changed(1))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageStartingWith("Service.changed(long) on ")
        .hasMessageContaining("changed(int)");
    theNextCallWorks();
  }

  @Test
  void aRecordWithOtherComponentsIsNamedWithBothBothWays() {
    String type = "dev.farside.rsocket.VersionSkewTest$Point";
    assertThatThrownBy(() -> service.echo(new Point(1, 2)))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the record is "
                + type
                + "(int x,int y) at the sender and "
                + type
                + "(int x) here; both sides need the same version");
    assertThatThrownBy(service::point)
        .isInstanceOf(NotPassableException.class)
        .hasMessageContaining(
            "the record is "
                + type
                + "(int x) at the sender and "
                + type
                + "(int x,int y) here; both sides need the same version");
    theNextCallWorks();
  }

  @Test
  void anEnumConstantThatIsMissingIsNamedWithThoseThatAreThere() {
    assertThat(service.name(Color.RED)).isEqualTo("RED");
    assertThat(service.echo(Color.GREEN)).isSameAs(Color.GREEN);
    assertThatThrownBy(() -> service.name(Color.BLUE))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the enum dev.farside.rsocket.VersionSkewTest$Color has no"
                + " constant BLUE here, but RED, GREEN; both sides need the same version");
    theNextCallWorks();
  }

  @Test
  void anExceptionWithOtherFieldsArrivesWithThoseThatBothHave() {
    assertThatThrownBy(service::fail)
        .isExactlyInstanceOf(Failure.class)
        .hasMessage("failed")
        .satisfies(e -> assertThat(((Failure) e).now).isNull())
        .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
  }
}
