package dev.farside.samples.collections;

import dev.farside.Farside;
import dev.farside.Peer;
import dev.farside.Remote;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The role that uses objects of another process as if they were its own: lists, maps, objects of
 * classes, functions; lambdas go there and are called back.
 */
public final class WorkshopClient {
  private WorkshopClient() {}

  /** The only argument is the server's URI. */
  public static void main(String[] args) {
    run(args[0], System.out);
  }

  static void run(String uri, PrintStream out) {
    try (Peer peer = Farside.create().connectNow(uri)) {
      Workshop workshop = peer.lookup("workshop", Workshop.class);
      list(workshop, peer, out);
      map(workshop, out);
      function(workshop, out);
    }
  }

  private static void list(Workshop workshop, Peer peer, PrintStream out) {
    List<Tool> tools = workshop.tools();
    Tool saw = peer.create(Tool.class, "saw"); // constructed there
    Tool own = new Tool("hammer"); // lives here
    tools.addAll(List.of(saw, own));
    saw.use().use();
    tools.sort(Comparator.comparing(Tool::toString)); // compared here, sorted there
    for (Tool tool : tools) {
      out.println(tool + ", " + (Remote.isRemote(tool) ? "remote" : "own"));
    }
    out.println("came home: " + (tools.get(0) == own));
    out.println("removed: " + tools.removeIf(tool -> tool == own) + ", left: " + tools.size());
  }

  private static void map(Workshop workshop, PrintStream out) {
    Map<String, Integer> stock = workshop.stock();
    stock.put("nails", 100);
    stock.merge("nails", 20, Integer::sum); // atomic there, added here
    stock.computeIfAbsent("screws", what -> what.length());
    Map<String, Integer> copy = workshop.inventory();
    stock.clear();
    out.println("copied: " + new TreeMap<>(copy) + ", left: " + stock);
  }

  private static void function(Workshop workshop, PrintStream out) {
    out.println(workshop.stamp().apply("chair"));
  }
}
