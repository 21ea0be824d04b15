package dev.farside.codec;

import org.jspecify.annotations.Nullable;

/** Referenced; its public final fields are told. */
public class Badge {
  public final int number;
  public final @Nullable Object holder;

  public Badge(int number, @Nullable Object holder) {
    this.number = number;
    this.holder = holder;
  }
}
