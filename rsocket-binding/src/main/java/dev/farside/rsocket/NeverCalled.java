package dev.farside.rsocket;

import dev.farside.NotAllowedException;
import dev.farside.codec.Signatures;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Methods of {@code Object} that act on the virtual machine in which they are called. */
final class NeverCalled {
  private static final Map<Long, String> SIGNATURES =
      List.of(
              "getClass()",
              "notify()",
              "notifyAll()",
              "wait()",
              "wait(long)",
              "wait(long,int)",
              "finalize()")
          .stream()
          .collect(Collectors.toUnmodifiableMap(Signatures::hash, Function.identity()));

  private static final Set<String> NAMES =
      SIGNATURES.values().stream()
          .map(signature -> signature.substring(0, signature.indexOf('(')))
          .collect(Collectors.toUnmodifiableSet());

  private NeverCalled() {}

  static boolean isOne(String signature) {
    return SIGNATURES.containsKey(Signatures.hash(signature));
  }

  /** Refuses one of them, by the hash of its signature. */
  static void refuse(long hash) {
    if (SIGNATURES.containsKey(hash)) {
      throw refused(SIGNATURES.get(hash));
    }
  }

  /** Refuses a name that is only theirs. */
  static void refuse(String name) {
    if (NAMES.contains(name)) {
      throw refused(name + "(…)");
    }
  }

  private static NotAllowedException refused(String signature) {
    return new NotAllowedException(
        signature
            + " is never called for a peer: getClass, wait, notify, notifyAll and finalize mean the"
            + " virtual machine in which they are called");
  }
}
