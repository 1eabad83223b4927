package org.surmala.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.surmala.golden.Npy;

/** The filterbanks against librosa 0.11.0's, 22,050 Hz and 2,048 samples. */
final class FilterbankTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void mel() {
    double[][] reference = Npy.read("features/mel_filterbank_128x1025.npy").rows();
    MelFilterbank filterbank = new MelFilterbank(22050, 2048, 128);
    assertThat(filterbank.bands()).isEqualTo(reference.length);
    for (int band = 0; band < reference.length; band++) {
      assertThat(filterbank.row(band)).containsExactly(reference[band], within(TOLERANCE));
    }
  }

  @Test
  void chroma() {
    double[][] reference = Npy.read("features/chroma_filterbank_12x1025.npy").rows();
    ChromaFilterbank filterbank = new ChromaFilterbank(22050, 2048);
    for (int pitch = 0; pitch < reference.length; pitch++) {
      assertThat(filterbank.row(pitch)).containsExactly(reference[pitch], within(TOLERANCE));
    }
  }

  @Test
  void melBandsGatherWhatTheirRowsWeigh() {
    MelFilterbank filterbank = new MelFilterbank(8000, 512, 40);
    double[] power = new double[257];
    for (int k = 0; k < power.length; k++) {
      power[k] = 1 + Math.sin(k);
    }
    float[] mel = new float[42];
    filterbank.apply(power, mel, 1);
    for (int band = 0; band < 40; band++) {
      double sum = 0;
      double[] row = filterbank.row(band);
      for (int k = 0; k < power.length; k++) {
        sum += row[k] * power[k];
      }
      assertThat((double) mel[band + 1]).isCloseTo(sum, within(1e-6));
    }
    assertThat(mel[0]).isZero();
    assertThat(mel[41]).isZero();
  }

  @Test
  void theMelScaleIsItsOwnInverse() {
    for (double hz = 0; hz < 12000; hz += 123.4) {
      assertThat(MelScale.SLANEY.toHz(MelScale.SLANEY.toMel(hz))).isCloseTo(hz, within(1e-8));
    }
    assertThat(MelScale.SLANEY.toMel(1000)).isCloseTo(15, within(1e-12));
    assertThat(MelScale.SLANEY.toMel(6400)).isCloseTo(42, within(1e-12));
  }

  @Test
  void aFilterbankWithoutBandsIsRefused() {
    assertThatThrownBy(() -> new MelFilterbank(22050, 2048, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 band, not 0");
  }
}
