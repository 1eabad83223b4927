package org.surmala.featurize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.surmala.dsp.MusicalKey;
import org.surmala.failure.SongException;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongAudioInfo;

/** Tempo and key of signals whose tempo and key are known. */
final class SongAudioTest {
  private static final int RATE = Segments.RATE;
  private static final FeatureOptions OPTIONS = FeatureOptions.defaults();

  private static final FeatureExtractor EXTRACTOR = new FeatureExtractor(OPTIONS, RATE, "spec");

  private static SongAudioInfo told(float[] samples) throws SongException {
    return songAudio(OPTIONS).of(EXTRACTOR.extract(Segments.of(samples)));
  }

  private static SongAudio songAudio(FeatureOptions options) {
    return SongAudio.of(options.dimensions(RATE).stream().map(FeatureDimension::name).toList());
  }

  /** Short bursts of noise, so many a minute. */
  private static float[] clicks(double bpm) {
    Random random = new Random(5);
    double period = 60 / bpm * RATE;
    return Segments.samples(
        30,
        n -> {
          double since = n % period;
          return since < 400 ? random.nextGaussian() * 0.3 * Math.exp(-since / 100) : 0;
        });
  }

  /** Chords one after another, half a second each, of tones with five partials. */
  private static float[] chords(double seconds, List<int[]> chords) {
    return Segments.samples(
        seconds,
        n -> {
          int[] chord = chords.get(2 * n / RATE % chords.size());
          double sum = 0;
          for (int semitones : chord) {
            double hz = 261.6255653 * Math.pow(2, semitones / 12.0);
            for (int partial = 1; partial <= 5; partial++) {
              sum += Math.sin(2 * Math.PI * partial * hz * n / RATE) / (partial * partial);
            }
          }
          return 0.1 * sum;
        });
  }

  private static int[] triad(int root, boolean minor) {
    return new int[] {root, root + (minor ? 3 : 4), root + 7};
  }

  static Stream<MusicalKey> keys() {
    return IntStream.range(0, 24).mapToObj(i -> new MusicalKey(i % 12, i >= 12));
  }

  /** Tonic, subdominant, dominant, tonic. */
  @ParameterizedTest
  @MethodSource("keys")
  void givenACadence_whenItsKeyIsFound_thenItIsTheCadences(MusicalKey key) throws SongException {
    int tonic = key.tonic();
    float[] cadence =
        chords(
            8,
            List.of(
                triad(tonic, key.minor()),
                triad(tonic + 5, key.minor()),
                triad(tonic + 7, false),
                triad(tonic, key.minor())));
    assertThat(told(cadence).getKey()).isEqualTo(key.toString());
  }

  /** Up the scale to the octave, then the tonic's chord; in minor the harmonic scale. */
  @ParameterizedTest
  @MethodSource("keys")
  void givenAScale_whenItsKeyIsFound_thenItIsTheScales(MusicalKey key) throws SongException {
    int[] degrees =
        key.minor() ? new int[] {0, 2, 3, 5, 7, 8, 11, 12} : new int[] {0, 2, 4, 5, 7, 9, 11, 12};
    List<int[]> tones =
        Stream.concat(
                IntStream.of(degrees).mapToObj(degree -> new int[] {key.tonic() + degree}),
                Stream.of(triad(key.tonic(), key.minor())))
            .toList();
    assertThat(told(chords(9, tones)).getKey()).isEqualTo(key.toString());
  }

  @ParameterizedTest
  @CsvSource({"60", "75", "90", "100", "120", "128", "135", "140", "150"})
  void givenAClickTrack_whenItsTempoIsFound_thenItIsWithinAFifthOfAPercent(double bpm)
      throws SongException {
    assertThat(told(clicks(bpm)).getBpm()).isCloseTo(bpm, within(0.002 * bpm));
  }

  /** A click track says nothing of where its beat is: of the tempo and its half, that near 120. */
  @ParameterizedTest
  @CsvSource({"40, 40", "174, 174", "180, 90", "200, 100", "240, 120"})
  void givenAFastClickTrack_whenItsTempoIsFound_thenItMayBeTheHalfNear120(double clicks, double bpm)
      throws SongException {
    assertThat(told(clicks(clicks)).getBpm()).isCloseTo(bpm, within(0.002 * bpm));
  }

  @Test
  void givenSilence_whenTold_thenThereIsNeitherTempoNorKey() throws SongException {
    SongAudioInfo silence = told(new float[30 * RATE]);
    assertThat(silence.getBpm()).isNull();
    assertThat(silence.getKey()).isNull();
  }

  @Test
  void givenNoise_whenTold_thenThereIsNeitherTempoNorKey() throws SongException {
    Random random = new Random(3);
    SongAudioInfo noise = told(Segments.samples(30, n -> 0.1 * random.nextGaussian()));
    assertThat(noise.getBpm()).isNull();
    assertThat(noise.getKey()).isNull();
  }

  @Test
  void givenScatteredClicks_whenTold_thenThereIsNoTempo() throws SongException {
    Random random = new Random(0);
    float[] samples = new float[30 * RATE];
    for (int click = 0; click < 90; click++) {
      int at = random.nextInt(samples.length - 400);
      for (int i = 0; i < 400; i++) {
        samples[at + i] += (float) (random.nextGaussian() * 0.3 * Math.exp(-i / 100.0));
      }
    }
    assertThat(told(samples).getBpm()).isNull();
  }

  @Test
  void givenAllTwelveTones_whenTold_thenThereIsNoKey() throws SongException {
    List<int[]> tones =
        Stream.of(0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11).map(tone -> new int[] {tone}).toList();
    assertThat(told(chords(30, tones)).getKey()).isNull();
  }

  @Test
  void givenFeaturesStoredWithoutAFineTempo_whenTold_thenTheTempoIsThatOfWholeFrames()
      throws SongException {
    SegmentFeatures stored = EXTRACTOR.extract(Segments.of(clicks(120)));
    stored.setBpm(null);
    // 60 · 22,050 Hz / (22 frames of 512 samples)
    assertThat(songAudio(OPTIONS).of(stored).getBpm()).isEqualTo(117.5);
  }

  @Test
  void givenNoSuchFeatures_whenTold_thenThereIsNeitherTempoNorKey() throws SongException {
    FeatureOptions timbre = FeatureOptionsWith.features(OPTIONS, List.of("mfcc"));
    SegmentFeatures features =
        new FeatureExtractor(timbre, RATE, "spec").extract(Segments.of(clicks(120)));
    assertThat(features.getBpm()).isNull();
    SongAudioInfo told = songAudio(timbre).of(features);
    assertThat(told.getBpm()).isNull();
    assertThat(told.getKey()).isNull();
    assertThat(told.getLoudnessLufs()).isEqualTo(features.getLoudnessLufs());
    assertThat(told.getInfo()).isEqualTo(features.getInfo());
  }

  @Test
  void givenASteadyTone_whenTold_thenThereIsNoTempo() throws SongException {
    float[] tone = Segments.samples(30, n -> 0.3 * Math.sin(2 * Math.PI * 440 * n / RATE));
    assertThat(told(tone).getBpm()).isNull();
  }
}
