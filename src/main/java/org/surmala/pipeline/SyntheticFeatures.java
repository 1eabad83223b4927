package org.surmala.pipeline;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Random;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.coder.RecordCoder;
import org.surmala.read.Read;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Songs without sound, to measure what comes after the sound: points of {@value #CLUSTERS} Gaussian
 * clusters in {@value #LATENT} dimensions, bent into as many dimensions as a song's vector has by
 * one random layer, {@code tanh(Wz) + noise}. A song depends on the seed and its number alone. The
 * cluster is its label. Outputs {@link Read#SONGS} and {@link Listen#FEATURES}.
 */
final class SyntheticFeatures extends PTransform<PBegin, PCollectionTuple> {
  static final int CLUSTERS = 8;
  private static final int LATENT = 8;
  private static final double SPREAD = 3;
  private static final double NOISE = 0.1;

  private final long songs;
  private final int dimensions;
  private final String spec;
  private final long seed;

  private SyntheticFeatures(long songs, int dimensions, String spec, long seed) {
    this.songs = songs;
    this.dimensions = dimensions;
    this.spec = spec;
    this.seed = seed;
  }

  /** So many songs, under the configuration's feature specification and seed. */
  static SyntheticFeatures of(long songs, PipelineConfig config) {
    return new SyntheticFeatures(
        songs, config.dimensionNames().size(), config.spec(), config.seed());
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    PCollectionTuple made =
        begin
            .apply("Numbers", GenerateSequence.from(0).to(songs))
            .apply(
                "Make",
                ParDo.of(new MakeFn(dimensions, spec, seed))
                    .withOutputTags(Listen.FEATURES, TupleTagList.of(Read.SONGS)));
    made.get(Listen.FEATURES).setCoder(RecordCoder.of(SegmentFeatures.class));
    made.get(Read.SONGS).setCoder(RecordCoder.of(SongRef.class));
    return made;
  }

  static final class MakeFn extends DoFn<Long, SegmentFeatures> {
    private final int dimensions;
    private final String spec;
    private final long seed;
    private final Counter found = Metrics.counter("surmala", "found");
    private final Counter identified = Metrics.counter("surmala", "identified");
    private transient double @Nullable [][] weights;
    private transient double @Nullable [][] centres;

    MakeFn(int dimensions, String spec, long seed) {
      this.dimensions = dimensions;
      this.spec = spec;
      this.seed = seed;
    }

    @Setup
    public void setup() {
      Random random = new Random(seed);
      weights = gaussian(random, dimensions, 1 / Math.sqrt(LATENT));
      centres = gaussian(random, CLUSTERS, SPREAD);
    }

    private static double[][] gaussian(Random random, int rows, double deviation) {
      double[][] values = new double[rows][LATENT];
      for (double[] row : values) {
        for (int i = 0; i < LATENT; i++) {
          row[i] = deviation * random.nextGaussian();
        }
      }
      return values;
    }

    @ProcessElement
    public void process(@Element Long number, MultiOutputReceiver out) {
      String id = DigestUtils.sha256Hex("synthetic " + seed + " " + number);
      Random random = new Random(Long.parseUnsignedLong(id.substring(0, 16), 16));
      int cluster = (int) (number % CLUSTERS);
      double[] centre = Objects.requireNonNull(centres)[cluster];
      double[] point = new double[LATENT];
      for (int i = 0; i < LATENT; i++) {
        point[i] = centre[i] + random.nextGaussian();
      }
      ByteBuffer values =
          ByteBuffer.allocate(dimensions * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (double[] row : Objects.requireNonNull(weights)) {
        double sum = 0;
        for (int i = 0; i < LATENT; i++) {
          sum += row[i] * point[i];
        }
        values.putFloat((float) (Math.tanh(sum) + NOISE * random.nextGaussian()));
      }
      out.get(Listen.FEATURES)
          .output(
              SegmentFeatures.newBuilder()
                  .setId(id)
                  .setSpec(spec)
                  .setInfo(
                      AudioInfo.newBuilder()
                          .setDurationSeconds(0)
                          .setSampleRate(0)
                          .setChannels(0)
                          .setCodec("none")
                          .setBitRate(0)
                          .build())
                  .setLoudnessLufs(0)
                  .setPaddedSamples(0)
                  .setSilenceShare(0)
                  .setDimensions(dimensions)
                  .setValues(values.flip())
                  .build());
      String name = "synthetic/" + number;
      out.get(Read.SONGS)
          .output(
              SongRef.newBuilder()
                  .setId(id)
                  .setUri(name)
                  .setFilepath(name)
                  .setLanguage("cluster " + cluster)
                  .setSize(0)
                  .setModified(0)
                  .build());
      found.inc();
      identified.inc();
    }
  }
}
