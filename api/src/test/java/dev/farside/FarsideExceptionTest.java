package dev.farside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FarsideExceptionTest {
  static Stream<Class<?>> kinds() {
    return Stream.of(FarsideException.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFailureKeepsMessageAndCause(Class<? extends FarsideException> kind) throws Exception {
    var cause = new IllegalStateException("why");
    FarsideException failure =
        kind.getConstructor(String.class, Throwable.class).newInstance("what", cause);
    assertThat(failure).hasMessage("what").hasCause(cause);
    assertThat(kind.getConstructor(String.class).newInstance("what"))
        .hasMessage("what")
        .hasNoCause();
  }
}
