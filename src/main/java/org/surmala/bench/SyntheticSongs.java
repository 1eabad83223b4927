package org.surmala.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Synthetic feature vectors, to measure the stages after extraction: points of {@value #CLUSTERS}
 * Gaussian clusters in {@value #LATENT} dimensions, mapped to the dimensions of the song vector by
 * one random layer, {@code tanh(Wz) + noise}. A song depends only on the seed and its number. Its
 * cluster is its label.
 */
final class SyntheticSongs {
  static final int CLUSTERS = 8;
  private static final int LATENT = 8;
  private static final double SPREAD = 3;
  private static final double NOISE = 0.1;

  private final String spec;
  private final long seed;
  private final double[][] weights;
  private final double[][] centres;

  /**
   * @param spec feature version of the records
   */
  SyntheticSongs(int dimensions, String spec, long seed) {
    this.spec = spec;
    this.seed = seed;
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

  private String id(long number) {
    return DigestUtils.sha256Hex("synthetic " + seed + " " + number);
  }

  private static int cluster(long number) {
    return (int) (number % CLUSTERS);
  }

  /** The features of a song by its number from 0. */
  SegmentFeatures features(long number) {
    String id = id(number);
    Random random = new Random(Long.parseUnsignedLong(id.substring(0, 16), 16));
    double[] centre = centres[cluster(number)];
    double[] point = new double[LATENT];
    for (int i = 0; i < LATENT; i++) {
      point[i] = centre[i] + random.nextGaussian();
    }
    ByteBuffer values =
        ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double[] row : weights) {
      double sum = 0;
      for (int i = 0; i < LATENT; i++) {
        sum += row[i] * point[i];
      }
      values.putFloat((float) (Math.tanh(sum) + NOISE * random.nextGaussian()));
    }
    return SegmentFeatures.newBuilder()
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
        .setDimensions(weights.length)
        .setValues(values.flip())
        .build();
  }

  SongRef song(long number) {
    String name = "synthetic/" + number;
    return SongRef.newBuilder()
        .setId(id(number))
        .setUri(name)
        .setFilepath(name)
        .setLanguage("cluster " + cluster(number))
        .setSize(0)
        .setModified(0)
        .build();
  }
}
