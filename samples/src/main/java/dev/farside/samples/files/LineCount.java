package dev.farside.samples.files;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many lines are meant: a whole number, not negative. */
final class LineCount implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException(
        "'" + text + "' is not a number of lines: a whole number from 0 to " + Integer.MAX_VALUE);
  }
}
