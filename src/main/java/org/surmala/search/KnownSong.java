package org.surmala.search;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MusicalKey;

/**
 * A song of the collection, with the properties that searches need.
 *
 * @param filepath as in the results
 * @param title from the user's metadata, else the file's tag, else the file's name
 * @param artist null if unknown
 * @param mark the cluster's letter
 * @param distance to the cluster's centre, in the latent's units
 * @param bpm beats per minute; null without a clear beat
 * @param key null without a clear key
 * @param group group within the cluster; null without groups, and for noise
 * @param album from the user's metadata, else the file's tag, else the name of its folder; null if
 *     the path has no folder
 * @param seconds length of the whole song; 0 if unknown
 */
public record KnownSong(
    String id,
    String filepath,
    String title,
    @Nullable String artist,
    String mark,
    String cluster,
    double distance,
    @Nullable Double bpm,
    @Nullable MusicalKey key,
    @Nullable Group group,
    @Nullable String album,
    double seconds) {
  /**
   * A group within a cluster.
   *
   * @param mark letter of the cluster and number of the group
   * @param name in plain words
   * @param distance of the song to the group's centre, in the latent's units
   */
  public record Group(String mark, String name, double distance) {}

  /** Whether its cluster has this letter or name, ignoring case. */
  boolean isIn(String asked) {
    return asked.equalsIgnoreCase(mark) || asked.equalsIgnoreCase(cluster);
  }

  /** Its group, if that has the mark, ignoring case. */
  Optional<Group> group(String asked) {
    return Optional.ofNullable(group).filter(known -> asked.equalsIgnoreCase(known.mark()));
  }

  /** Artist and title, if known. */
  public String name() {
    return artist == null ? title : artist + " - " + title;
  }
}
