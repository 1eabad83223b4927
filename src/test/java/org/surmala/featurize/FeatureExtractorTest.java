package org.surmala.featurize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.SegmentFeatures;

final class FeatureExtractorTest {
  private static final int RATE = Segments.RATE;
  private static final FeatureOptions LINEAR =
      FeatureOptions.defaults().withScale(FeatureScale.LINEAR);

  private static Map<String, Double> measure(FeatureOptions options, float[] samples)
      throws SongException {
    SegmentFeatures features =
        new FeatureExtractor(options, RATE, "spec").extract(Segments.of(samples));
    return named(options, features.getValues());
  }

  private static Map<String, Double> named(FeatureOptions options, ByteBuffer values) {
    ByteBuffer floats = values.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<FeatureDimension> dimensions = options.dimensions(RATE);
    assertThat(floats.remaining()).isEqualTo(dimensions.size() * Float.BYTES);
    Map<String, Double> named = new HashMap<>();
    for (FeatureDimension dimension : dimensions) {
      named.put(dimension.name(), (double) floats.getFloat());
    }
    assertThat(named).hasSize(dimensions.size());
    return named;
  }

  private static float[] sine(double seconds, double hz) {
    return Segments.samples(seconds, n -> 0.5 * Math.sin(2 * Math.PI * hz * n / RATE));
  }

  /** Inside a steady sound: frames that reach over its ends are not of it. */
  private static Map<String, Double> measureInside(FeatureOptions options, float[] samples)
      throws SongException {
    FeatureOptions windowed = options.withWindows(true, false, 1, 1);
    SegmentFeatures features =
        new FeatureExtractor(windowed, RATE, "spec").extract(Segments.of(samples));
    ByteBuffer window = features.getWindows().getValues().duplicate();
    int bytes = features.getDimensions() * Float.BYTES;
    window.position(bytes).limit(2 * bytes);
    return named(windowed, window.slice());
  }

  @Test
  void theCentroidOfASineIsItsFrequency() throws SongException {
    Map<String, Double> features = measureInside(LINEAR, sine(3, 440));
    assertThat(features.get("spectral_centroid_mean")).isCloseTo(440, within(1.0));
    assertThat(features.get("spectral_rolloff_mean")).isCloseTo(440, within(22.0));
    assertThat(features.get("spectral_flatness_mean")).isLessThan(1e-8);
    assertThat(features.get("rms_mean")).isCloseTo(0.5 / Math.sqrt(2), within(1e-3));
    assertThat(features.get("zero_crossing_rate_mean")).isCloseTo(2 * 440.0 / RATE, within(1e-3));
    assertThat(features.get("chroma_a_mean")).isEqualTo(1);
  }

  @Test
  void thePerceptualScaleCountsOctavesAndDecibels() throws SongException {
    Map<String, Double> features = measureInside(FeatureOptions.defaults(), sine(3, 500));
    assertThat(features.get("spectral_centroid_mean")).isCloseTo(-1, within(0.01));
    assertThat(features.get("zero_crossing_rate_mean")).isCloseTo(-1, within(0.1));
    assertThat(features.get("rms_mean")).isCloseTo(-9.03, within(0.02));
  }

  @Test
  void whiteNoiseIsFlat() throws SongException {
    Random random = new Random(1);
    Map<String, Double> features =
        measure(LINEAR, Segments.samples(5, n -> 0.1 * random.nextGaussian()));
    // The geometric over the arithmetic mean of a chi-squared variable of two degrees: exp(-γ).
    assertThat(features.get("spectral_flatness_mean")).isCloseTo(0.5615, within(0.02));
    assertThat(features.get("spectral_centroid_mean")).isCloseTo(RATE / 4.0, within(100.0));
    assertThat(features.get("zero_crossing_rate_mean")).isCloseTo(0.5, within(0.01));
  }

  @Test
  void paddingDoesNotCount() throws SongException {
    float[] song = sine(3, 440);
    float[] padded = new float[5 * RATE];
    System.arraycopy(song, 0, padded, 0, song.length);
    FeatureExtractor extractor = new FeatureExtractor(FeatureOptions.defaults(), RATE, "spec");
    SegmentFeatures whole = extractor.extract(Segments.of(song));
    SegmentFeatures withPadding =
        extractor.extract(Segments.of(padded, padded.length - song.length));
    assertThat(withPadding.getValues()).isEqualTo(whole.getValues());
    assertThat(withPadding.getSilenceShare()).isEqualTo(whole.getSilenceShare());
    assertThat(withPadding.getPaddedSamples()).isEqualTo(2 * RATE);
  }

  @Test
  void anEarlierSongLeavesNoTrace() throws SongException {
    FeatureOptions options = FeatureOptions.defaults().withWindows(true, true, 1, 0.5);
    Random random = new Random(2);
    float[] longer = Segments.samples(6, n -> random.nextGaussian() * (n % 5000 < 100 ? 1 : 0.01));
    float[] shorter = sine(2, 880);
    FeatureExtractor used = new FeatureExtractor(options, RATE, "spec");
    used.extract(Segments.of(longer));
    assertThat(used.extract(Segments.of(shorter)))
        .isEqualTo(new FeatureExtractor(options, RATE, "spec").extract(Segments.of(shorter)));
  }

  @Test
  void silenceHasFiniteFeatures() throws SongException {
    SegmentFeatures features =
        new FeatureExtractor(FeatureOptions.defaults(), RATE, "spec")
            .extract(Segments.of(new float[2 * RATE]));
    assertThat(features.getSilenceShare()).isEqualTo(1);
    assertThat(named(FeatureOptions.defaults(), features.getValues()).values())
        .allMatch(Double::isFinite);
  }

  @Test
  void theSilentShareIsThatOfTheFrames() throws SongException {
    float[] half = sine(4, 440);
    java.util.Arrays.fill(half, half.length / 2, half.length, 0);
    SegmentFeatures features =
        new FeatureExtractor(FeatureOptions.defaults(), RATE, "spec").extract(Segments.of(half));
    assertThat(features.getSilenceShare()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void theRecordCarriesWhatTheSegmentSays() throws SongException {
    SegmentFeatures features =
        new FeatureExtractor(FeatureOptions.defaults(), RATE, "abc")
            .extract(Segments.of(sine(1, 440)));
    assertThat(features.getId()).isEqualTo("ab".repeat(32));
    assertThat(features.getSpec()).isEqualTo("abc");
    assertThat(features.getLoudnessLufs()).isEqualTo(-14);
    assertThat(features.getInfo().getCodec()).isEqualTo("pcm_s16le");
    assertThat(features.getWindows()).isNull();
    assertThat(features.getPatches()).isNull();
  }

  @Test
  void aSoundWithoutFramesEnoughIsTooShort() {
    FeatureExtractor extractor = new FeatureExtractor(FeatureOptions.defaults(), RATE, "spec");
    assertThatThrownBy(() -> extractor.extract(Segments.of(new float[8 * 512 - 1])))
        .isInstanceOfSatisfying(
            SongException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.TOO_SHORT))
        .hasMessageContaining("4095 samples")
        .hasMessageContaining("4096");
    assertThatThrownBy(() -> extractor.extract(Segments.of(new float[0])))
        .isInstanceOf(SongException.class);
  }

  @Test
  void aSegmentOfAnotherRateIsRefused() {
    FeatureExtractor extractor = new FeatureExtractor(FeatureOptions.defaults(), 44100, "spec");
    assertThatThrownBy(() -> extractor.extract(Segments.of(new float[RATE])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("22050 Hz")
        .hasMessageContaining("44100 Hz");
  }
}
