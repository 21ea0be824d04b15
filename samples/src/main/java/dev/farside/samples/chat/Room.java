package dev.farside.samples.chat;

import dev.farside.FarsideException;
import dev.farside.Peer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The room, in which the dead do not stay. Thread-safe: its map is. */
final class Room implements ChatRoom {
  private final AtomicLong joined = new AtomicLong();
  private final Map<Long, Member> members = new ConcurrentSkipListMap<>();

  private record Member(String name, ChatListener listener) {}

  @Override
  public synchronized Seat join(String name, ChatListener listener) {
    if (members().contains(name)) {
      throw new IllegalArgumentException(name + " is here already");
    }
    long number = joined.incrementAndGet();
    members.put(number, new Member(name, listener));
    tell("room", name + " has come");
    Peer.current().onClose().doFinally(end -> leave(number)).subscribe();
    return new MemberSeat(number, name);
  }

  @Override
  public List<String> members() {
    return members.values().stream().map(Member::name).toList();
  }

  private void leave(long number) {
    Member gone = members.remove(number);
    if (gone != null) {
      tell("room", gone.name() + " has gone");
    }
  }

  private void tell(String who, String what) {
    for (Member member : members.values()) {
      try {
        member.listener().said(who, what);
      } catch (FarsideException e) {
        // its connection ends at this moment, which onClose tells
      }
    }
  }

  /** A member's place. */
  private final class MemberSeat implements Seat {
    private final long number;
    private final String name;

    MemberSeat(long number, String name) {
      this.number = number;
      this.name = name;
    }

    @Override
    public void say(String what) {
      tell(name, what);
    }

    @Override
    public void leave() {
      Room.this.leave(number);
    }
  }
}
