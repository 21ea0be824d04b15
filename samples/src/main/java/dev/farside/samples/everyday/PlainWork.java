package dev.farside.samples.everyday;

import java.math.BigInteger;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Plain Java: it does not know who calls. */
final class PlainWork implements Work {
  @Override
  public Callable<String> factorial(int number) {
    return () ->
        IntStream.rangeClosed(1, number)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ONE, BigInteger::multiply)
            + " on "
            + Thread.currentThread().getName();
  }
}
