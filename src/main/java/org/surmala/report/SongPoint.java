package org.surmala.report;

import java.util.List;
import org.surmala.schema.Embedding;

/** A song under one model: its embedding, and its coordinates along the song directions, if any. */
public record SongPoint(double[] latent, double[] directions) {
  /** A point under a model without directions. */
  public static SongPoint of(double... latent) {
    return new SongPoint(latent, new double[0]);
  }

  /** The point of an embedding. */
  public static SongPoint of(Embedding embedding) {
    List<Float> directions = embedding.getDirections();
    return new SongPoint(
        values(embedding.getVector()), values(directions == null ? List.of() : directions));
  }

  private static double[] values(List<Float> values) {
    return values.stream().mapToDouble(Float::doubleValue).toArray();
  }

  /** The song's coordinates in each search space, the latent space first. */
  public double[][] spaces() {
    return directions.length == 0 ? new double[][] {latent} : new double[][] {latent, directions};
  }

  /** Points as rows, space by space, the input of {@link org.surmala.metric.MutualProximity}. */
  public static double[][][] bySpace(List<SongPoint> points) {
    int spaces = points.isEmpty() ? 1 : points.get(0).spaces().length;
    double[][][] rows = new double[spaces][points.size()][];
    for (int song = 0; song < points.size(); song++) {
      double[][] own = points.get(song).spaces();
      if (own.length != spaces) {
        throw new IllegalArgumentException(
            "song " + song + " has a point in " + own.length + " spaces, song 0 in " + spaces);
      }
      for (int space = 0; space < spaces; space++) {
        rows[space][song] = own[space];
      }
    }
    return rows;
  }
}
