package dev.farside.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {
  @Test
  void aSignatureIsTheNameAndTheErasedParameterTypes() throws NoSuchMethodException {
    assertThat(Signatures.of(List.class.getMethod("size"))).isEqualTo("size()");
    assertThat(Signatures.of(List.class.getMethod("add", Object.class)))
        .isEqualTo("add(java.lang.Object)");
    assertThat(Signatures.of(List.class.getMethod("add", int.class, Object.class)))
        .isEqualTo("add(int,java.lang.Object)");
    assertThat(Signatures.of(List.class.getMethod("of", Object[].class)))
        .isEqualTo("of(java.lang.Object[])");
    assertThat(Signatures.of("f", int[][].class, Map.Entry.class))
        .isEqualTo("f(int[][],java.util.Map$Entry)");
  }

  @Test
  void aConstructorHasTheNameInit() throws NoSuchMethodException {
    assertThat(Signatures.of(String.class.getConstructor(char[].class)))
        .isEqualTo("<init>(char[])");
  }

  /** From the tables of the FNV authors. */
  @ParameterizedTest
  @CsvSource({"'',cbf29ce484222325", "a,af63dc4c8601ec8c", "foobar,85944171f73967e8"})
  void theHashIsFnv1a(String text, String hash) {
    assertThat(Long.toHexString(Signatures.hash(text))).isEqualTo(hash);
  }
}
