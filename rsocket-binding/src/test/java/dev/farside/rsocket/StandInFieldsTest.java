package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Farside;
import dev.farside.Listener;
import dev.farside.Remote;
import dev.farside.rsocket.Classes.Account;
import dev.farside.rsocket.Classes.Card;
import dev.farside.rsocket.Classes.HiddenCard;
import dev.farside.rsocket.TwoSides.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

/** What the fields of a stand-in hold. */
class StandInFieldsTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  private Supplier<?> giving(Object there) {
    return sides.lookup((Supplier<Object>) () -> there, Supplier.class);
  }

  @Test
  void publicFinalFieldsArriveWithTheirObject() {
    var there = new Card("Ada", List.of(1));
    Card here = (Card) giving(there).get();
    assertThat(here.name).isEqualTo("Ada");
    assertThat(here.number).isEqualTo(3);
    assertThat(here.content).isEqualTo(List.of(1));
    assertThat(here.account.deposit(7).balance()).isEqualTo(7);
    assertThat(there.account.balance()).isEqualTo(7);
    assertThat(here.read()).isEqualTo("Ada");
  }

  @Test
  void allOtherFieldsHaveTheirDefaultValues() {
    var there = new HiddenCard("Ada", null);
    there.note = "changed";
    Card here = (Card) giving(there).get();
    assertThat(here.name).isEqualTo("Ada");
    assertThat(here.note).isNull();
    assertThat(here.finished).as("nothing can stand in for it").isNull();
  }

  @Test
  void aFieldHoldsTheSameProxyAsAnyOtherPlace() {
    var account = new Account("Ada", 1);
    var card = new Card("Ada", account);
    Object[] here = (Object[]) giving(new Object[] {card, account}).get();
    assertThat(((Card) here[0]).content).isSameAs(here[1]);
  }

  @Test
  void objectsWithFieldsMayReferToEachOther() {
    Object[] holder = new Object[1];
    var card = new Card("Ada", holder);
    holder[0] = new Card("Bob", card);
    Card ada = (Card) giving(card).get();
    Card bob = (Card) ((Object[]) ada.content)[0];
    assertThat(bob.name).isEqualTo("Bob");
    assertThat(bob.content).isSameAs(ada);
  }

  @Test
  void whatWasReferredToWithoutItsFieldsHasThemOnceItArrivesByItself() {
    Card first = new Card("0", null);
    Card chain = first;
    for (int i = 1; i <= 300; i++) {
      chain = new Card(String.valueOf(i), chain);
    }
    Card here = (Card) giving(chain).get();
    while (here.content != null) {
      here = (Card) here.content;
    }
    assertThat(here.name).isNull();
    assertThat(here.read()).isEqualTo("172");
    String there = here.read();
    Card cut = chain;
    while (!cut.name.equals(there)) {
      cut = (Card) cut.content;
    }
    assertThat(giving(cut).get()).isSameAs(here);
    assertThat(here.name).isEqualTo("172");
  }

  @Test
  void everyFaceOfAnObjectHasItsFields() {
    Object here = Remote.as(giving(new Card("Ada", 1)).get(), Supplier.class);
    System.gc(); // the stand-in of its own types may be gone
    assertThat(Remote.as(here, Card.class).name).isEqualTo("Ada");
  }

  interface Cards {
    Flux<Card> all();

    boolean isNamed(Card card, String name);

    Card same(Card card);
  }

  /** Given cards, it looks at their fields. */
  public static class PlainCards implements Cards {
    private final List<Object> live = new ArrayList<>(List.of(1));

    @Override
    public Flux<Card> all() {
      return Flux.just(new Card("Ada", live), new Card("Bob", live));
    }

    @Override
    public boolean isNamed(Card card, String name) {
      return card.name.equals(name);
    }

    @Override
    public Card same(Card card) {
      return card;
    }
  }

  @Test
  void fieldsArriveWithArgumentsAndItemsToo() {
    var there = new PlainCards();
    Cards here = sides.lookup(there, Cards.class);
    assertThat(here.isNamed(new Card("Ada", null), "Ada")).isTrue();
    List<Card> all = here.all().collectList().block();
    assertThat(all).extracting(card -> card.name).containsExactly("Ada", "Bob");
    assertThat(Remote.isRemote(all.get(0).content)).as("a live list").isTrue();
  }

  @Test
  void whatComesHomeIsLeftAlone() {
    Cards here = sides.lookup(new PlainCards(), Cards.class);
    var card = new Card("Ada", new int[] {1});
    Object content = card.content;
    assertThat(here.same(card)).isSameAs(card);
    assertThat(card.content).isSameAs(content);
  }

  @Test
  void fieldsArriveAtAThirdSideToo() {
    Supplier<?> there = giving(new Card("Ada", 1));
    Farside middle = Farside.create();
    try (Listener listener = middle.listenNow("local://" + UUID.randomUUID())) {
      UnaryOperator<Object> give = ignored -> there.get();
      middle.bind("give", give);
      Farside third = Farside.create();
      UnaryOperator<?> far = third.connectNow(listener.uri()).lookup("give", UnaryOperator.class);
      assertThat(((Card) far.apply(null)).name).isEqualTo("Ada");
      third.close();
    } finally {
      middle.close();
    }
  }

  @Test
  void ofANameNothingHasArrived() {
    assertThat(sides.lookup(new Card("Ada", 1), Card.class).name).isNull();
  }
}
