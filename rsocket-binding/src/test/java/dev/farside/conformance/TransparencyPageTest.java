package dev.farside.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each row of {@code docs/transparency.md} names the tests that show it, and no test is missing.
 */
class TransparencyPageTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final List<String> PACKAGES =
      List.of("dev.farside.conformance.", "dev.farside.rsocket.");

  private static List<String> rows() throws IOException {
    return Files.readAllLines(Path.of("..", "docs", "transparency.md")).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| A user tries"))
        .toList();
  }

  private static Set<String> named(String text) {
    var named = new TreeSet<String>();
    Matcher matcher = NAMED.matcher(text);
    while (matcher.find()) {
      named.add(matcher.group(1) + "." + matcher.group(2));
    }
    return named;
  }

  private static boolean exists(String test) {
    String name = test.substring(0, test.indexOf('.'));
    String method = test.substring(test.indexOf('.') + 1);
    return PACKAGES.stream()
        .flatMap(prefix -> methods(prefix + name))
        .anyMatch(m -> m.getName().equals(method) && m.getAnnotations().length > 0);
  }

  private static Stream<Method> methods(String className) {
    try {
      return Arrays.stream(Class.forName(className).getDeclaredMethods());
    } catch (ClassNotFoundException e) {
      return Stream.of();
    }
  }

  private static Set<String> conformanceTests() throws IOException, URISyntaxException {
    Path classes =
        Path.of(
            Conformance.class.getProtectionDomain().getCodeSource().getLocation().toURI().getPath(),
            "dev",
            "farside",
            "conformance");
    var tests = new TreeSet<String>();
    try (Stream<Path> files = Files.list(classes)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith("Test.class"))
          .map(file -> file.replace(".class", ""))
          .forEach(
              name ->
                  methods(PACKAGES.get(0) + name)
                      .filter(method -> method.isAnnotationPresent(Conformance.class))
                      .forEach(method -> tests.add(name + "." + method.getName())));
    }
    return tests;
  }

  @Test
  void eachRowNamesTestsThatExist() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(20);
    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(row.split("\\|", -1)).as(row).hasSize(6);
              assertThat(named(row.substring(row.lastIndexOf('|', row.length() - 3))))
                  .as(row)
                  .isNotEmpty();
              assertThat(named(row)).as(row).allMatch(TransparencyPageTest::exists);
            });
  }

  @Test
  void eachTestOfTheSuiteHasItsRow() throws Exception {
    assertThat(named(String.join("\n", rows()))).containsAll(conformanceTests());
  }
}
