package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.farside.NoSuchRemoteMethodException;
import dev.farside.NotAllowedException;
import dev.farside.Remote;
import dev.farside.RemoteRef;
import java.util.List;
import java.util.concurrent.Callable;

/** What can be called of an object that was passed, and what cannot. */
public class ExposureTest {
  /** Has methods of all kinds. */
  public static class Guarded extends Hidden implements Callable<String> {
    private boolean finalized;

    @Override
    public String call() {
      return "called" + (finalized ? " after its end" : "");
    }

    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize"})
    public void finalize() {
      finalized = true;
    }

    /** An overload that users may well have. */
    public String notify(String event) {
      return "notified of " + event;
    }

    protected String ofSubclasses() {
      return "protected";
    }

    String ofThePackage() {
      return "package";
    }

    private String own() {
      return "private";
    }

    public static String ofTheClass() {
      return "static";
    }

    /** Keeps the compiler content. */
    public boolean is(String text) {
      return own().equals(text);
    }

    /** What nobody may call. */
    public Object power(String kind) {
      return switch (kind) {
        case "loader" -> Guarded.class.getClassLoader();
        case "thread" -> Thread.currentThread();
        case "runtime" -> Runtime.getRuntime();
        case "process" -> ProcessHandle.current();
        case "builder" -> new ProcessBuilder("none");
        case "method" -> Guarded.class.getMethods()[0];
        case "module" -> Guarded.class.getModule();
        default -> throw new IllegalArgumentException(kind);
      };
    }

    /** Whether it is what came home. */
    public boolean isPower(String kind, Object object) {
      return kind.equals("builder") ? object instanceof ProcessBuilder : power(kind).equals(object);
    }
  }

  /** Is not public, but its public methods are inherited. */
  static class Hidden {
    public String inherited() {
      return "inherited";
    }
  }

  @Conformance
  void whatIsPublicCanBeCalled(Guarded guarded) {
    assertThat(guarded.call()).isEqualTo("called");
    assertThat(guarded.inherited()).isEqualTo("inherited");
    assertThat(guarded.notify("x")).isEqualTo("notified of x");
    assertThat(guarded.is("private")).isTrue();
  }

  @Conformance(here = false)
  void methodsOfTheVirtualMachineAreNeverCalledByName(Guarded guarded) {
    RemoteRef ref = Remote.ref(guarded);
    for (String name : List.of("getClass", "wait", "notifyAll", "finalize")) {
      assertThatThrownBy(() -> ref.call(name).block())
          .isInstanceOf(NotAllowedException.class)
          .hasMessageContaining(name + "(…) is never called for a peer: getClass, wait, notify");
    }
    assertThatThrownBy(() -> ref.call("wait", 1L).block()).isInstanceOf(NotAllowedException.class);
    assertThatThrownBy(() -> ref.call("notify").block())
        .isInstanceOf(NoSuchRemoteMethodException.class);
    assertThat(ref.call("notify", "x").block()).isEqualTo("notified of x");
    assertThat(guarded.call()).isEqualTo("called");
  }

  /** The methods of the virtual machine, as a face would call them. */
  public interface Finalizing {
    void finalize(int some);
  }

  @Conformance(here = false)
  @SuppressWarnings({"deprecation", "removal"})
  void theFinalizerOfAProxyIsItsOwnAndDoesNothing(Guarded guarded) {
    guarded.finalize();
    assertThat(guarded.call()).isEqualTo("called");
  }

  @Conformance(here = false)
  void whatIsNotPublicIsNotCalledByName(Guarded guarded) {
    RemoteRef ref = Remote.ref(guarded);
    for (String name : List.of("ofSubclasses", "ofThePackage", "own", "ofTheClass", "<init>")) {
      assertThatThrownBy(() -> ref.call(name).block())
          .isInstanceOf(NoSuchRemoteMethodException.class)
          .hasMessageContaining("has no public method " + name + "()");
    }
    assertThatThrownBy(() -> ref.call("#call", guarded).block())
        .isInstanceOf(NoSuchRemoteMethodException.class);
    assertThatThrownBy(() -> Remote.as(guarded, Finalizing.class).finalize(1))
        .isInstanceOf(NoSuchRemoteMethodException.class);
  }

  @Conformance(here = false)
  void powerOverTheVirtualMachineIsHeldAndGivenBackButNotCalled(Guarded guarded) {
    for (String kind : List.of("loader", "runtime", "process", "builder", "method", "module")) {
      Object handle = guarded.power(kind);
      assertThat(Remote.isRemote(handle)).as(kind).isTrue();
      assertThat(handle.getClass().getInterfaces()).as(kind).hasSize(1); // that of all proxies
      assertThat(guarded.isPower(kind, handle)).as(kind).isTrue();
      assertThatThrownBy(() -> Remote.ref(handle).call("getName").block())
          .isInstanceOf(NoSuchRemoteMethodException.class);
      assertThatThrownBy(() -> Remote.ref(handle).call("exit", 1).block())
          .isInstanceOf(NoSuchRemoteMethodException.class);
      assertThatThrownBy(() -> Remote.ref(handle).call("start").block())
          .isInstanceOf(NoSuchRemoteMethodException.class);
    }
  }
}
