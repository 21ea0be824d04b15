package dev.farside.samples.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.Remote;
import dev.farside.RemoteFunction;
import dev.farside.samples.SecondJvm;
import dev.farside.samples.tour.Tour.Account;
import dev.farside.samples.tour.Tour.Bank;
import dev.farside.samples.tour.Tour.Bus;
import dev.farside.samples.tour.Tour.Calculator;
import dev.farside.samples.tour.Tour.Directory;
import dev.farside.samples.tour.Tour.FutureCalculator;
import dev.farside.samples.tour.Tour.InsufficientFunds;
import dev.farside.samples.tour.Tour.Listener;
import dev.farside.samples.tour.Tour.ReactiveCalculator;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the tour's programs prints over two JVMs what its comments promise. */
class TourInTwoJvmsTest {
  @SuppressWarnings("NullAway.Init")
  private static SecondJvm far;

  private Peer remote;
  private final List<String> printed = new ArrayList<>();

  @BeforeAll
  static void start() {
    far = SecondJvm.start(TourFarHalf.class);
  }

  @AfterAll
  static void end() {
    far.close();
  }

  @BeforeEach
  void connect() {
    remote = Farside.create().connectNow(far.uri());
  }

  @AfterEach
  void disconnect() {
    remote.close();
  }

  private void print(@Nullable Object value) {
    printed.add(String.valueOf(value));
  }

  @Test
  void fiveLines(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "far far away\n".repeat(10_000));
    RemoteFunction<String, InputStream> open = remote.importFunction(FileInputStream::new);
    try (InputStream in = open.apply(file.toString())) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void callbacks() {
    Bus bus = remote.lookup("bus", Bus.class);
    Thread caller = Thread.currentThread();
    ReentrantLock lock = new ReentrantLock();
    Listener mine =
        event -> {
          lock.lock(); // held by the caller already: only its own thread gets in
          try {
            print(event + " " + (Thread.currentThread() == caller));
          } finally {
            lock.unlock();
          }
        };
    bus.subscribe(mine);
    lock.lock();
    try {
      bus.publish("hello");
    } finally {
      lock.unlock();
    }
    print(bus.unsubscribe(mine));
    bus.publish("nobody hears this");
    assertThat(printed).containsExactly("hello true", "true");
  }

  @Test
  void oneObjectManyFaces() {
    Calculator plain = remote.lookup("calculator", Calculator.class);
    ReactiveCalculator reactive = remote.lookup("calculator", ReactiveCalculator.class);
    FutureCalculator future = Remote.as(plain, FutureCalculator.class);
    print(plain.add(1, 2));
    print(reactive.add(3, 4).block());
    print(reactive.countTo(1_000_000).take(3).collectList().block());
    print(future.add(5, 6).join());
    print(Remote.async(plain, c -> c.add(7, 8)).block());
    print(Remote.ref(plain).call("add", 9, 10).block());
    print(Remote.as(reactive, Calculator.class) == plain);
    assertThat(printed).containsExactly("3", "7", "[1, 2, 3]", "11", "15", "19", "true");
  }

  @Test
  @SuppressWarnings("IdentityBinaryExpression") // the same question twice has the same answer
  void oneRoundTrip() {
    Directory root = remote.lookup("root", Directory.class);
    print(Remote.async(root, r -> r.child("a").child("b").child("c").read()).block());
    print(root.child("a") == root.child("a"));
    assertThat(printed).containsExactly("content of /a/b/c", "true");
  }

  @Test
  @SuppressWarnings("BadInstanceof") // the compiler knows, the stand-in has to show it
  void remoteObjects() {
    Bank bank = remote.lookup("bank", Bank.class);
    Account ada = bank.open("Ada");
    print(ada instanceof Account);
    print(ada.deposit(500).deposit(200) == ada);
    print(ada);
    print(bank.owns(ada));
    assertThatExceptionOfType(InsufficientFunds.class)
        .isThrownBy(() -> ada.withdraw(1000))
        .satisfies(e -> print(e.getMessage() + ", " + e.missing()));
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> bank.find("Nobody"));
    Account own = remote.create(Account.class, "Bob");
    bank.accounts().add(own);
    for (Account account : bank.accounts()) {
      print(account);
    }
    print(Remote.isRemote(own) + " " + Remote.isRemote("text"));
    assertThat(printed)
        .containsExactly(
            "true",
            "true",
            "Ada: 700",
            "true",
            "Ada lacks 300, 300",
            "Ada: 700",
            "Bob: 0",
            "true false");
  }
}
