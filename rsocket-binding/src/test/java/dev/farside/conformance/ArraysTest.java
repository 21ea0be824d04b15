package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Arrays as arguments and results. */
@SuppressWarnings("AvoidObjectArrays")
public class ArraysTest {
  /** Works on arrays. */
  public static class Worker {
    private int[] kept = {};

    public void fill(int[] numbers, int value) {
      Arrays.fill(numbers, value);
    }

    public void sort(Object[] objects) {
      Arrays.sort(objects);
    }

    public void store(Object[] into, int index, Object value) {
      into[index] = value;
    }

    public String type(Object array) {
      return array.getClass().getTypeName();
    }

    public Object same(Object array) {
      return array;
    }

    public boolean areSame(Object one, Object other) {
      return one == other;
    }

    public String join(String... parts) {
      return parts == null ? "null" : parts.length + String.join(",", parts);
    }

    public String reversed(String separator, String... parts) {
      for (int i = 0; i < parts.length / 2; i++) {
        String other = parts[parts.length - 1 - i];
        parts[parts.length - 1 - i] = parts[i];
        parts[i] = other;
      }
      return String.join(separator, parts);
    }

    public int count(Object... objects) {
      return objects.length;
    }

    public int[][] transposed(int[][] rows) {
      int[][] columns = new int[rows[0].length][rows.length];
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < rows[i].length; j++) {
          columns[j][i] = rows[i][j];
        }
      }
      return columns;
    }

    public void increment(int[][] rows) {
      for (int[] row : rows) {
        for (int j = 0; row != null && j < row.length; j++) {
          row[j]++;
        }
      }
    }

    public void replaceRow(int[][] rows, int index, int... row) {
      rows[index] = row;
    }

    public void writeAndFail(int[] numbers) throws IOException {
      numbers[0] = 7;
      throw new IOException("after writing");
    }

    public void primitives(
        boolean[] z, byte[] b, short[] s, char[] c, int[] i, long[] j, float[] f, double[] d) {
      z[0] = true;
      b[0] = -1;
      s[0] = Short.MIN_VALUE;
      c[0] = '\ud800';
      i[0] = Integer.MAX_VALUE;
      j[0] = Long.MIN_VALUE;
      f[0] = Float.NaN;
      d[0] = -0.0;
    }

    public String asks(Consumer<char[]> filler) {
      char[] letters = {'a', 'b'};
      filler.accept(letters);
      return new String(letters);
    }

    public InputStream stream(String text) {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    public void keep(int... numbers) {
      kept = numbers;
    }

    public int[] kept() {
      return kept;
    }

    public Object[] covariant() {
      return new String[] {"a", null};
    }

    public Number[] numbers() {
      return new Number[] {1, 2L, 3.0};
    }

    public Worker[] workers() {
      return new Worker[] {this, null, this};
    }

    public boolean allThis(Worker[] workers) {
      return Arrays.stream(workers).allMatch(worker -> worker == this);
    }
  }

  @Conformance
  void whatIsWrittenIntoAnArrayIsThere(Worker worker) {
    int[] numbers = new int[3];
    worker.fill(numbers, 7);
    assertThat(numbers).containsExactly(7, 7, 7);
    String[] texts = {"c", "a", "b"};
    worker.sort(texts);
    assertThat(texts).containsExactly("a", "b", "c");
    Object[] objects = {1, 2};
    worker.store(objects, 1, worker);
    assertThat(objects[1]).isSameAs(worker);
    worker.store(objects, 0, null);
    assertThat(objects[0]).isNull();
  }

  @Conformance
  void allKindsOfPrimitivesAreWritten(Worker worker) {
    boolean[] z = {false};
    byte[] b = {0};
    short[] s = {0};
    char[] c = {0};
    int[] i = {0};
    long[] j = {0};
    float[] f = {0};
    double[] d = {0.0};
    worker.primitives(z, b, s, c, i, j, f, d);
    assertThat(z[0]).isTrue();
    assertThat(b[0]).isEqualTo((byte) -1);
    assertThat(s[0]).isEqualTo(Short.MIN_VALUE);
    assertThat(c[0]).isEqualTo('\ud800');
    assertThat(i[0]).isEqualTo(Integer.MAX_VALUE);
    assertThat(j[0]).isEqualTo(Long.MIN_VALUE);
    assertThat(f[0]).isNaN();
    assertThat(Double.doubleToRawLongBits(d[0])).isEqualTo(Double.doubleToRawLongBits(-0.0));
  }

  @Conformance
  void anArrayKeepsItsTypeWhateverIsDeclared(Worker worker) {
    for (Object array :
        new Object[] {
          new String[0],
          new Integer[1],
          new Object[0],
          new Number[0][],
          new int[0][5],
          new Worker[0],
          new Runnable[0],
          new Worker[0][0][0]
        }) {
      assertThat(worker.type(array)).isEqualTo(array.getClass().getTypeName());
      assertThat(worker.same(array)).isExactlyInstanceOf(array.getClass());
    }
    assertThat(worker.covariant()).isExactlyInstanceOf(String[].class).containsExactly("a", null);
    assertThat(worker.numbers()).isExactlyInstanceOf(Number[].class).containsExactly(1, 2L, 3.0);
  }

  @Conformance
  void whatDoesNotFitIntoAnArrayIsNotStored(Worker worker) {
    String[] texts = {"a"};
    assertThatThrownBy(() -> worker.store(texts, 0, 1))
        .isExactlyInstanceOf(ArrayStoreException.class)
        .hasMessage("java.lang.Integer");
    assertThat(texts).containsExactly("a");
    assertThatThrownBy(() -> worker.store(texts, 1, "b"))
        .isExactlyInstanceOf(ArrayIndexOutOfBoundsException.class)
        .hasMessage("Index 1 out of bounds for length 1");
    Object[] result = worker.covariant();
    assertThatThrownBy(() -> result[0] = 1).isExactlyInstanceOf(ArrayStoreException.class);
  }

  @Conformance
  void whatIsWrittenBeforeAnExceptionIsThere(Worker worker) {
    int[] numbers = {1, 2};
    assertThatThrownBy(() -> worker.writeAndFail(numbers)).isExactlyInstanceOf(IOException.class);
    assertThat(numbers).containsExactly(7, 2);
  }

  @Conformance
  void anArrayThatComesBackIsTheSame(Worker worker) {
    int[] numbers = {1};
    assertThat(worker.same(numbers)).isSameAs(numbers);
    assertThat(worker.areSame(numbers, numbers)).isTrue();
    assertThat(worker.areSame(numbers, new int[] {1})).isFalse();
    Object[] itself = {numbers, numbers};
    assertThat(((Object[]) worker.same(itself))[1]).isSameAs(numbers);
  }

  @Conformance
  void variableArgumentsArePassed(Worker worker) {
    assertThat(worker.join()).isEqualTo("0");
    assertThat(worker.join("a")).isEqualTo("1a");
    assertThat(worker.join("a", "b")).isEqualTo("2a,b");
    assertThat(worker.join((String[]) null)).isEqualTo("null");
    assertThat(worker.join((String) null)).isEqualTo("1null");
    assertThat(worker.count()).isZero();
    assertThat(worker.count((Object) new String[] {"a", "b"})).isEqualTo(1);
    assertThat(worker.count((Object[]) new String[] {"a", "b"})).isEqualTo(2);
    assertThat(worker.count(new int[] {1, 2})).isEqualTo(1);
    String[] parts = {"a", "b", "c"};
    assertThat(worker.reversed("-", parts)).isEqualTo("c-b-a");
    assertThat(parts).containsExactly("c", "b", "a");
  }

  @Conformance
  void arraysOfArraysAreWrittenAtAnyDepth(Worker worker) {
    int[][] rows = {{1, 2}, {3, 4}, {5, 6}};
    assertThat(worker.transposed(rows)).isDeepEqualTo(new int[][] {{1, 3, 5}, {2, 4, 6}});
    int[] shared = {1};
    int[][] jagged = {shared, null, {}, shared, {2, 3}};
    worker.increment(jagged);
    assertThat(jagged).isDeepEqualTo(new int[][] {{3}, null, {}, {3}, {3, 4}});
    assertThat(jagged[0]).isSameAs(shared);
    worker.replaceRow(jagged, 1, 8, 9);
    assertThat(jagged[1]).containsExactly(8, 9);
    int[] own = {4};
    worker.replaceRow(jagged, 2, own);
    assertThat(jagged[2]).isSameAs(own);
  }

  @Conformance
  void arraysHoldObjectsThatStayWhereTheyAre(Worker worker) {
    Worker[] workers = worker.workers();
    assertThat(workers).hasSize(3);
    assertThat(workers[0]).isSameAs(worker);
    assertThat(workers[1]).isNull();
    assertThat(workers[2]).isSameAs(worker);
    assertThat(worker.allThis(new Worker[] {worker, worker})).isTrue();
  }

  @Conformance
  void anArrayThatACallbackWritesIsWritten(Worker worker) {
    assertThat(worker.asks(letters -> letters[1] = 'x')).isEqualTo("ax");
  }

  @Conformance
  void aStreamIsReadIntoPartOfAnArray(Worker worker) throws IOException {
    byte[] bytes = {9, 9, 9, 9, 9};
    try (InputStream in = worker.stream("abc")) {
      assertThat(in.read(bytes, 1, 2)).isEqualTo(2);
      assertThat(bytes).containsExactly(9, 'a', 'b', 9, 9);
      assertThat(in.read(bytes)).isEqualTo(1);
      assertThat(bytes).containsExactly('c', 'a', 'b', 9, 9);
      assertThat(in.read(bytes)).isEqualTo(-1);
    }
  }

  @Conformance(here = false)
  void anArrayThatIsKeptIsACopy(Worker worker) {
    int[] numbers = {1};
    worker.keep(numbers);
    numbers[0] = 2;
    assertThat(worker.kept()).containsExactly(1);
    worker.kept()[0] = 3;
    assertThat(worker.kept()).containsExactly(1);
  }
}
