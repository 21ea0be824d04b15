package dev.farside.rsocket;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * As many other JVMs as a test needs, which end with it if it failed. Register it as an instance
 * extension.
 */
final class MoreJvms implements AfterEachCallback {
  private final List<OtherJvm> running = new ArrayList<>();

  /** One more, which runs a {@code main} that calls {@link OtherJvm#serve}. */
  OtherJvm running(Class<?> main, String... arguments) {
    OtherJvm jvm = SpareJvms.running(main, OtherJvm.Kind.like(), arguments);
    running.add(jvm);
    return jvm;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    boolean passed = context.getExecutionException().isEmpty();
    for (OtherJvm jvm : running) {
      if (passed && jvm.isRunning()) {
        SpareJvms.giveBack(jvm);
      } else {
        jvm.close();
      }
    }
  }
}
