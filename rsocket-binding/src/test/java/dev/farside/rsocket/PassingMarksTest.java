package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ByReference;
import dev.farside.ByValue;
import dev.farside.NotPassableException;
import dev.farside.Remote;
import dev.farside.RemoteBiFunction;
import dev.farside.rsocket.Classes.Account;
import dev.farside.rsocket.PassingTest.Box;
import dev.farside.rsocket.PassingTest.PlainShelf;
import dev.farside.rsocket.PassingTest.Referenced;
import dev.farside.rsocket.PassingTest.Shelf;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What marks on types, parameters and results, and of one value, say of how it is passed. */
public class PassingMarksTest {
  @RegisterExtension
  final TwoSides sides =
      TwoSides.over(Transport.TCP).far(builder -> builder.allowImport(Arrived.class));

  private final PlainShelf there = new PlainShelf();

  private Shelf shelf() {
    return sides.lookup(there, Shelf.class);
  }

  @Test
  void aRecordMarkedByReferenceIsAProxy() {
    there.put(new Referenced("Ada"));
    Object here = shelf().get();
    assertThat(Remote.isRemote(here)).isTrue();
    assertThat(((Supplier<?>) here).get()).isEqualTo("Ada");
    there.put(null);
  }

  interface Marks {
    boolean isRemote(@ByValue Object copied, @ByReference Object referenced);

    @ByValue
    List<Object> copied();

    @ByReference
    Supplier<String> referenced();

    Object plain(Object value);
  }

  interface UnmarkedMarks {
    List<Object> copied();

    Supplier<String> referenced();
  }

  public record Name(String name) implements Supplier<String> {
    @Override
    public String get() {
      return name;
    }
  }

  public static class PlainMarks implements Marks {
    private Object seen;

    @Override
    public boolean isRemote(Object copied, Object referenced) {
      seen = copied;
      return Remote.isRemote(copied) || !Remote.isRemote(referenced);
    }

    @Override
    public List<Object> copied() {
      return new ArrayList<>(List.of("a", new ArrayList<>(List.of("b"))));
    }

    @Override
    public Supplier<String> referenced() {
      return new Name("Ada");
    }

    @Override
    public Object plain(Object value) {
      return value;
    }
  }

  @Test
  void marksOfParametersAndResultsOverrideTheClass() {
    var marks = new PlainMarks();
    Marks here = sides.lookup(marks, Marks.class);
    List<Object> list = new ArrayList<>(List.of("a"));
    assertThat(here.isRemote(list, new Name("Ada"))).isFalse();
    assertThat(marks.seen).isEqualTo(list);
    assertThat(here.copied()).isEqualTo(List.of("a", List.of("b")));
    assertThat(Remote.isRemote(here.copied())).isFalse();
    assertThat(Remote.isRemote(here.copied().get(1))).isFalse();
    assertThat(Remote.isRemote(here.referenced())).isTrue();
    assertThat(here.referenced().get()).isEqualTo("Ada");
  }

  interface MarkedItems {
    @ByReference
    Flux<Supplier<String>> flux();

    @ByValue
    Stream<List<String>> stream();

    Mono<Boolean> areRemote(@ByReference Flux<Name> names);
  }

  interface UnmarkedItems {
    Flux<Supplier<String>> flux();

    Stream<List<String>> stream();
  }

  public static class PlainItems implements MarkedItems {
    @Override
    public Flux<Supplier<String>> flux() {
      return Flux.just(new Name("Ada"), new Name("Bob"));
    }

    @Override
    public Stream<List<String>> stream() {
      return Stream.of(new ArrayList<>(List.of("a")));
    }

    @Override
    public Mono<Boolean> areRemote(Flux<Name> names) {
      return ((Flux<?>) names).all(Remote::isRemote);
    }
  }

  @Test
  void marksOfAMethodThatGivesItemsCountForEach() {
    MarkedItems here = sides.lookup(new PlainItems(), MarkedItems.class);
    assertThat(here.flux().collectList().block())
        .hasSize(2)
        .allMatch(Remote::isRemote)
        .extracting(Supplier::get)
        .containsExactly("Ada", "Bob");
    assertThat(here.stream()).containsExactly(List.of("a")).noneMatch(Remote::isRemote);
    assertThat(here.areRemote(Flux.just(new Name("Ada"))).block()).isTrue();
  }

  @Test
  void marksOfTheOwnersMethodThatGivesItemsCountForFacesWithoutThem() {
    UnmarkedItems here = sides.lookup(new PlainItems(), UnmarkedItems.class);
    assertThat(here.flux().collectList().block()).hasSize(2).allMatch(Remote::isRemote);
    assertThat(here.stream()).containsExactly(List.of("a")).noneMatch(Remote::isRemote);
  }

  @Test
  void marksOfTheOwnersInterfaceCountForFacesWithoutThem() {
    UnmarkedMarks here = sides.lookup(new PlainMarks(), UnmarkedMarks.class);
    assertThat(Remote.isRemote(here.copied())).isFalse();
    assertThat(Remote.isRemote(here.referenced())).isTrue();
  }

  @Test
  void marksOfAnInterfaceCountWhereAClassImplementsIt() {
    interface Gives {
      Object give();
    }
    Gives there = Classes.MarksHolder::new;
    Classes.MarksHolder here = (Classes.MarksHolder) sides.lookup(there, Gives.class).give();
    assertThat(here.isRemote(new ArrayList<>(List.of(1)))).isFalse();
    assertThat(Remote.isRemote(here.copied())).isFalse();
  }

  @Test
  void anUnmarkedClassCannotBePassedByValue() {
    Marks here = sides.lookup(new PlainMarks(), Marks.class);
    assertThatThrownBy(() -> here.isRemote(new Account("Ada", 1), 1))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0]: dev.farside.rsocket.Classes$Account cannot be copied; mark it"
                + " @ByValue or register it with valueType on both sides");
    interface GivesAccount {
      @ByValue
      Account give();
    }
    GivesAccount gives = () -> new Account("Ada", 1);
    assertThatThrownBy(() -> sides.lookup(gives, GivesAccount.class).give())
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass result: dev.farside.rsocket.Classes$Account cannot be copied; mark it"
                + " @ByValue or register it with valueType on both sides");
  }

  @Test
  void aProxyPassedByValueStaysAProxy() {
    there.put(new Account("Ada", 1));
    Object proxy = shelf().get();
    var marks = new PlainMarks();
    sides.lookup(marks, Marks.class).isRemote(proxy, 1);
    assertThat(marks.seen).isSameAs(there.get());
  }

  @Test
  void byReferencePassesOneValueInOneMessageByReference() {
    var name = new Name("Ada");
    Shelf here = shelf();
    here.put(Remote.byReference(name));
    assertThat(Remote.isRemote(there.get())).isTrue();
    assertThat(here.get()).isSameAs(name);
    here.put(name);
    assertThat(there.get()).isEqualTo(name);
    assertThat(Remote.isRemote(there.get())).isFalse();
    here.put(new Box(Remote.byReference(name)));
    assertThat(Remote.isRemote(((Box) there.get()).content())).isTrue();
    there.put(null);
  }

  /** Tells how its arguments came. */
  public static class Arrived {
    private final String how;

    public Arrived(@ByValue List<String> copied, @ByReference Supplier<String> referenced) {
      how = Remote.isRemote(copied) + " " + Remote.isRemote(referenced);
    }

    public Arrived(String first, @ByReference Object... rest) {
      how = first + " " + Stream.of(rest).map(Remote::isRemote).toList();
    }

    public String how() {
      return how;
    }
  }

  @Test
  void marksOfAConstructorsParametersCount() throws Exception {
    var list = new ArrayList<>(List.of("a"));
    var name = new Name("Ada");
    RemoteBiFunction<List<String>, Supplier<String>, Arrived> make =
        sides.peer().importBiFunction(Arrived::new);
    assertThat(make.apply(list, name).how()).isEqualTo("false true");
    assertThat(sides.peer().create(Arrived.class, list, name).how()).isEqualTo("false true");
    assertThat(sides.peer().create(Arrived.class, "rest", name, name).how())
        .isEqualTo("rest [true, true]");
  }
}
