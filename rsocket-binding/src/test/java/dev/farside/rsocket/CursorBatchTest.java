package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ProtocolException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer may send as elements of a collection, and may not. */
public class CursorBatchTest {
  private static Object[] elements() {
    return new Object[] {"a", new Object[] {"key", "value"}, null};
  }

  private static Object sent(int... entries) {
    return new Object[] {true, entries, 7, elements()};
  }

  @Test
  void elementsAndEntriesAreTaken() {
    CursorBatch batch = CursorBatch.of(sent(1));
    assertThat(batch.more()).isTrue();
    assertThat(batch.entries()).containsExactly(1);
    assertThat(batch.firstEntry()).isEqualTo(7);
    assertThat(batch.elements()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 3, Integer.MAX_VALUE})
  void whatIsNoEntryIsRefused(int index) {
    assertThatThrownBy(() -> CursorBatch.of(sent(index))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void anEntryThatIsNamedTwiceIsRefused() {
    assertThatThrownBy(() -> CursorBatch.of(sent(1, 1))).isInstanceOf(ProtocolException.class);
  }

  @Test
  void anythingElseIsRefused() {
    for (Object sent :
        Arrays.asList(
            null,
            "a",
            new Object[0],
            new Object[] {"yes", new int[0], 0, elements()},
            new Object[] {true, null, 0, elements()},
            new Object[] {true, new int[0], "0", elements()},
            new Object[] {true, new int[0], 0, "a"})) {
      assertThatThrownBy(() -> CursorBatch.of(sent))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("something else than elements");
    }
  }
}
