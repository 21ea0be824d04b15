package dev.farside.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays of primitives: a number for the component type, then the elements' bytes, big-endian. */
record PrimitiveArrayFamily(int tag) implements ValueFamily {
  /** The order is part of the format. */
  private static final List<Class<?>> TYPES =
      List.of(
          byte[].class,
          boolean[].class,
          short[].class,
          char[].class,
          int[].class,
          long[].class,
          float[].class,
          double[].class);

  private static final int[] ELEMENT_BYTES = {1, 1, 2, 2, 4, 8, 4, 8};

  @Override
  public String why() {
    return "it is an array";
  }

  @Override
  public @Nullable Encoder<?> encoderFor(Class<?> type) {
    return TYPES.contains(type) ? this::encode : null;
  }

  private void encode(Object array, ValueWriter out) {
    byte[] bytes = array instanceof byte[] given ? given : toBytes(array);
    out.begin(tag, 2);
    out.integer(TYPES.indexOf(array.getClass()));
    out.bytes(bytes, 0, bytes.length);
  }

  @Override
  public Object decode(ValueReader in, int parts) {
    in.exactly(2, parts, "an array");
    int type = in.integer();
    if (type < 0 || type >= TYPES.size()) {
      throw in.malformed("an array has the component type " + type);
    }
    byte[] bytes = in.bytes();
    if (bytes.length % ELEMENT_BYTES[type] != 0) {
      throw in.malformed("an array ends in the middle of an element");
    }
    return fromBytes(type, bytes);
  }

  private static byte[] toBytes(Object array) {
    int length = java.lang.reflect.Array.getLength(array);
    byte[] bytes =
        new byte[Math.multiplyExact(length, ELEMENT_BYTES[TYPES.indexOf(array.getClass())])];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (array instanceof boolean[] booleans) {
      for (boolean b : booleans) {
        buffer.put((byte) (b ? 1 : 0));
      }
    } else if (array instanceof short[] shorts) {
      buffer.asShortBuffer().put(shorts);
    } else if (array instanceof char[] chars) {
      buffer.asCharBuffer().put(chars);
    } else if (array instanceof int[] ints) {
      buffer.asIntBuffer().put(ints);
    } else if (array instanceof long[] longs) {
      buffer.asLongBuffer().put(longs);
    } else if (array instanceof float[] floats) {
      buffer.asFloatBuffer().put(floats);
    } else if (array instanceof double[] doubles) {
      buffer.asDoubleBuffer().put(doubles);
    }
    return bytes;
  }

  private static Object fromBytes(int type, byte[] bytes) {
    int length = bytes.length / ELEMENT_BYTES[type];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    switch (type) {
      case 1 -> {
        boolean[] booleans = new boolean[length];
        for (int i = 0; i < length; i++) {
          booleans[i] = bytes[i] != 0;
        }
        return booleans;
      }
      case 2 -> {
        short[] shorts = new short[length];
        buffer.asShortBuffer().get(shorts);
        return shorts;
      }
      case 3 -> {
        char[] chars = new char[length];
        buffer.asCharBuffer().get(chars);
        return chars;
      }
      case 4 -> {
        int[] ints = new int[length];
        buffer.asIntBuffer().get(ints);
        return ints;
      }
      case 5 -> {
        long[] longs = new long[length];
        buffer.asLongBuffer().get(longs);
        return longs;
      }
      case 6 -> {
        float[] floats = new float[length];
        buffer.asFloatBuffer().get(floats);
        return floats;
      }
      case 7 -> {
        double[] doubles = new double[length];
        buffer.asDoubleBuffer().get(doubles);
        return doubles;
      }
      default -> {
        return bytes;
      }
    }
  }
}
