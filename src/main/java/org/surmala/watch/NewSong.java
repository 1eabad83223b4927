package org.surmala.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A song that a watch has assigned.
 *
 * @param id its identity
 * @param filepath as the results have it
 * @param title from the user's metadata, else the file's tag, else the file's name
 * @param artist when it is known
 * @param cluster name of its cluster
 * @param distance to the cluster's centre, in the latent's units; null where it is unknown, as for
 *     noise
 * @param novelty share of the songs that lie nearer to their own centre, 0 to 1; null where the
 *     distance is
 * @param neighbours the nearest assigned songs, nearest first
 * @param model version of the model
 */
public record NewSong(
    String id,
    String filepath,
    String title,
    @Nullable String artist,
    String cluster,
    @Nullable Double distance,
    @Nullable Double novelty,
    List<Neighbour> neighbours,
    String model) {
  public NewSong {
    neighbours = List.copyOf(neighbours);
  }

  /**
   * A song near another.
   *
   * @param id its identity
   * @param title as above
   */
  public record Neighbour(String id, String title) {}
}
