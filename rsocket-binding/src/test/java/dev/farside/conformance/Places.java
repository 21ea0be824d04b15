package dev.farside.conformance;

import dev.farside.Peer;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Carries out {@link Conformance} tests. After the last test of a class all tables must be at their
 * base.
 */
final class Places implements TestTemplateInvocationContextProvider {
  private static final Namespace NAMESPACE = Namespace.create(Places.class);

  /** Closed at the end of a class. */
  private record ClassEnd(Connections connections) implements AutoCloseable {
    @Override
    public void close() {
      connections.assertTablesAtBase();
    }
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Connections connections =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Connections.class, key -> new Connections(), Connections.class);
    context
        .getParent()
        .orElseThrow()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(ClassEnd.class, key -> new ClassEnd(connections), ClassEnd.class);
    Method test = context.getRequiredTestMethod();
    boolean here = test.getAnnotation(Conformance.class).here();
    return Stream.of(Place.values())
        .filter(place -> here || place != Place.HERE)
        .map(place -> new At(place, connections));
  }

  /** One run of a test. */
  private record At(Place place, Connections connections)
      implements TestTemplateInvocationContext, ParameterResolver {
    @Override
    public String getDisplayName(int invocation) {
      return place.name();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return true;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      Class<?> type = parameter.getParameter().getType();
      if (type == Place.class) {
        return place;
      }
      return type == Peer.class ? connections.peer(place) : connections.make(place, type);
    }
  }
}
