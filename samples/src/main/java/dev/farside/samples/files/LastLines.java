package dev.farside.samples.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Finds where the last lines of a file begin, reading it from its end. */
final class LastLines {
  private static final int BLOCK = 8 << 10;

  private LastLines() {}

  /** The offset of the last so many lines; a line break at the very end begins no line. */
  static long offset(Path file, int count) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      long end = channel.size();
      if (count <= 0) {
        return end;
      }
      return offset(channel, end, count);
    }
  }

  private static long offset(FileChannel channel, long end, int count) throws IOException {
    int left = count;
    for (long blockEnd = end; blockEnd > 0; blockEnd -= Math.min(BLOCK, blockEnd)) {
      long start = Math.max(0, blockEnd - BLOCK);
      ByteBuffer block = block(channel, start, (int) (blockEnd - start));
      for (int i = block.limit() - 1; i >= 0; i--) {
        long next = start + i + 1;
        if (block.get(i) == '\n' && next != end && --left == 0) {
          return next;
        }
      }
    }
    return 0;
  }

  private static ByteBuffer block(FileChannel channel, long start, int size) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(size);
    while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
      // until all of it is there, or the file has shrunk
    }
    return block.flip();
  }
}
