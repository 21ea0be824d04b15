package dev.farside.samples.collections;

/** Something to work with. An ordinary class: its stand-in is a subclass. */
public class Tool {
  private final String name;
  private int uses;

  /** A new one. */
  public Tool(String name) {
    this.name = name;
  }

  /** Uses it and gives it back, for more of that. */
  public Tool use() {
    uses++;
    return this;
  }

  @Override
  public String toString() {
    return name + ", used " + uses + " times";
  }
}
