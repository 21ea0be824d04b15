package dev.farside.samples.files;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as {@code 256MiB}. */
final class Size implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*([kmg]?)(i?b)?");
  private static final Map<String, Integer> SHIFT = Map.of("", 0, "k", 10, "m", 20, "g", 30);

  @Override
  public Long convert(String text) {
    Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new TypeConversionException("'" + text + "' is not a size such as 256MiB");
    }
    return Long.parseLong(form.group(1)) << SHIFT.getOrDefault(form.group(2), 0);
  }
}
