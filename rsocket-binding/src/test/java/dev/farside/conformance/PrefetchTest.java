package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ByReference;
import dev.farside.ByValue;
import dev.farside.NotPassableException;
import dev.farside.Peer;
import dev.farside.Prefetch;
import dev.farside.Remote;
import java.util.ArrayList;
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
    private final List<String> marks = new ArrayList<>(List.of("new"));
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

    /** Those of now. */
    @Prefetch
    @ByValue
    public List<String> marks() {
      return marks;
    }

    /** The list itself, and not a copy. */
    @Prefetch
    @ByReference
    public List<String> parts() {
      return List.of("blade", "grip");
    }

    /** Cannot be copied. */
    @SuppressWarnings("UnnecessaryStringBuilder") // it is to be one
    @Prefetch
    @ByValue
    public Object stuck() {
      return new StringBuilder("stuck");
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
  void marksOfGettersDecideHowTheirResultsTravel(Box box) {
    Tool saw = box.tools().get(0);
    assertThat(saw.marks()).isExactlyInstanceOf(ArrayList.class).containsExactly("new");
    assertThat(Remote.isRemote(saw.parts())).isTrue();
    assertThat(saw.parts()).containsExactly("blade", "grip");
    assertThatThrownBy(saw::stuck).isExactlyInstanceOf(NotPassableException.class);
    assertThat(saw.name()).isEqualTo("saw");
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
