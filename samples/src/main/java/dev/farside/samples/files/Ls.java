package dev.farside.samples.files;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists a directory. */
@Command(name = "ls", description = "Lists a directory.", mixinStandardHelpOptions = true)
final class Ls extends RemoteCommand {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  @Option(names = "-l", description = "Kind, size and time as well.")
  private boolean details;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "Its path at the server.",
      defaultValue = ".")
  private String path = "";

  @Override
  void run(RemoteDirectory directory) {
    List<FileInfo> entries =
        Objects.requireNonNull(
            directory.list(path).collectSortedList(Comparator.comparing(FileInfo::name)).block(),
            "entries");
    for (FileInfo entry : entries) {
      print(details ? details(entry) : entry.name());
    }
  }

  private static String details(FileInfo entry) {
    String kind =
        switch (entry.kind()) {
          case FILE -> "-";
          case DIRECTORY -> "d";
          case LINK -> "l";
          case OTHER -> "?";
        };
    return String.format(
        Locale.ROOT,
        "%s %14d %s %s",
        kind,
        entry.size(),
        TIME.format(entry.modified()),
        entry.name());
  }
}
