package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.ByReference;
import dev.farside.NotPassableException;
import dev.farside.rsocket.TwoSides.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a blocking call writes into arrays that it was given stands in the caller's arrays. */
class ChangedArraysTest {
  @RegisterExtension final TwoSides sides = TwoSides.over(Transport.TCP);

  interface Filler {
    int fill(byte[] bytes, Object[] objects, int[][] nested);
  }

  @Test
  void arraysWrittenByABlockingCallAreRestored() {
    Filler there =
        (bytes, objects, nested) -> {
          bytes[1] = 7;
          objects[0] = "x";
          objects[2] = new ArrayList<>(List.of(1));
          nested[1] = new int[] {9};
          return bytes.length;
        };
    byte[] bytes = {0, 0, 0};
    Object[] objects = {null, 1, null};
    int[][] nested = {{1}, {2}};
    assertThat(sides.lookup(there, Filler.class).fill(bytes, objects, nested)).isEqualTo(3);
    assertThat(bytes).containsExactly(0, 7, 0);
    assertThat(objects[0]).isEqualTo("x");
    assertThat(objects[2]).isEqualTo(List.of(1));
    assertThat(nested[1]).containsExactly(9);
  }

  @Test
  void arraysWithinArraysAreRestoredWhateverTheirDepth() {
    Filler there =
        (bytes, objects, nested) -> {
          nested[0][1] = 7;
          nested[2][0] = 8;
          ((byte[]) objects[0])[0] = 9;
          ((Object[]) ((Object[]) objects[1])[0])[0] = "deep";
          return 0;
        };
    byte[] inner = {0};
    Object[] deepest = {null};
    int[] untouched = {3};
    int[][] nested = {{1, 2}, untouched, {4}};
    Object[] objects = {inner, new Object[] {deepest}, "x"};
    sides.lookup(there, Filler.class).fill(new byte[0], objects, nested);
    assertThat(nested).isEqualTo(new int[][] {{1, 7}, {3}, {8}});
    assertThat(nested[1]).isSameAs(untouched);
    assertThat(objects[0]).isSameAs(inner);
    assertThat(inner).containsExactly(9);
    assertThat(deepest).containsExactly("deep");
  }

  interface Rows {
    void change(int[][] rows);
  }

  @Test
  void arraysThatChangePlacesStayTheCallersOwn() {
    Rows there =
        rows -> {
          int[] first = rows[0];
          rows[0] = rows[3];
          rows[3] = first;
          first[0] = 7;
          rows[2] = new int[] {9};
        };
    int[] a = {1};
    int[] b = {2};
    int[] d = {4};
    int[][] rows = {a, b, {3}, d};
    sides.lookup(there, Rows.class).change(rows);
    assertThat(rows[0]).isSameAs(d).containsExactly(4);
    assertThat(rows[1]).isSameAs(b).containsExactly(2);
    assertThat(rows[2]).containsExactly(9);
    assertThat(rows[3]).isSameAs(a).containsExactly(7);
  }

  interface Two {
    void change(Object one, Object other);
  }

  @Test
  void anArrayThatOccursTwiceIsOne() {
    Two there = (one, other) -> ((int[]) one)[0] = ((Object[]) other)[0] == one ? 7 : 8;
    int[] array = {1};
    sides.lookup(there, Two.class).change(array, new Object[] {array});
    assertThat(array).containsExactly(7);
  }

  interface Mixed {
    void change(@ByReference Object referenced, Object copied);
  }

  @Test
  void anArrayThatIsPassedByReferenceIsNotMistakenForACopy() {
    Mixed there = (referenced, copied) -> ((int[]) ((Object[]) copied)[0])[0] = 7;
    int[] array = {1};
    int[] other = {2};
    Mixed here = sides.lookup(there, Mixed.class);
    here.change(new Object[] {other}, new Object[] {array, other});
    here.change(other, new Object[] {array, other});
    assertThat(array).containsExactly(7);
    assertThat(other).containsExactly(2);
  }

  interface Calling {
    void change(int[][] rows, Runnable callback);
  }

  @Test
  void whatTheCalleeWritesGoesToTheArrayThatWasPassed() {
    Calling there =
        (rows, callback) -> {
          callback.run();
          rows[0][0] = 7;
        };
    int[] passed = {1};
    int[] replacement = {2};
    int[][] rows = {passed};
    sides.lookup(there, Calling.class).change(rows, () -> rows[0] = replacement);
    assertThat(rows[0]).isSameAs(replacement).containsExactly(2);
    assertThat(passed).containsExactly(7);
  }

  interface Row {
    int[] row(int[][] rows, int index);
  }

  @Test
  void aResultThatIsAnArrayWithinAnArgumentIsTheCallersOwn() {
    Row there =
        (rows, index) -> {
          rows[index][0] = 7;
          return rows[index];
        };
    int[][] rows = {{1}, {2}};
    assertThat(sides.lookup(there, Row.class).row(rows, 1)).isSameAs(rows[1]).containsExactly(7);
  }

  @Test
  void onlyWhatChangedTravelsBack() {
    Rows there = rows -> rows[50][5000] = 7;
    Rows here = sides.lookup(there, Rows.class);
    var rows = new int[100][10_000];
    long before = sides.peer().stats().bytesReceived();
    here.change(rows);
    assertThat(rows[50][5000]).isEqualTo(7);
    assertThat(sides.peer().stats().bytesReceived() - before).isLessThan(200);
  }

  interface Scattering {
    void scatter(int[] numbers, byte[] bytes, Object[] objects, ByteBuffer buffer, Runnable call);
  }

  @Test
  void whatTheCallerWritesMeanwhileBetweenChangesStays() {
    Scattering there =
        (numbers, bytes, objects, buffer, callback) -> {
          for (int i = 1; i < 900; i += 3) {
            numbers[i] = i;
          }
          bytes[0] = 1;
          objects[1] = numbers;
          buffer.put(1, (byte) 1);
          callback.run();
          bytes[9] = 1;
          objects[9] = "new";
          buffer.put(9, (byte) 1);
        };
    int[] numbers = new int[1000];
    byte[] bytes = new byte[10];
    Object[] objects = new Object[10];
    ByteBuffer buffer = ByteBuffer.allocate(20).position(10);
    Runnable callback =
        () -> {
          Arrays.setAll(numbers, i -> -i);
          bytes[5] = 2;
          objects[5] = "mine";
          buffer.put(15, (byte) 2);
        };
    sides.lookup(there, Scattering.class).scatter(numbers, bytes, objects, buffer, callback);
    for (int i = 0; i < numbers.length; i++) {
      assertThat(numbers[i]).isEqualTo(i < 900 && i % 3 == 1 ? i : -i);
    }
    assertThat(bytes).containsExactly(1, 0, 0, 0, 0, 2, 0, 0, 0, 1);
    assertThat(objects)
        .containsExactly(null, numbers, null, null, null, "mine", null, null, null, "new");
    assertThat(Arrays.copyOfRange(buffer.array(), 10, 20))
        .containsExactly(0, 1, 0, 0, 0, 2, 0, 0, 0, 1);
  }

  record Holder(Object array) {}

  @Test
  void anArrayWithinARecordIsTheCalleesCopy() {
    Two there = (one, other) -> ((int[]) ((Holder) one).array())[0] = 7;
    var holder = new Holder(new int[] {1});
    sides.lookup(there, Two.class).change(holder, null);
    assertThat(holder.array()).isEqualTo(new int[] {1});
  }

  @Test
  void whatCannotBePassedBackIsNamedByItsPlace() {
    Two there =
        (one, other) -> {
          Object[] inner = (Object[]) ((Object[]) one)[1];
          inner[0] = new Holder[] {new Holder(null)};
          inner[1] = new Object[] {inner};
          ((Object[]) inner[1])[0] = inner[1];
        };
    Object[] given = {1, new Object[2]};
    assertThatThrownBy(() -> sides.lookup(there, Two.class).change(given, null))
        .isInstanceOf(NotPassableException.class)
        .hasMessage(
            "Cannot pass args[0][1][1][0]: this [Ljava.lang.Object; contains itself; a value must"
                + " not be cyclic");
  }

  interface Reversed {
    void reverse(int... numbers);
  }

  @Test
  void theArrayOfVariableArgumentsIsRestored() {
    Reversed there =
        numbers -> {
          int first = numbers[0];
          numbers[0] = numbers[1];
          numbers[1] = first;
        };
    int[] numbers = {1, 2};
    sides.lookup(there, Reversed.class).reverse(numbers);
    assertThat(numbers).containsExactly(2, 1);
  }

  /** Changes the array that is made of its variable arguments. */
  public static class Changing implements Supplier<Object> {
    private final Object first;

    public Changing(Object... parts) {
      first = parts[0];
      parts[0] = "changed";
    }

    @Override
    public Object get() {
      return first;
    }
  }

  @Test
  void anArrayThatTheCalleeMadeOfArgumentsIsItsOwn() {
    sides.far(builder -> builder.allowImport(Changing.class));
    assertThat(sides.peer().create(Changing.class, 1, 2).get()).isEqualTo(1);
  }
}
