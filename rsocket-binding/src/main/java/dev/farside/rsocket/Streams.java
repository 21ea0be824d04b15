package dev.farside.rsocket;

import java.lang.reflect.Array;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Lazy sequential streams of what else gives elements. */
final class Streams {
  private Streams() {}

  static Stream<?> of(BaseStream<?, ?> stream) {
    if (stream instanceof IntStream ints) {
      return ints.boxed();
    }
    if (stream instanceof LongStream longs) {
      return longs.boxed();
    }
    if (stream instanceof DoubleStream doubles) {
      return doubles.boxed();
    }
    return of(stream.spliterator()).onClose(stream::close);
  }

  static Stream<?> of(Spliterator<?> spliterator) {
    return StreamSupport.stream(spliterator, false);
  }

  static Stream<?> ofArray(Object array) {
    return IntStream.range(0, Array.getLength(array)).mapToObj(i -> Array.get(array, i));
  }

  static Stream<?> of(Iterator<?> iterator) {
    return of(Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED));
  }
}
