package dev.farside.codec;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What exceptions of the JDK add to {@link Throwable}, in fields that Java does not let us reach.
 * To add one: a line in the table.
 */
final class JdkExceptions {
  /** Classes by name, since some are in modules that an image may lack; their accessors. */
  private static final Map<String, String[]> ACCESSORS = accessors();

  private static final ClassValue<Known> KNOWN =
      new ClassValue<>() {
        @Override
        protected Known computeValue(Class<?> type) {
          return new Known(find(type));
        }
      };

  private record Known(@Nullable ConstructorState state) {}

  private JdkExceptions() {}

  /** What instances of this class inherit of such state, or null if nothing. */
  static @Nullable ConstructorState of(Class<?> type) {
    return KNOWN.get(type).state();
  }

  private static @Nullable ConstructorState find(Class<?> type) {
    for (Class<?> c = type; c != Throwable.class; c = c.getSuperclass()) {
      String @Nullable [] names = ACCESSORS.get(c.getName());
      if (names != null) {
        @Nullable ConstructorState state = ConstructorState.of(c, names);
        return state == null ? null : state.in(type);
      }
    }
    return null;
  }

  private static Map<String, String[]> accessors() {
    var table = new Table();
    table.add("java.lang.EnumConstantNotPresentException", "enumType", "constantName");
    table.add("java.lang.TypeNotPresentException", "typeName", "getCause");
    table.add("java.lang.reflect.InvocationTargetException", "getTargetException", "getMessage");
    table.add("java.net.HttpRetryException", "getMessage", "responseCode", "getLocation");
    table.add("java.net.URISyntaxException", "getInput", "getReason", "getIndex");
    table.add("java.nio.charset.IllegalCharsetNameException", "getCharsetName");
    table.add("java.nio.charset.MalformedInputException", "getInputLength");
    table.add("java.nio.charset.UnmappableCharacterException", "getInputLength");
    table.add("java.nio.charset.UnsupportedCharsetException", "getCharsetName");
    table.add("java.nio.file.FileSystemException", "getFile", "getOtherFile", "getReason");
    table.add("java.nio.file.InvalidPathException", "getInput", "getReason", "getIndex");
    table.add("java.sql.SQLException", "getMessage", "getSQLState", "getErrorCode");
    table.add(
        "java.sql.BatchUpdateException",
        "getMessage",
        "getSQLState",
        "getErrorCode",
        "getUpdateCounts");
    table.add(
        "java.sql.DataTruncation",
        "getIndex",
        "getParameter",
        "getRead",
        "getDataSize",
        "getTransferSize");
    table.add(
        "java.sql.SQLClientInfoException",
        "getMessage",
        "getSQLState",
        "getErrorCode",
        "getFailedProperties");
    table.add("java.text.ParseException", "getMessage", "getErrorOffset");
    table.add(
        "java.time.format.DateTimeParseException",
        "getMessage",
        "getParsedString",
        "getErrorIndex");
    table.add("java.util.DuplicateFormatFlagsException", "getFlags");
    table.add("java.util.FormatFlagsConversionMismatchException", "getFlags", "getConversion");
    table.add("java.util.IllegalFormatCodePointException", "getCodePoint");
    table.add("java.util.IllegalFormatConversionException", "getConversion", "getArgumentClass");
    table.add("java.util.IllegalFormatFlagsException", "getFlags");
    table.add("java.util.IllegalFormatPrecisionException", "getPrecision");
    table.add("java.util.IllegalFormatWidthException", "getWidth");
    table.add("java.util.IllformedLocaleException", "getMessage", "getErrorIndex");
    table.add("java.util.MissingFormatArgumentException", "getFormatSpecifier");
    table.add("java.util.MissingFormatWidthException", "getFormatSpecifier");
    table.add("java.util.MissingResourceException", "getMessage", "getClassName", "getKey");
    table.add("java.util.UnknownFormatConversionException", "getConversion");
    table.add("java.util.UnknownFormatFlagsException", "getFlags");
    table.add("java.util.regex.PatternSyntaxException", "getDescription", "getPattern", "getIndex");
    table.add(
        "javax.script.ScriptException",
        "getMessage",
        "getFileName",
        "getLineNumber",
        "getColumnNumber");
    table.add(
        "org.xml.sax.SAXParseException",
        "getMessage",
        "getPublicId",
        "getSystemId",
        "getLineNumber",
        "getColumnNumber");
    return table.entries;
  }

  private static final class Table {
    private final Map<String, String[]> entries = new HashMap<>();

    void add(String type, String... accessors) {
      entries.put(type, accessors);
    }
  }
}
