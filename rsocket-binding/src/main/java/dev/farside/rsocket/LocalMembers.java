package dev.farside.rsocket;

import dev.farside.Exposure;
import dev.farside.codec.PassingRules;
import dev.farside.codec.PublicTypes;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Java does not let a stand-in of a class forward: public final methods, which run here, and
 * public fields that may change, which are here. Neither has the object's state, and nobody would
 * notice.
 */
final class LocalMembers {
  private static final Logger LOG = LoggerFactory.getLogger(LocalMembers.class);
  private static final int LISTED = 10;
  private static final PassingRules RULES = new PassingRules(Set.of(), Exposure.PUBLIC);

  private LocalMembers() {}

  /** Warns of them. */
  static void report(Class<?> type) {
    List<String> members = of(type);
    if (!members.isEmpty()) {
      LOG.warn(
          "Proxies of {} do not have its state here: {}{}; call what they do through an interface",
          type.getName(),
          members.stream().limit(LISTED).collect(Collectors.joining(", ")),
          members.size() > LISTED ? ", …" : "");
    }
  }

  /** In words, methods before fields. */
  static List<String> of(Class<?> type) {
    return Stream.concat(
            Stream.of(type.getMethods()).filter(LocalMembers::runsHere).map(LocalMembers::text),
            Stream.of(type.getFields())
                .filter(LocalMembers::mayChange)
                .map(field -> "field " + field.getName()))
        .sorted()
        .toList();
  }

  private static boolean runsHere(Method method) {
    int modifiers = method.getModifiers();
    return Modifier.isFinal(modifiers)
        && !Modifier.isStatic(modifiers)
        && method.getDeclaringClass() != Object.class
        && isPassed(method.getReturnType());
  }

  /** Whether such a result, or one of its interfaces, could come from over there at all. */
  private static boolean isPassed(Class<?> type) {
    return type.isPrimitive()
        || type.isArray()
        || RULES.mayCopy(type)
        || StandIns.refusal(type) == null
        || PublicTypes.of(type).stream().anyMatch(Class::isInterface);
  }

  private static boolean mayChange(Field field) {
    int modifiers = field.getModifiers();
    return !Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers);
  }

  private static String text(Method method) {
    return Stream.of(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(",", "final " + method.getName() + "(", ")"));
  }
}
