package dev.farside.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LocalMembersTest {
  /** Has some of all kinds. */
  public static class Mixed {
    public static int ofClass;
    public final int fixed = 1;
    public int changing;
    int near;

    /** Runs here. */
    public final int here(String text, int[] numbers) {
      return near;
    }

    /** Runs here, too: what it gives is a CharSequence elsewhere. */
    public final StringBuilder text() {
      return new StringBuilder();
    }

    /** Is forwarded. */
    public int there() {
      return near;
    }

    final int hidden() {
      return near;
    }

    /** Runs anywhere. */
    public static final int ofClass() {
      return ofClass;
    }
  }

  @Test
  void finalMethodsAndFieldsThatMayChangeAreNamed() {
    assertThat(LocalMembers.of(Mixed.class))
        .containsExactly("field changing", "final here(String,int[])", "final text()");
  }

  @Test
  void whatCanBeForwardedOrIsToldIsNot() {
    assertThat(LocalMembers.of(Object.class)).isEmpty();
    assertThat(LocalMembers.of(ArrayList.class)).isEmpty();
    assertThat(LocalMembers.of(Runnable.class)).isEmpty();
    assertThat(LocalMembers.of(FileInputStream.class))
        .as("a FileDescriptor cannot be had")
        .isEmpty();
    assertThat(LocalMembers.of(AtomicBoolean.class)).contains("final get()", "final set(boolean)");
  }
}
