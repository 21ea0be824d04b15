package dev.farside.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/**
 * The text that identifies a method on the wire, {@code name(java.lang.String,int[])}: its name and
 * erased parameter types as {@link Class#getTypeName()} gives them, and no result type. A
 * constructor's name is {@code <init>}.
 */
public final class Signatures {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Signatures() {}

  /** The signature of a method or constructor. */
  public static String of(Executable executable) {
    String name = executable instanceof Constructor ? "<init>" : executable.getName();
    return of(name, executable.getParameterTypes());
  }

  /** The signature of a method with this name and these erased parameter types. */
  public static String of(String name, Class<?>... parameterTypes) {
    var parameters = new StringJoiner(",", name + "(", ")");
    for (Class<?> type : parameterTypes) {
      parameters.add(type.getTypeName());
    }
    return parameters.toString();
  }

  /** FNV-1a, 64 bits, over the signature's UTF-8 bytes. */
  public static long hash(String signature) {
    long hash = FNV_OFFSET;
    for (byte b : signature.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
