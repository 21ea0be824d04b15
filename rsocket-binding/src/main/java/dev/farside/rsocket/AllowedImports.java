package dev.farside.rsocket;

import dev.farside.NotAllowedException;
import dev.farside.codec.PublicTypes;
import dev.farside.codec.TypeNames;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose constructors and static methods peers may call.
 *
 * @param classes whatever they are
 * @param packages all their public classes but those that have power over the virtual machine
 * @param owners which of all public classes but those
 */
record AllowedImports(
    Set<Class<?>> classes, Set<String> packages, List<Predicate<? super Class<?>>> owners) {
  private static final Logger LOG = LoggerFactory.getLogger(AllowedImports.class);

  /** The class of this name; fails in words if it is not allowed, and then does not look for it. */
  Class<?> require(String name, TypeNames types) {
    for (Class<?> allowed : classes) {
      if (allowed.getName().equals(name)) {
        return allowed;
      }
    }
    boolean inPackage = packages.contains(packageOf(name));
    @Nullable Class<?> type = inPackage || !owners.isEmpty() ? types.find(name) : null;
    if (type == null || !mayBeCalled(type) || !(inPackage || isTaken(type))) {
      throw new NotAllowedException(
          name
              + " may not be imported from here: the owner must name it in"
              + " Farside.builder().allowImport("
              + name.substring(name.lastIndexOf('.') + 1).replace('$', '.')
              + ".class)");
    }
    return type;
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static boolean mayBeCalled(Class<?> type) {
    return PublicTypes.of(type).contains(type);
  }

  private boolean isTaken(Class<?> type) {
    try {
      return owners.stream().anyMatch(owner -> owner.test(type));
    } catch (RuntimeException | Error e) {
      LOG.warn("allowImportIf failed for {}: a call of it is refused", type, e);
      return false;
    }
  }
}
