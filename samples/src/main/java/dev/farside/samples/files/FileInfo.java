package dev.farside.samples.files;

import java.time.Instant;

/**
 * What a directory says about one of its entries.
 *
 * @param name the last part of its path
 * @param kind what it is; a symbolic link is not followed in a listing
 * @param size in bytes
 * @param modified when its content last changed
 */
public record FileInfo(String name, Kind kind, long size, Instant modified) {
  /** What an entry of a directory is. */
  public enum Kind {
    /** Bytes that can be read. */
    FILE,
    /** Holds entries. */
    DIRECTORY,
    /** Names another entry. */
    LINK,
    /** A device, pipe or socket. */
    OTHER
  }
}
