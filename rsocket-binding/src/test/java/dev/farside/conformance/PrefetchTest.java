package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Peer;
import dev.farside.Prefetch;
import java.util.List;

/** Getters whose results travel with the reference. */
public class PrefetchTest {
  /** What has a name and an owner. */
  public interface Named {
    /** Never changes. */
    @Prefetch
    String name();
  }

  /** What lives elsewhere. */
  public static class Tool implements Named {
    private final String name;
    private int uses;

    Tool(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    /** May be a little old. */
    @Prefetch
    public int uses() {
      return uses;
    }

    /** May be nobody. */
    @Prefetch
    public Named owner() {
      return null;
    }

    /** Never gives anything. */
    @Prefetch
    public String broken() {
      throw new IllegalStateException("broken");
    }

    /** Counts. */
    public Tool use() {
      uses++;
      return this;
    }
  }

  /** Has tools. */
  public static class Box {
    private final List<Tool> tools = List.of(new Tool("saw"), new Tool("hammer"));

    /** The same ones each time. */
    public List<Tool> tools() {
      return tools;
    }
  }

  @Conformance
  void gettersGiveWhatTheObjectHas(Box box) {
    Tool saw = box.tools().get(0);
    assertThat(saw.name()).isEqualTo("saw");
    assertThat(((Named) saw).name()).isEqualTo("saw");
    assertThat(saw.owner()).isNull();
    assertThat(saw.use().uses()).isEqualTo(1);
    assertThat(box.tools().get(0).uses()).isEqualTo(1);
    assertThatThrownBy(saw::broken).isInstanceOf(IllegalStateException.class);
  }

  @Conformance(here = false)
  void gettersTakeNoRequest(Box box, Peer peer) {
    List<Tool> tools = box.tools();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) { // now and then the end of old references is told meanwhile
      long before = peer.stats().requestsSent();
      assertThat(tools.get(0).name() + tools.get(1).name()).isEqualTo("sawhammer");
      assertThat(tools.get(0).uses()).isZero();
      least = Math.min(least, peer.stats().requestsSent() - before);
    }
    assertThat(least).isZero();
  }
}
