package dev.farside.samples.collections;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A class without an interface, which knows nothing of remoteness. */
public class Workshop {
  private final List<Tool> tools = new ArrayList<>();
  private final Map<String, Integer> stock = new ConcurrentHashMap<>();

  /** The tools themselves, not a copy: an ArrayList may change, so it stays here. */
  public List<Tool> tools() {
    return tools;
  }

  /** How much there is of what. */
  public Map<String, Integer> stock() {
    return stock;
  }

  /** The same as a value: what cannot change is copied. */
  public Map<String, Integer> inventory() {
    return Map.copyOf(stock);
  }

  /** A function that is computed here, wherever it is called. */
  public UnaryOperator<String> stamp() {
    return text -> text + " (made in process " + ProcessHandle.current().pid() + ")";
  }
}
