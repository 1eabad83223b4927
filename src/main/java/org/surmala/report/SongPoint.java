package org.surmala.report;

import java.util.List;
import org.surmala.schema.Embedding;

/**
 * A song under one model.
 *
 * @param latent its embedding
 * @param directions the song in the directions that separate songs; empty under a model without
 */
// Carries arrays; never compared.
@SuppressWarnings("ArrayRecordComponent")
public record SongPoint(double[] latent, double[] directions) {
  /** An embedding under a model without directions. */
  public static SongPoint of(double... latent) {
    return new SongPoint(latent, new double[0]);
  }

  /** The point that an embedding states. */
  public static SongPoint of(Embedding embedding) {
    List<Float> directions = embedding.getDirections();
    return new SongPoint(
        values(embedding.getVector()), values(directions == null ? List.of() : directions));
  }

  private static double[] values(List<Float> values) {
    return values.stream().mapToDouble(Float::doubleValue).toArray();
  }

  /** The spaces in which the song has neighbours: the latent one first. */
  public double[][] spaces() {
    return directions.length == 0 ? new double[][] {latent} : new double[][] {latent, directions};
  }

  /**
   * Rows of points, space by space, as {@link org.surmala.metric.MutualProximity} takes them.
   *
   * @param points under one model
   */
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
