package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Remote;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What nobody may call can still be held, told apart, and given back. */
@Timeout(60)
public class OpaqueHandlesTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(TwoSides.Transport.TCP);

  /** Gives one of its two things, and tells whether one of them came home. */
  public interface Drawer {
    Object get(int index);

    int indexOf(Object thing);
  }

  /** No public type; all of them are equal, and each says so on the side where it lives. */
  private static final class Hidden {
    @Override
    public boolean equals(Object other) {
      return other instanceof Hidden;
    }

    @Override
    public int hashCode() {
      return 42;
    }

    @Override
    public String toString() {
      return "hidden";
    }
  }

  private static final class PlainDrawer implements Drawer {
    private final List<Object> things = List.of(new Hidden(), new Hidden());

    @Override
    public Object get(int index) {
      return things.get(index);
    }

    @Override
    public int indexOf(Object thing) {
      for (int i = 0; i < things.size(); i++) {
        if (things.get(i) == thing) {
          return i;
        }
      }
      return -1;
    }
  }

  private Drawer drawer() {
    return sides.lookup(new PlainDrawer(), Drawer.class);
  }

  @Test
  void twoHandlesAreEqualIfTheyAreOfTheSameObject() {
    Drawer drawer = drawer();
    Object one = drawer.get(0);
    Object two = drawer.get(1);
    assertThat(one).isSameAs(drawer.get(0)).isEqualTo(drawer.get(0));
    assertThat(one).isNotEqualTo(two).isNotEqualTo(null).isNotEqualTo("hidden");
    assertThat(two).isNotEqualTo(one);
  }

  @Test
  void theHashCodeIsTheHandlesOwnAndStaysTheSame() {
    Drawer drawer = drawer();
    Object handle = drawer.get(0);
    int hash = handle.hashCode();
    for (int i = 0; i < 3; i++) {
      assertThat(drawer.get(0).hashCode()).isEqualTo(hash);
    }
  }

  @Test
  void itIsDescribedByItsPeerAndNumber() {
    Object handle = drawer().get(0);
    assertThat(handle).hasToString("object@" + sides.peer() + "#1");
    sides.peer().close();
    assertThat(handle).hasToString("object@" + sides.peer() + "#1 (disconnected)");
  }

  @Test
  void noneOfThisMakesACall() {
    Drawer drawer = drawer();
    var handles = new ArrayList<>(List.of(drawer.get(0), drawer.get(1)));
    long before = sides.peer().stats().requestsSent();
    assertThat(handles.indexOf(handles.get(1))).isEqualTo(1);
    assertThat(handles.get(0).hashCode()).isEqualTo(handles.get(0).hashCode());
    assertThat(handles.toString()).contains("object@");
    String onAThreadThatMustNotBlock =
        Mono.fromSupplier(() -> handles.get(0).toString())
            .subscribeOn(Schedulers.parallel())
            .block();
    assertThat(onAThreadThatMustNotBlock).isEqualTo(handles.get(0).toString());
    assertThat(sides.peer().stats().requestsSent()).isEqualTo(before);
    handles.clear();
  }

  @Test
  void itComesHomeAsItself() {
    Drawer drawer = drawer();
    assertThat(drawer.indexOf(drawer.get(0))).isZero();
    assertThat(drawer.indexOf(drawer.get(1))).isEqualTo(1);
    assertThat(drawer.indexOf(new Hidden())).isEqualTo(-1);
  }

  @Test
  void whoAsksByNameHearsTheObjectItself() {
    Object handle = drawer().get(0);
    assertThat(Remote.ref(handle).call("toString").block()).isEqualTo("hidden");
    assertThat(Remote.ref(handle).call("hashCode").block()).isEqualTo(42);
  }
}
