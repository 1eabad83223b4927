package org.surmala.watch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A song that a watch has assigned.
 *
 * @param id its identity
 * @param filepath as in the results
 * @param title from the user's metadata, else the file's tag, else the file's name
 * @param artist null if it is unknown
 * @param distance to the cluster's centre, in the latent's units; null if it is unknown, as for
 *     noise
 * @param novelty share of the songs closer to their own centre, 0 to 1; null if the distance is
 *     null
 * @param neighbours the nearest assigned songs, nearest first
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

  /** A neighbour of the song. */
  public record Neighbour(String id, String title) {}
}
