package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Blocking;
import dev.farside.NonCancellable;
import dev.farside.OneWay;
import dev.farside.Timeout;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the marks on a method, and on the types that have it, mean for it. */
class DeclarationsTest {
  interface Base {
    void call();

    @Timeout(1)
    void quick();
  }

  @Timeout(2)
  @OneWay
  interface Marked extends Base {
    void own();
  }

  @Timeout(3)
  interface Nearer extends Marked {}

  @Blocking
  interface Unrelated {}

  static class Plain implements Base, Unrelated {
    @Override
    public void call() {}

    @Override
    public void quick() {}
  }

  @NonCancellable
  static class Between extends Plain {}

  static final class Last extends Between {}

  private static Declarations of(Class<?> type, String method) throws NoSuchMethodException {
    return Declarations.of(type.getMethod(method), List.of(type));
  }

  @Test
  void aTypesMarkCountsForWhatItInherits() throws Exception {
    assertThat(of(Last.class, "call").isMarked(NonCancellable.class)).isTrue();
    assertThat(of(Plain.class, "call").isMarked(NonCancellable.class)).isFalse();
    assertThat(of(Marked.class, "call").timeout()).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void theMarkOfATypeThatDoesNotHaveTheMethodIsNotItsOwn() throws Exception {
    assertThat(of(Last.class, "call").isMarked(Blocking.class)).isFalse();
  }

  @Test
  void theNearestTimeoutCounts() throws Exception {
    assertThat(of(Base.class, "quick").timeout()).isEqualTo(Duration.ofMillis(1));
    assertThat(of(Last.class, "quick").timeout()).isEqualTo(Duration.ofMillis(1));
    assertThat(of(Last.class, "call").timeout()).isNull();
    assertThat(of(Nearer.class, "own").timeout()).isEqualTo(Duration.ofMillis(3));
    assertThat(of(Nearer.class, "quick").timeout()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void aTypesOneWayMarkCountsForWhatItDeclares() throws Exception {
    assertThat(of(Marked.class, "own").isOneWay()).isTrue();
    assertThat(of(Marked.class, "call").isOneWay()).isFalse();
  }
}
