package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Never more than was requested, never more at a time than a window. */
class ItemCreditTest {
  private final ItemCredit credit = new ItemCredit();

  @Test
  void nothingIsGrantedThatWasNotRequested() {
    assertThat(credit.grant()).isZero();
    credit.received(0, 0);
    assertThat(credit.grant()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 15, 16})
  void aSmallDemandIsGrantedOnce(long demand) {
    credit.demand(demand);
    assertThat(credit.grant()).isEqualTo(demand);
    assertThat(credit.grant()).isZero();
  }

  @Test
  void demandAddsUp() {
    credit.demand(1);
    credit.demand(2);
    assertThat(credit.grant()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {17, 1000, Long.MAX_VALUE})
  void aLargeDemandBeginsWithAWindowOfSixteen(long demand) {
    credit.demand(demand);
    assertThat(credit.grant()).isEqualTo(16);
    assertThat(credit.grant()).isZero();
  }

  @Test
  void moreIsGrantedOnceHalfOfTheWindowHasArrived() {
    credit.demand(Long.MAX_VALUE);
    assertThat(credit.grant()).isEqualTo(16);
    credit.received(1, 0); // 15 on their way, the window is 32 now
    assertThat(credit.grant()).isEqualTo(17);
    credit.received(1, 0); // 31 on their way, the window is 64
    assertThat(credit.grant()).isEqualTo(33);
    credit.received(0, 0); // nothing changes
    assertThat(credit.grant()).isZero();
  }

  @Test
  void theWindowOfTinyItemsGrowsToAThousandAndTwentyFour() {
    credit.demand(Long.MAX_VALUE);
    long outstanding = credit.grant();
    long most = 0;
    for (int i = 0; i < 100; i++) {
      credit.received((int) outstanding, (int) outstanding);
      outstanding = credit.grant();
      most = Math.max(most, outstanding);
    }
    assertThat(most).isEqualTo(1024);
  }

  @ParameterizedTest
  @CsvSource({
    "1024, 1024", // a mebibyte at most
    "4096, 256",
    "65536, 16",
    "262144, 4",
    "524288, 2",
    "1048576, 2", // two at least, so that one can be on its way while one is used
    "16777216, 2"
  })
  void theWindowHoldsAMebibyte(int itemBytes, long window) {
    credit.demand(Long.MAX_VALUE);
    long outstanding = credit.grant();
    for (int i = 0; i < 40; i++) {
      for (long item = 0; item < outstanding; item++) {
        credit.received(1, itemBytes);
      }
      outstanding = credit.grant();
    }
    assertThat(outstanding).isEqualTo(window);
  }

  @Test
  void theWindowShrinksWhenItemsBecomeLarge() {
    credit.demand(Long.MAX_VALUE);
    long outstanding = credit.grant();
    for (int i = 0; i < 20; i++) {
      credit.received((int) outstanding, (int) outstanding);
      outstanding = credit.grant();
    }
    assertThat(outstanding).isEqualTo(1024);
    for (long item = 0; item < 1024; item++) {
      credit.received(1, 1 << 20);
    }
    assertThat(credit.grant()).isEqualTo(2);
  }

  @Test
  void unlimitedDemandStaysUnlimited() {
    credit.demand(Long.MAX_VALUE);
    credit.demand(Long.MAX_VALUE);
    credit.demand(1);
    long total = 0;
    for (int i = 0; i < 10_000; i++) {
      long granted = credit.grant();
      assertThat(granted).isPositive();
      total += granted;
      credit.received((int) granted, (int) granted);
    }
    assertThat(total).isGreaterThan(5_000_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverArrivesNoMoreIsGrantedThanWasRequestedAndAllOfItInTheEnd(long seed) {
    var random = new Random(seed);
    long requested = 0;
    long granted = 0;
    long arrived = 0;
    for (int i = 0; i < 2000; i++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          int more = 1 + random.nextInt(50);
          requested += more;
          credit.demand(more);
        }
        case 1 -> granted += credit.grant();
        default -> {
          int items = (int) Math.min(granted - arrived, random.nextInt(30));
          arrived += items;
          credit.received(items, items * random.nextInt(1 << 16));
        }
      }
      assertThat(granted).isLessThanOrEqualTo(requested);
      assertThat(granted - arrived).isLessThanOrEqualTo(1024);
    }
    while (arrived < requested) {
      granted += credit.grant();
      assertThat(granted).isGreaterThan(arrived);
      credit.received((int) (granted - arrived), 10);
      arrived = granted;
    }
    assertThat(granted).isEqualTo(requested);
    assertThat(credit.grant()).isZero();
  }

  @Test
  void threadsThatGrantAtTheSameTimeGrantNothingTwice() throws InterruptedException {
    long demand = 100_000;
    credit.demand(demand);
    var total = new AtomicLong();
    var done = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                while (total.get() < demand) {
                  long granted = credit.grant();
                  total.addAndGet(granted);
                  credit.received((int) granted, (int) granted);
                }
                done.countDown();
              })
          .start();
    }
    done.await();
    assertThat(total).hasValue(demand);
  }
}
