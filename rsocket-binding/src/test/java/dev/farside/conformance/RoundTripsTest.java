package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.farside.Peer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** How many requests this side makes, or the other makes of it. */
public class RoundTripsTest {
  private static final int MANY = 10_000;
  private static final int FEW = 200;

  /** A part of a file. */
  @SuppressWarnings("ArrayRecordComponent") // people have such
  public record Block(int number, byte[] content) {}

  /** What lives elsewhere. */
  public static class Things {
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    /** From 0 on. */
    public List<Integer> list(int size) {
      return IntStream.range(0, size).boxed().collect(ArrayList::new, List::add, List::addAll);
    }

    /** From 0 on. */
    public Set<Integer> set(int size) {
      return new LinkedHashSet<>(list(size));
    }

    /** From 0 on, each with its text. */
    public Map<Integer, String> map(int size) {
      var map = new LinkedHashMap<Integer, String>();
      list(size).forEach(n -> map.put(n, "n" + n));
      return map;
    }

    /** Each a megabyte, alone or in a record. */
    public List<Object> large(int size) {
      return list(size).stream()
          .<Object>map(n -> n % 2 == 0 ? new byte[1 << 20] : new Block(n, new byte[1 << 20]))
          .collect(Collectors.toList());
    }

    /** As many bytes. */
    public InputStream bytes(int size) {
      byte[] bytes = new byte[size];
      Arrays.fill(bytes, (byte) 7);
      return new ByteArrayInputStream(bytes);
    }

    /** Remembers what is written. */
    public OutputStream sink() {
      return written;
    }

    /** What was written. */
    public byte[] written() {
      return written.toByteArray();
    }

    /** Numbers without an end, counted when they are made. */
    public Stream<Integer> endless() {
      return Stream.generate(given::incrementAndGet).onClose(closed::incrementAndGet);
    }

    /** How many were made. */
    public int given() {
      return given.get();
    }

    /** How often the stream was closed. */
    public int closed() {
      return closed.get();
    }

    /** Goes through what the caller has. */
    public int sum(Iterable<Integer> numbers) {
      int sum = 0;
      for (int number : numbers) {
        sum += number;
      }
      return sum;
    }

    /** Copies what the caller has. */
    public int copied(List<Integer> numbers) {
      return new ArrayList<>(numbers).size();
    }

    /** Adds. */
    public int add(int a, int b) {
      return a + b;
    }
  }

  private static long requests(Peer peer, Runnable action) {
    long before = peer.stats().requestsSent() + peer.stats().requestsReceived();
    action.run();
    return peer.stats().requestsSent() + peer.stats().requestsReceived() - before;
  }

  /** Of several times: now and then the end of old references is told meanwhile. */
  private static long least(Peer peer, Runnable action) {
    return LongStream.range(0, 10).map(i -> requests(peer, action)).min().orElseThrow();
  }

  @Conformance(here = false)
  void aCallIsOneRequest(Things things, Peer peer) {
    things.add(1, 2);
    assertThat(least(peer, () -> things.add(1, 2))).isEqualTo(1);
    List<Integer> list = things.list(3);
    list.get(0);
    assertThat(least(peer, () -> list.get(1))).isEqualTo(1);
    assertThat(least(peer, () -> assertThat(list.size()).isEqualTo(3))).isEqualTo(1);
  }

  @Conformance(here = false)
  void aLoopOverAListTakesFewRequests(Things things, Peer peer) {
    List<Integer> list = things.list(MANY);
    var heard = new ArrayList<Integer>();
    assertThat(
            requests(
                peer,
                () -> {
                  for (Integer number : list) {
                    heard.add(number);
                  }
                }))
        .isLessThanOrEqualTo(FEW);
    assertThat(heard).hasSize(MANY);
  }

  @Conformance(here = false)
  void aLoopOverAMapTakesFewRequests(Things things, Peer peer) {
    Map<Integer, String> map = things.map(MANY);
    var heard = new HashMap<Integer, String>();
    assertThat(
            requests(
                peer,
                () -> {
                  for (Map.Entry<Integer, String> entry : map.entrySet()) {
                    heard.put(entry.getKey(), entry.getValue());
                  }
                }))
        .isLessThanOrEqualTo(FEW);
    assertThat(heard).hasSize(MANY).containsEntry(77, "n77");
    assertThat(requests(peer, () -> assertThat(new HashMap<>(map)).hasSize(MANY)))
        .isLessThanOrEqualTo(FEW);
    assertThat(requests(peer, () -> assertThat(Map.copyOf(map)).hasSize(MANY)))
        .isLessThanOrEqualTo(FEW);
  }

  @Conformance(here = false)
  void forEachTakesFewRequests(Things things, Peer peer) {
    List<Integer> list = things.list(MANY);
    Map<Integer, String> map = things.map(MANY);
    var heard = new ArrayList<Integer>();
    assertThat(requests(peer, () -> list.forEach(heard::add))).isLessThanOrEqualTo(FEW);
    assertThat(requests(peer, () -> map.forEach((key, value) -> heard.add(key))))
        .isLessThanOrEqualTo(FEW);
    assertThat(heard).hasSize(2 * MANY);
  }

  @Conformance(here = false)
  void anArrayOrACopyIsOneRequest(Things things, Peer peer) {
    List<Integer> list = things.list(MANY);
    assertThat(least(peer, () -> assertThat(list.toArray()).hasSize(MANY))).isEqualTo(1);
    assertThat(least(peer, () -> assertThat(list.toArray(new Integer[0])).hasSize(MANY)))
        .isEqualTo(1);
    assertThat(least(peer, () -> assertThat(list.toArray(Integer[]::new)).hasSize(MANY)))
        .isEqualTo(1);
    assertThat(least(peer, () -> assertThat(new ArrayList<>(list)).hasSize(MANY))).isEqualTo(1);
    assertThat(least(peer, () -> assertThat(List.copyOf(list)).hasSize(MANY)))
        .as("a newer JDK first asks for something else")
        .isLessThanOrEqualTo(2);
  }

  @Conformance(here = false)
  void whatTheCallerHasIsAddedComparedAndSearchedWithFewRequests(Things things, Peer peer) {
    List<Integer> local = new ArrayList<>(things.list(MANY));
    List<Integer> list = things.list(0);
    assertThat(requests(peer, () -> list.addAll(local))).isLessThanOrEqualTo(FEW);
    assertThat(requests(peer, () -> assertThat(list.equals(local)).isTrue()))
        .isLessThanOrEqualTo(FEW);
    assertThat(requests(peer, () -> assertThat(local.equals(list)).isTrue()))
        .isLessThanOrEqualTo(FEW);
    Set<Integer> set = things.set(MANY);
    assertThat(requests(peer, () -> assertThat(set.containsAll(local)).isTrue()))
        .isLessThanOrEqualTo(FEW);
    assertThat(requests(peer, () -> assertThat(new HashSet<>(local).containsAll(set)).isTrue()))
        .isLessThanOrEqualTo(FEW);
    assertThat(requests(peer, () -> assertThat(things.sum(local)).isEqualTo(49_995_000)))
        .isLessThanOrEqualTo(FEW);
    assertThat(requests(peer, () -> assertThat(things.copied(local)).isEqualTo(MANY)))
        .isLessThanOrEqualTo(FEW);
  }

  @Conformance(here = false)
  void largeElementsTravelFewAtATime(Things things, Peer peer) {
    List<Object> large = things.large(20);
    var sizes = new ArrayList<Integer>();
    assertThat(requests(peer, () -> large.forEach(element -> sizes.add(size(element)))))
        .isGreaterThanOrEqualTo(20);
    assertThat(
            requests(
                peer,
                () -> {
                  for (Object element : large) {
                    sizes.add(size(element));
                  }
                }))
        .isGreaterThanOrEqualTo(10);
    assertThat(sizes).hasSize(40).containsOnly(1 << 20);
  }

  private static int size(Object element) {
    return element instanceof Block block ? block.content().length : ((byte[]) element).length;
  }

  @Conformance(here = false)
  void aStreamTakesFewRequests(Things things, Peer peer) {
    List<Integer> list = things.list(MANY);
    assertThat(requests(peer, () -> assertThat(list.stream().mapToInt(n -> n).sum()).isPositive()))
        .isLessThanOrEqualTo(FEW);
  }

  @Conformance
  void anEndlessStreamStaysLazyAndIsClosed(Things things) {
    try (Stream<Integer> endless = things.endless()) {
      Iterator<Integer> numbers = endless.iterator();
      for (int i = 1; i <= 5; i++) {
        assertThat(numbers.next()).isEqualTo(i);
      }
    }
    assertThat(things.given()).isLessThanOrEqualTo(16);
    while (things.closed() == 0) {
      Thread.onSpinWait();
    }
    assertThat(things.closed()).isEqualTo(1);
  }

  @Conformance(here = false)
  void bytesTravelInChunks(Things things, Peer peer) throws IOException {
    InputStream in = things.bytes(1 << 20);
    assertThat(requests(peer, () -> readAll(in))).isLessThanOrEqualTo(FEW);
    byte[] buffer = new byte[1 << 20];
    InputStream more = things.bytes(1 << 20);
    more.read();
    long before = peer.stats().bytesSent();
    assertThat(more.read(buffer, 10, 20)).isEqualTo(20);
    assertThat(peer.stats().bytesSent() - before).as("the buffer stays here").isLessThan(10_000);
    OutputStream sink = things.sink();
    byte[] large = new byte[1 << 20];
    sink.write(1);
    before = peer.stats().bytesSent();
    sink.write(large, 5, 10);
    assertThat(peer.stats().bytesSent() - before).as("only the range").isLessThan(10_000);
    assertThat(things.written()).hasSize(11);
  }

  private static void readAll(InputStream in) {
    try {
      assertThat(in.readAllBytes()).hasSize(1 << 20).containsOnly((byte) 7);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
