package org.surmala.featurize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.golden.GoldenSound;
import org.surmala.golden.Npy;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.FeatureWindows;
import org.surmala.schema.LogMelPatches;
import org.surmala.schema.SegmentFeatures;

final class FeatureExtractorTest {
  private static final int RATE = Segments.RATE;
  private static final FeatureOptions LINEAR =
      FeatureOptionsWith.scale(
          FeatureOptionsWith.statistics(FeatureOptions.defaults(), FeatureOptions.STATISTICS),
          FeatureScale.LINEAR);

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
    FeatureOptions windowed = FeatureOptionsWith.windows(options, true, false, 1, 1);
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
  void theMelodyOfASineIsItsPitch() throws SongException {
    FeatureOptions melody =
        FeatureOptionsWith.features(FeatureOptions.defaults(), List.of("tempo", "melody"));

    Map<String, Double> features = measureInside(melody, sine(3, 220));

    assertThat(features.get("melody_pitch")).isCloseTo(-12, within(0.05));
    assertThat(features.get("melody_range")).isCloseTo(0, within(0.05));
    assertThat(features.get("melody_vibrato")).isCloseTo(0, within(0.01));
    assertThat(features.get("melody_voiced")).isEqualTo(1);
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
    FeatureOptions options =
        FeatureOptionsWith.windows(FeatureOptions.defaults(), true, true, 1, 0.5);
    Random random = new Random(2);
    float[] longer = Segments.samples(6, n -> random.nextGaussian() * (n % 5000 < 100 ? 1 : 0.01));
    float[] shorter = sine(2, 880);
    FeatureExtractor used = new FeatureExtractor(options, RATE, "spec");
    used.extract(Segments.of(longer));
    assertThat(used.extract(Segments.of(shorter)))
        .isEqualTo(new FeatureExtractor(options, RATE, "spec").extract(Segments.of(shorter)));
  }

  @Test
  void nothingIsAllocatedForAFrame() throws SongException {
    ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    // The stored windows grow with the song.
    FeatureOptions options =
        FeatureOptionsWith.windows(FeatureOptions.defaults(), false, false, 3, 3);
    FeatureExtractor extractor = new FeatureExtractor(options, RATE, "spec");
    AudioSegment shorter = Segments.of(music(0, 1));
    AudioSegment longer = Segments.of(Segments.samples(24, n -> 0.1 * Math.sin(0.01 * n)));
    long forShorter = Long.MAX_VALUE;
    long forLonger = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      extractor.extract(longer);
      long between = threads.getCurrentThreadAllocatedBytes();
      extractor.extract(shorter);
      forShorter = Math.min(forShorter, threads.getCurrentThreadAllocatedBytes() - between);
      forLonger = Math.min(forLonger, between - before);
    }
    // 690 frames more; one number for each of them would be 5 KB.
    assertThat(forLonger - forShorter).isLessThan(2000);
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
    Arrays.fill(half, half.length / 2, half.length, 0);
    SegmentFeatures features =
        new FeatureExtractor(FeatureOptions.defaults(), RATE, "spec").extract(Segments.of(half));
    assertThat(features.getSilenceShare()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void theRecordCarriesWhatTheSegmentSays() throws SongException {
    SegmentFeatures features =
        new FeatureExtractor(
                FeatureOptionsWith.windows(FeatureOptions.defaults(), false, false, 3, 3),
                RATE,
                "abc")
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

  /** Broken chords over a bass, four notes a second, {@code semitones} above C4. */
  private static float[] music(int semitones, double gain) {
    int[] notes = {0, 4, 7, 12, 5, 9, 12, 17, 7, 11, 14, 19, 0, 4, 7, 12};
    // Faint noise, so that no bin lies below the floor of the flatness, which has a level.
    Random random = new Random(4);
    return Segments.samples(
        8,
        n -> {
          double t = (double) n / RATE;
          int step = (int) (4 * t);
          double since = t - step / 4.0;
          double sum = 0;
          for (int partial = 1; partial <= 4; partial++) {
            double note = midi(60 + semitones + notes[step % 16]);
            double bass = midi(48 + semitones + notes[step % 16 / 4 * 4]);
            sum += Math.sin(2 * Math.PI * partial * note * t) / partial * Math.exp(-6 * since);
            sum += Math.sin(2 * Math.PI * partial * bass * t) / partial / 2;
          }
          return gain * (0.2 * sum + 1e-3 * random.nextGaussian());
        });
  }

  private static double midi(int note) {
    return 440 * Math.pow(2, (note - 69) / 12.0);
  }

  @Test
  void gainChangesTheLevelAndNothingElse() throws SongException {
    FeatureOptions options =
        FeatureOptionsWith.features(FeatureOptions.defaults(), FeatureOptions.NAMES);
    Map<String, Double> loud = measure(options, music(0, 1));
    Map<String, Double> quiet = measure(options, music(0, 0.25));
    double decibels = 20 * Math.log10(0.25);
    for (FeatureDimension dimension : options.dimensions(RATE)) {
      String name = dimension.name();
      double before = Objects.requireNonNull(loud.get(name));
      double change = Objects.requireNonNull(quiet.get(name)) - before;
      if (name.equals("rms_mean") || name.matches("log_mel_.*[0-9]_mean")) {
        assertThat(change).as(name).isCloseTo(decibels, within(0.01));
      } else if (name.equals("mfcc_00_mean")) {
        assertThat(change).as(name).isCloseTo(decibels * Math.sqrt(128), within(0.1));
      } else {
        double scale = Math.max(1, Math.abs(before));
        assertThat(change / scale).as(name).isCloseTo(0, within(1e-3));
      }
    }
  }

  @Test
  void transpositionTurnsTheChromaAndKeepsTheKeyProfile() throws SongException {
    FeatureOptions options = FeatureOptions.defaults();
    List<String> classes =
        FeatureOptionsWith.statistics(
                FeatureOptionsWith.features(options, List.of("chroma")), List.of("mean"))
            .dimensions()
            .stream()
            .map(FeatureDimension::name)
            .toList();
    Map<String, Double> inC = measure(options, music(0, 1));
    Map<String, Double> inF = measure(options, music(5, 1));
    for (int i = 0; i < 12; i++) {
      assertThat(inF.get(classes.get((i + 5) % 12)))
          .as("%s, a fourth higher", classes.get(i))
          .isCloseTo(inC.get(classes.get(i)), within(0.1));
      String profile = String.format("key_profile_%02d", i);
      assertThat(inF.get(profile)).as(profile).isCloseTo(inC.get(profile), within(0.02));
    }
    // C stands at the top of the circle of fifths, F one place to its left.
    assertThat(inC.get("key_tonic_cos")).isCloseTo(1, within(1e-6));
    assertThat(inF.get("key_tonic_cos")).isCloseTo(Math.cos(Math.PI / 6), within(1e-6));
    assertThat(inF.get("key_tonic_sin")).isCloseTo(-Math.sin(Math.PI / 6), within(1e-6));
    assertThat(inC.get("key_mode")).isPositive();
    assertThat(inF.get("key_mode")).isCloseTo(inC.get("key_mode"), within(0.1));
  }

  @Test
  void notesFourASecondAreFourOnsetsASecond() throws SongException {
    Map<String, Double> features = measure(FeatureOptions.defaults(), music(0, 1));
    assertThat(features.get("onset_rate")).isCloseTo(4, within(0.3));
    // 60, 120 and 240 beats per minute are the same music; librosa's preference is 120.
    assertThat(features.get("tempo")).isCloseTo(0, within(0.05));
    assertThat(features.get("beat_regularity")).isGreaterThan(0.5);
  }

  @Test
  void onTheLinearScaleTheStatisticsAreThoseOfLibrosasFrames() throws SongException {
    float[] samples = GoldenSound.read("melody");
    Map<String, Double> features = measure(LINEAR, samples);
    for (String feature : List.of("spectral_centroid", "rms", "spectral_flatness")) {
      double[] values = Npy.read("features/melody/" + feature + ".npy").values();
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(features.get(feature + "_mean")).isCloseTo(mean, within(1e-4 * mean));
      assertThat(features.get(feature + "_std"))
          .isCloseTo(Math.sqrt(variance), within(1e-4 * mean));
    }
    // librosa 0.11.0, scipy 1.17.1: mean, std, skew of mfcc[3], mean and std of its delta.
    assertThat(features.get("mfcc_03_mean")).isCloseTo(-30.30554, within(1e-3));
    assertThat(features.get("mfcc_03_std")).isCloseTo(13.074024, within(1e-3));
    assertThat(features.get("mfcc_03_skew")).isCloseTo(0.880142566772035, within(1e-4));
    assertThat(features.get("mfcc_03_delta_mean")).isCloseTo(-0.14944723, within(1e-4));
    assertThat(features.get("mfcc_03_delta_std")).isCloseTo(1.3425292, within(1e-4));
  }

  @Test
  void whatADecoderMakesOfSilenceIsNoDifference() throws SongException {
    float[] zeros = music(0, 1);
    Arrays.fill(zeros, 3 * RATE, 5 * RATE, 0);
    float[] faintNoise = zeros.clone();
    Random random = new Random(3);
    for (int n = 3 * RATE; n < 5 * RATE; n++) {
      faintNoise[n] = (float) (1e-5 * random.nextGaussian());
    }
    FeatureOptions options =
        FeatureOptionsWith.features(
            FeatureOptions.defaults(),
            List.of("mfcc", "chroma", "spectral_centroid", "spectral_flatness", "tonnetz", "key"));
    Map<String, Double> withZeros = measure(options, zeros);
    Map<String, Double> withNoise = measure(options, faintNoise);
    withZeros.forEach(
        (name, value) ->
            assertThat(withNoise.get(name))
                .as(name)
                .isCloseTo(value, within(0.02 * Math.max(1, Math.abs(value)))));
  }

  @Test
  void windowsCoverTheSegmentToItsEnd() throws SongException {
    FeatureOptions options =
        FeatureOptionsWith.windows(FeatureOptions.defaults(), true, true, 3, 1.5);
    float[] samples = music(0, 1);
    SegmentFeatures features =
        new FeatureExtractor(options, RATE, "spec").extract(Segments.of(samples));
    int frames = 1 + samples.length / 512;
    int width = Math.round(3f * RATE / 512);
    FeatureWindows windows = features.getWindows();
    assertThat(windows.getDimensions()).isEqualTo(features.getDimensions());
    assertThat(windows.getSeconds()).isCloseTo(width * 512.0 / RATE, within(1e-12));
    double[] starts = new double[windows.getCount()];
    windows.getStarts().duplicate().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(starts);
    assertThat(starts)
        .containsExactly(
            new double[] {
              0,
              65 * 512.0 / RATE,
              130 * 512.0 / RATE,
              195 * 512.0 / RATE,
              (frames - width) * 512.0 / RATE
            },
            within(1e-9));
    assertThat(windows.getValues().remaining())
        .isEqualTo(starts.length * features.getDimensions() * Float.BYTES);

    LogMelPatches patches = features.getPatches();
    assertThat(patches.getCount()).isEqualTo(starts.length);
    assertThat(patches.getBands()).isEqualTo(128);
    assertThat(patches.getFrames()).isEqualTo(width);
    assertThat(patches.getStarts()).isEqualTo(windows.getStarts());
    FrameFeatures reference = new FrameFeatures(options, RATE);
    reference.analyse(samples, samples.length);
    float[] logMel = reference.of(Feature.LOG_MEL);
    ByteBuffer values = patches.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int patch = 0; patch < starts.length; patch++) {
      int start = (int) Math.round(starts[patch] * RATE / 512);
      for (int band = 0; band < 128; band++) {
        for (int frame = 0; frame < width; frame++) {
          if (values.getFloat() != logMel[(start + frame) * 128 + band]) {
            throw new AssertionError("patch " + patch + ", band " + band + ", frame " + frame);
          }
        }
      }
    }
    assertThat(values.hasRemaining()).isFalse();
  }

  @Test
  void aSoundShorterThanAWindowIsOneWindow() throws SongException {
    FeatureOptions options =
        FeatureOptionsWith.windows(FeatureOptions.defaults(), true, true, 3, 1.5);
    SegmentFeatures features =
        new FeatureExtractor(options, RATE, "spec").extract(Segments.of(sine(1, 440)));
    assertThat(features.getWindows().getCount()).isEqualTo(1);
    assertThat(features.getWindows().getValues()).isEqualTo(features.getValues());
    assertThat(features.getPatches().getFrames()).isEqualTo(1 + RATE / 512);
  }

  @Test
  void otherRatesAndFramesAreMeasuredToo() throws SongException {
    FeatureOptions options =
        new FeatureOptions(
            FeatureOptions.NAMES,
            FeatureOptions.STATISTICS,
            FeatureScale.PERCEPTUAL,
            512,
            128,
            40,
            13,
            false,
            false,
            3,
            1.5);
    AudioSegment segment = Segments.of(Segments.samples(1, n -> Math.sin(2 * Math.PI * n / 16)));
    segment.setSampleRate(8000);
    SegmentFeatures features = new FeatureExtractor(options, 8000, "spec").extract(segment);
    assertThat(features.getDimensions()).isEqualTo(options.dimensions(8000).size());
    // A sixteenth of 8 kHz.
    ByteBuffer values = features.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int centroid =
        options.dimensions(8000).stream()
            .map(FeatureDimension::name)
            .toList()
            .indexOf("spectral_centroid_mean");
    assertThat((double) values.getFloat(centroid * Float.BYTES)).isCloseTo(-1, within(0.05));
  }
}
