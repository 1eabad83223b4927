package org.surmala.search;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MusicalKey;

/**
 * A song of the collection, as far as looking it up needs it.
 *
 * @param id its identity
 * @param filepath as the results have it
 * @param title from the user's metadata, else the file's tag, else the file's name
 * @param artist when it is known
 * @param mark the cluster's letter
 * @param cluster the cluster's name
 * @param distance to the cluster's centre, in the latent's units
 * @param bpm beats per minute; null where no beat was found
 * @param key null where none was found
 * @param group within the cluster; null where there are no groups, and for noise
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
    @Nullable Group group) {

  /**
   * A group within a cluster.
   *
   * @param mark letter of the cluster and number of the group
   * @param name in plain words
   * @param distance of the song to the group's centre, in the latent's units
   */
  public record Group(String mark, String name, double distance) {}

  /** Whether a letter or a name, in whatever case, is that of its cluster. */
  boolean isIn(String asked) {
    return asked.equalsIgnoreCase(mark) || asked.equalsIgnoreCase(cluster);
  }

  /** Its group, where that has the mark, in whatever case. */
  Optional<Group> group(String asked) {
    return Optional.ofNullable(group).filter(known -> asked.equalsIgnoreCase(known.mark()));
  }

  /** Artist and title, as far as they are known. */
  public String name() {
    return artist == null ? title : artist + " - " + title;
  }
}
