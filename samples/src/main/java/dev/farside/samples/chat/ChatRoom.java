package dev.farside.samples.chat;

import java.util.List;

/** Where all hear what one says. */
public interface ChatRoom {
  /**
   * Enters.
   *
   * @throws IllegalArgumentException if somebody has this name already
   */
  Seat join(String name, ChatListener listener);

  /** The names of those who are here, in the order in which they came. */
  List<String> members();

  /** One member's place, made when it joins; an object of the server. */
  interface Seat {
    /** Says something to all, oneself included. */
    void say(String what);

    /** Leaves. Leaving again does nothing. */
    void leave();
  }
}
