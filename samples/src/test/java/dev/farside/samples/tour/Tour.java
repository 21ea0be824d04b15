package dev.farside.samples.tour;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The types of the tour's programs; of ordinary making, nothing in them is about remoteness. */
public final class Tour {
  private Tour() {}

  public interface Listener {
    void onEvent(String event);
  }

  public static class Bus {
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public void subscribe(Listener listener) {
      listeners.add(listener);
    }

    public boolean unsubscribe(Listener listener) {
      return listeners.remove(listener);
    }

    public void publish(String event) {
      listeners.forEach(l -> l.onEvent(event));
    }
  }

  public interface Calculator {
    int add(int a, int b);

    Stream<Integer> countTo(int n);
  }

  public interface ReactiveCalculator {
    Mono<Integer> add(int a, int b);

    Flux<Integer> countTo(int n);
  }

  public interface FutureCalculator {
    CompletableFuture<Integer> add(int a, int b);
  }

  static class PlainCalculator implements Calculator {
    @Override
    public int add(int a, int b) {
      return a + b;
    }

    @Override
    public Stream<Integer> countTo(int n) {
      return IntStream.rangeClosed(1, n).boxed();
    }
  }

  public interface Directory {
    Directory child(String name);

    String read();
  }

  static class Node implements Directory {
    private final String path;
    private final Map<String, Directory> children = new HashMap<>();

    Node(String path) {
      this.path = path;
    }

    @Override
    public Directory child(String name) {
      return children.computeIfAbsent(name, n -> new Node(path + "/" + n));
    }

    @Override
    public String read() {
      return "content of " + path;
    }
  }

  public static class Account {
    private final String owner;
    private long cents;

    public Account(String owner) {
      this.owner = owner;
    }

    public Account deposit(long amount) {
      cents += amount;
      return this;
    }

    public void withdraw(long amount) throws InsufficientFunds {
      if (amount > cents) {
        throw new InsufficientFunds(owner, amount - cents);
      }
      cents -= amount;
    }

    @Override
    public String toString() {
      return owner + ": " + cents;
    }
  }

  public static class InsufficientFunds extends Exception {
    private static final long serialVersionUID = 1;
    private final long missing;

    public InsufficientFunds(String owner, long missing) {
      super(owner + " lacks " + missing);
      this.missing = missing;
    }

    public long missing() {
      return missing;
    }
  }

  public static class Bank {
    private final List<Account> accounts = new ArrayList<>();

    public Account open(String owner) {
      Account account = new Account(owner);
      accounts.add(account);
      return account;
    }

    public List<Account> accounts() {
      return accounts;
    }

    @SuppressWarnings("ReferenceEquality") // the very same object shall come home
    public boolean owns(Account account) {
      return accounts.stream().anyMatch(a -> a == account);
    }

    public Account find(String owner) {
      return accounts.stream().filter(a -> a.owner.equals(owner)).findFirst().orElseThrow();
    }
  }
}
