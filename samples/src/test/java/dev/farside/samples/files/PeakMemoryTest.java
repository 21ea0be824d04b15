package dev.farside.samples.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeakMemoryTest {
  @Test
  void aProcessHasHeldAtLeastItsHeapAndNeverLessLater() {
    long before = PeakMemory.ofThisProcess();
    byte[] held = new byte[48 << 20];
    for (int i = 0; i < held.length; i += 4096) {
      held[i] = 1;
    }
    long after = PeakMemory.ofThisProcess();
    assertThat(held[0]).isEqualTo((byte) 1);
    assertThat(before).isBetween(10L << 20, 1L << 40);
    assertThat(after).isGreaterThanOrEqualTo(before).isGreaterThanOrEqualTo(48L << 20);
  }

  @Test
  void whereTheSystemTellsItIsResidentMemory() {
    assertThat(PeakMemory.isResident())
        .isEqualTo(java.nio.file.Files.exists(java.nio.file.Path.of("/proc/self/status")));
  }
}
