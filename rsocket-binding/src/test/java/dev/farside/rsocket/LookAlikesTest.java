package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.Exposure;
import dev.farside.NoSuchRemoteMethodException;
import dev.farside.Remotable;
import dev.farside.rsocket.TwoSides.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Objects that are seen as a well-known type for which Farside has no methods of its own there. */
public class LookAlikesTest {
  /** No collection, but has some methods of one. */
  public static class Duck {
    /** Of one element. */
    public Iterator<String> iterator() {
      return List.of("a").iterator();
    }

    /** One. */
    public int size() {
      return 1;
    }
  }

  /** Exposes some methods of a stream. */
  @Remotable
  public static class Marked extends InputStream {
    @Override
    public int read() {
      return -1;
    }

    @Override
    public int read(byte[] buffer, int from, int count) {
      buffer[from] = 7;
      return count;
    }
  }

  @RegisterExtension
  final TwoSides sides = TwoSides.over(Transport.TCP).far(b -> b.bind("duck", new Duck()));

  @RegisterExtension
  final TwoSides strict =
      TwoSides.over(Transport.TCP)
          .far(b -> b.bind("marked", new Marked()).exposure(Exposure.ANNOTATED));

  @Test
  void whatOnlyLooksLikeACollectionIsIterated() {
    Collection<?> duck = sides.peer().lookup("duck", Collection.class);
    assertThat(duck.size()).isEqualTo(1);
    Iterator<?> elements = duck.iterator();
    assertThat(elements.next()).isEqualTo("a");
    assertThat(elements.hasNext()).isFalse();
    var seen = new ArrayList<Object>();
    duck.forEach(seen::add);
    assertThat(seen).containsExactly("a");
    assertThat(duck.stream().count()).isEqualTo(1);
    assertThatThrownBy(() -> duck.contains("a"))
        .isInstanceOf(NoSuchRemoteMethodException.class)
        .hasMessageContaining("contains");
  }

  @Test
  void whatAMarkedStreamExposesIsRead() throws IOException {
    InputStream marked = strict.peer().lookup("marked", Marked.class);
    byte[] buffer = new byte[3];
    assertThat(marked.read()).isEqualTo(-1);
    assertThat(marked.read(buffer, 1, 2)).isEqualTo(2);
    assertThat(buffer).containsExactly(0, 7, 0);
    assertThatThrownBy(marked::readAllBytes).isInstanceOf(NoSuchRemoteMethodException.class);
  }
}
