package dev.farside.samples.everyday;

import java.util.concurrent.Callable;

/** Things to do over there. */
public interface Work {
  /** A task that lives over there, and runs on whatever thread calls it. */
  Callable<String> factorial(int number);
}
