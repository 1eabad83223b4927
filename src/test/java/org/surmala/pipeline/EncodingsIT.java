package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.decode.DecodeOptions;
import org.surmala.decode.WindowDecoder;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.ComposedSong;
import org.surmala.demo.Composer;
import org.surmala.demo.Encoding;
import org.surmala.dsp.Resampler;
import org.surmala.failure.SongException;
import org.surmala.featurize.FeatureDimension;
import org.surmala.featurize.FeatureExtractor;
import org.surmala.featurize.FeatureOptions;
import org.surmala.resample.MonoResampler;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.segment.SegmentOptions;
import org.surmala.segment.Segmenter;

/**
 * One recording in many encodings, from the file to the song vector, against other recordings.
 *
 * <p>Leaves {@code target/encodings.csv}: how far each encoding moves each dimension, which is
 * where the figures of the decision record come from.
 */
final class EncodingsIT {
  /** Of the composer's forty songs; the second half of the list is Bangla. */
  private static final int[] SONGS = {0, 6, 11, 17, 20, 26, 31, 37};

  private static final int SECONDS = 33;
  private static final int LOW_RATE = 22_050;

  private static final List<Encoding> STEREO =
      List.of(
          Encoding.wav(),
          Encoding.flac(),
          Encoding.mp3(128_000),
          Encoding.vorbis(4),
          Encoding.opus(96_000),
          Encoding.aac(128_000));

  /** Of one channel, at {@link #LOW_RATE}. */
  private static final Encoding LOW = Encoding.mp3Variable(4, true);

  private static final List<Encoding> ENCODINGS =
      IntStream.rangeClosed(0, STEREO.size())
          .mapToObj(i -> i < STEREO.size() ? STEREO.get(i) : LOW)
          .toList();

  private static final FeatureOptions FEATURES = FeatureOptions.defaults();

  /** [song][encoding][dimension], as they come out of the pipeline. */
  private static double[][][] vectors = new double[0][][];

  @BeforeAll
  static void listen(@TempDir Path folder)
      throws IOException, InterruptedException, ExecutionException {
    Composer composer = new Composer(7);
    ExecutorService executor =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Callable<double[][]>> songs =
          Arrays.stream(SONGS)
              .<Callable<double[][]>>mapToObj(number -> () -> listen(folder, composer, number))
              .toList();
      List<double[][]> audio = new ArrayList<>();
      for (Future<double[][]> song : executor.invokeAll(songs)) {
        audio.add(song.get());
      }
      vectors = audio.toArray(double[][][]::new);
    } finally {
      executor.shutdownNow();
    }
    writeTable(Path.of("target", "encodings.csv"));
  }

  /** One song in each encoding. */
  private static double[][] listen(Path folder, Composer composer, int number)
      throws IOException, SongException {
    Ears ears = new Ears();
    ComposedSong composed = composer.compose(number);
    float[][] stereo = beginning(composed);
    float[] low = new Resampler(composed.sampleRate(), LOW_RATE).resample(mean(stereo));
    double[][] audio = new double[ENCODINGS.size()][];
    for (int i = 0; i < ENCODINGS.size(); i++) {
      Encoding encoding = ENCODINGS.get(i);
      Path file = folder.resolve("song-" + number + "-" + i + "." + encoding.extension());
      if (encoding.equals(LOW)) {
        AudioEncoder.write(file, encoding, new float[][] {low}, LOW_RATE, Map.of());
      } else {
        AudioEncoder.write(file, encoding, stereo, composed.sampleRate(), Map.of());
      }
      audio[i] = ears.listen(file);
      Files.delete(file);
    }
    return audio;
  }

  @Test
  void givenSongsInSevenEncodings_whenListenedTo_thenEachSongIsNearestToItself() {
    double[][][] standardised = standardised();
    SoftAssertions softly = new SoftAssertions();
    for (int song = 0; song < SONGS.length; song++) {
      String widest = "";
      double within = 0;
      String nearest = "";
      double between = Double.POSITIVE_INFINITY;
      for (int i = 0; i < ENCODINGS.size(); i++) {
        for (int other = 0; other < SONGS.length; other++) {
          for (int j = 0; j < ENCODINGS.size(); j++) {
            double distance = distance(standardised[song][i], standardised[other][j]);
            String pair =
                ENCODINGS.get(i).name() + " to " + SONGS[other] + " as " + ENCODINGS.get(j).name();
            if (other == song && distance > within) {
              within = distance;
              widest = pair;
            } else if (other != song && distance < between) {
              between = distance;
              nearest = pair;
            }
          }
        }
      }
      softly
          .assertThat(within)
          .as("song %d: %s; the nearest other: %s", SONGS[song], widest, nearest)
          .isLessThan(between);
    }
    softly.assertAll();
  }

  @Test
  void givenFlacOfTheSameSamples_whenListenedTo_thenTheVectorIsThatOfTheWav() {
    for (double[][] song : vectors) {
      assertThat(song[1]).isEqualTo(song[0]);
    }
  }

  /** The four audio stages, as a run has them. */
  private static final class Ears {
    private final WindowDecoder decoder = new WindowDecoder(DecodeOptions.defaults());
    private final MonoResampler resampler = new MonoResampler(LOW_RATE);
    private final Segmenter segmenter = new Segmenter(SegmentOptions.defaults());
    private final FeatureExtractor extractor = new FeatureExtractor(FEATURES, LOW_RATE, "test");

    double[] listen(Path file) throws IOException, SongException {
      SongRef song =
          SongRef.newBuilder()
              .setId(file.getFileName().toString())
              .setUri(file.toString())
              .setFilepath(file.getFileName().toString())
              .setSize(Files.size(file))
              .setModified(0)
              .build();
      SegmentFeatures audio =
          extractor.extract(segmenter.segment(resampler.resample(decoder.decode(song))));
      FloatBuffer values =
          audio.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      return IntStream.range(0, audio.getDimensions()).mapToDouble(values::get).toArray();
    }
  }

  private static float[][] beginning(ComposedSong song) {
    return Arrays.stream(song.channels())
        .map(channel -> Arrays.copyOf(channel, SECONDS * song.sampleRate()))
        .toArray(float[][]::new);
  }

  private static float[] mean(float[][] stereo) {
    float[] mean = new float[stereo[0].length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = 0.5f * (stereo[0][i] + stereo[1][i]);
    }
    return mean;
  }

  /** Each dimension with mean 0 and deviation 1 over all songs in all encodings. */
  private static double[][][] standardised() {
    double[][][] standardised = new double[SONGS.length][ENCODINGS.size()][vectors[0][0].length];
    for (int d = 0; d < vectors[0][0].length; d++) {
      int dimension = d;
      double[] values =
          Arrays.stream(vectors)
              .flatMap(Arrays::stream)
              .mapToDouble(vector -> vector[dimension])
              .toArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      double deviation = deviation(values);
      for (int song = 0; song < SONGS.length; song++) {
        for (int i = 0; i < ENCODINGS.size(); i++) {
          standardised[song][i][d] = deviation == 0 ? 0 : (vectors[song][i][d] - mean) / deviation;
        }
      }
    }
    return standardised;
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values)
            .map(value -> (value - mean) * (value - mean))
            .average()
            .orElseThrow());
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += (one[d] - other[d]) * (one[d] - other[d]);
    }
    return Math.sqrt(sum);
  }

  /**
   * Root mean square over the songs of a dimension's distance from its value in the WAV, in units
   * of its deviation over the WAVs.
   */
  private static void writeTable(Path file) throws IOException {
    List<FeatureDimension> dimensions = FEATURES.dimensions(LOW_RATE);
    List<String> lines = new ArrayList<>();
    lines.add(
        "dimension,group," + String.join(",", ENCODINGS.stream().map(Encoding::name).toList()));
    for (int d = 0; d < dimensions.size(); d++) {
      int dimension = d;
      double spread =
          deviation(Arrays.stream(vectors).mapToDouble(song -> song[0][dimension]).toArray());
      StringBuilder line =
          new StringBuilder(dimensions.get(d).name() + "," + dimensions.get(d).group().label());
      for (int i = 0; i < ENCODINGS.size(); i++) {
        double sum = 0;
        for (double[][] song : vectors) {
          sum += Math.pow(song[i][d] - song[0][d], 2);
        }
        line.append(String.format(Locale.ROOT, ",%.4f", Math.sqrt(sum / vectors.length) / spread));
      }
      lines.add(line.toString());
    }
    Files.write(file, lines);
  }
}
