package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SmokeTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  @Test
  void aListIsLive() {
    List<Object> there = new ArrayList<>();
    List<Object> here = remote(there);
    here.add("a");
    here.add(1);
    assertThat(there).containsExactly("a", 1);
    assertThat(List.copyOf(here)).containsExactly("a", 1);
  }

  @SuppressWarnings("unchecked")
  private List<Object> remote(List<Object> list) {
    return sides.lookup(list, List.class);
  }
}
