package dev.farside.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The text that identifies a method on the wire, {@code name(java.lang.String,int[])}: its name and
 * erased parameter types as {@link Class#getTypeName()} gives them, and no result type. A
 * constructor's name is {@code <init>}.
 */
public final class Signatures {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private static final String ON_FIRST_ARGUMENT = "#";

  private Signatures() {}

  /** The signature of a method or constructor. */
  public static String of(Executable executable) {
    String name = executable instanceof Constructor ? "<init>" : executable.getName();
    return of(name, executable.getParameterTypes());
  }

  /**
   * The signature of a method of the objects of a class, as a function of the class itself that
   * takes the object as its first argument: {@code #exists(java.io.File)}.
   */
  public static String onFirstArgument(Class<?> type, Method method) {
    List<Class<?>> parameters = new ArrayList<>(List.of(method.getParameterTypes()));
    parameters.add(0, type);
    return of(ON_FIRST_ARGUMENT + method.getName(), parameters.toArray(Class[]::new));
  }

  /** Whether a signature is one of {@link #onFirstArgument}. */
  public static boolean isOnFirstArgument(String signature) {
    return signature.startsWith(ON_FIRST_ARGUMENT);
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
