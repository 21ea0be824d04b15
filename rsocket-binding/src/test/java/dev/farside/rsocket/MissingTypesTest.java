package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Farside;
import dev.farside.NotPassableException;
import dev.farside.Peer;
import dev.farside.Remote;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to objects of classes that the other JVM does not have. */
class MissingTypesTest {
  /** Known on both sides. */
  public interface Known {
    String known();
  }

  /** Missing over there. */
  public interface Unknown {
    String unknown();
  }

  /** Missing over there. */
  public static class UnknownClass implements Known, Unknown {
    @Override
    public String known() {
      return "known";
    }

    @Override
    public String unknown() {
      return "unknown";
    }
  }

  /** Missing over there. */
  public record UnknownRecord(int number) {}

  /** Missing over there. */
  public enum UnknownEnum {
    ONE
  }

  /** Missing over there. */
  public static class UnknownException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public UnknownException(String message) {
      super(message);
    }
  }

  /** What the other JVM offers. */
  public interface Inspector {
    String inspect(Object object);

    Object echo(Object object);

    String call(Thrower thrower);
  }

  public interface Thrower {
    void run();
  }

  /** The other JVM. */
  public static final class Over {
    private Over() {}

    public static void main(String[] args) throws IOException {
      Inspector inspector =
          new Inspector() {
            @Override
            public String inspect(Object object) {
              return (object instanceof Known known ? known.known() : "opaque")
                  + " "
                  + Remote.isRemote(object);
            }

            @Override
            public Object echo(Object object) {
              return object;
            }

            @Override
            public String call(Thrower thrower) {
              try {
                thrower.run();
                return "nothing";
              } catch (RuntimeException e) {
                return e.getClass().getName() + ": " + e.getMessage();
              }
            }
          };
      OtherJvm.serve(
          Farside.builder().bind("inspector", inspector).build().listenNow("tcp://127.0.0.1:0"));
    }
  }

  private static OtherJvm other;
  private static Farside side;
  private static Inspector inspector;

  @BeforeAll
  static void connect() {
    other =
        OtherJvm.start(
            Over.class,
            OtherJvm.Kind.without(
                Unknown.class,
                UnknownClass.class,
                UnknownRecord.class,
                UnknownEnum.class,
                UnknownException.class),
            List.of());
    side = Farside.create();
    Peer peer = side.connectNow(other.uri());
    inspector = peer.lookup("inspector", Inspector.class);
  }

  @AfterAll
  static void close() {
    side.close();
    other.close();
  }

  @Test
  void anObjectOfAMissingClassIsAProxyOfTheTypesThatAreKnown() {
    assertThat(inspector.inspect(new UnknownClass())).isEqualTo("known true");
  }

  @Test
  void anObjectOfMissingTypesOnlyIsOpaqueAndComesHomeAsItself() {
    Unknown unknown = () -> "unknown";
    assertThat(inspector.inspect(unknown)).isEqualTo("opaque true");
    assertThat(inspector.echo(unknown)).isSameAs(unknown);
  }

  @Test
  void aMissingRecordOrEnumFailsThatCallInWords() {
    assertThatThrownBy(() -> inspector.inspect(new UnknownRecord(1)))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the class dev.farside.rsocket.MissingTypesTest$UnknownRecord is"
                + " not known here; add it to the receiver's class path");
    assertThatThrownBy(() -> inspector.inspect(UnknownEnum.ONE))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: the class dev.farside.rsocket.MissingTypesTest$UnknownEnum is not"
                + " known here; add it to the receiver's class path");
    assertThat(inspector.inspect("next")).isEqualTo("opaque false");
  }

  @Test
  void aMissingClassByNameIsAnOpaqueHandleThatComesHome() {
    assertThat(inspector.echo(UnknownRecord.class)).isSameAs(UnknownRecord.class);
  }

  @Test
  void aMissingExceptionArrivesAsItsNearestKnownSuperclass() {
    Thrower thrower =
        () -> {
          throw new UnknownException("no");
        };
    assertThat(inspector.call(thrower))
        .startsWith("java.lang.IllegalStateException: ")
        .contains(UnknownException.class.getName())
        .contains("no");
  }
}
