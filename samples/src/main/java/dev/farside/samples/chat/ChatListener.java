package dev.farside.samples.chat;

import dev.farside.OneWay;

/** Hears what is said; lives at the client. The room does not wait for it. */
@FunctionalInterface
public interface ChatListener {
  /** Somebody said something. */
  @OneWay
  void said(String who, String what);
}
