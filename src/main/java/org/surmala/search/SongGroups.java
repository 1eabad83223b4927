package org.surmala.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.metric.ColumnMajorMatrix;

/**
 * The artists or the albums of a collection. The distance of two groups is the Euclidean distance
 * between the means of their songs' embeddings; the typical song of a group is its medoid, the song
 * nearest to the mean.
 */
public final class SongGroups {
  private static final int MOST_NAMED = 10;

  private final Kind kind;
  private final List<KnownSong> songs;
  private final EmbeddingIndex index;
  private final List<Group> groups;

  /** The property that songs are grouped by. */
  public enum Kind {
    /** By artist. */
    ARTIST,
    /** By album. */
    ALBUM;

    /** The singular noun. */
    public String noun() {
      return name().toLowerCase(Locale.ROOT);
    }

    private @Nullable String of(KnownSong song) {
      return this == ARTIST ? song.artist() : song.album();
    }

    /** The key of a group: albums with the same name in different folders are different. */
    private String key(KnownSong song, String name) {
      String path = song.filepath();
      return SongFinder.folded(name)
          + (this == ARTIST ? "" : "\n" + path.substring(0, path.lastIndexOf('/') + 1));
    }
  }

  /**
   * An artist or an album.
   *
   * @param name the most common spelling
   * @param artist artist of an album if all its songs share one; else null
   * @param songs song indices, ascending
   * @param typical index of its medoid
   */
  public record Group(
      String name, @Nullable String artist, List<Integer> songs, int typical, double[] mean) {
    /** Artist and album, if known. */
    public String shown() {
      return artist == null ? name : artist + " - " + name;
    }
  }

  /** An artist or an album with its distance to the query. */
  public record Similar(Group group, KnownSong typical, double distance) {}

  /** Groups songs; songs without an artist or album are in no group. */
  SongGroups(Kind kind, List<KnownSong> songs, EmbeddingIndex index) {
    this.kind = kind;
    this.songs = songs;
    this.index = index;
    Map<String, List<Integer>> members = new LinkedHashMap<>();
    for (int song = 0; song < songs.size(); song++) {
      String name = kind.of(songs.get(song));
      if (name != null) {
        members
            .computeIfAbsent(kind.key(songs.get(song), name), key -> new ArrayList<>())
            .add(song);
      }
    }
    groups = members.values().stream().map(this::group).toList();
  }

  /** The property that the songs are grouped by. */
  public Kind kind() {
    return kind;
  }

  private Group group(List<Integer> members) {
    double[] mean = SimilarQuery.mean(members.stream().map(index::of).toList());
    double[] distances = index.distances(mean);
    int typical =
        members.stream().min(Comparator.comparingDouble(song -> distances[song])).orElseThrow();
    Set<@Nullable String> artists =
        members.stream().map(song -> songs.get(song).artist()).collect(Collectors.toSet());
    return new Group(
        mostFrequent(members, song -> String.valueOf(kind.of(song))),
        kind == Kind.ALBUM && artists.size() == 1 ? artists.iterator().next() : null,
        List.copyOf(members),
        typical,
        mean);
  }

  private String mostFrequent(List<Integer> members, Function<KnownSong, String> name) {
    Map<String, Long> counts =
        members.stream()
            .map(song -> name.apply(songs.get(song)))
            .collect(
                Collectors.groupingBy(text -> text, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /**
   * Finds a group by name, else by a part of the name, ignoring case and accents.
   *
   * @throws UsageException if there is none, or more than one; the message lists these, or similar
   *     names
   */
  public Group find(String text) {
    String name = SongFinder.folded(text);
    List<Group> found =
        groups.stream()
            .filter(
                group ->
                    SongFinder.folded(group.name()).equals(name)
                        || SongFinder.folded(group.shown()).equals(name))
            .toList();
    if (found.isEmpty() && !name.isEmpty()) {
      found =
          groups.stream().filter(group -> SongFinder.folded(group.shown()).contains(name)).toList();
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new UsageException(found.isEmpty() ? unknown(text) : ambiguous(text, found));
  }

  private String unknown(String text) {
    if (groups.isEmpty()) {
      return "no song of the collection has an " + kind.noun() + "; add tags or a metadata.csv";
    }
    List<String> alike = SongFinder.alike(text, groups.stream().map(Group::shown).toList(), 3);
    return "no "
        + kind.noun()
        + " of the collection matches '"
        + text
        + "'"
        + (alike.isEmpty()
            ? "; give a part of the name"
            : "; did you mean '" + String.join("' or '", alike) + "'?");
  }

  private String ambiguous(String text, List<Group> found) {
    return "'%s' may be any of %s %ss; give the whole name:%s%s"
        .formatted(
            text,
            found.size(),
            kind.noun(),
            found.stream()
                .limit(MOST_NAMED)
                .map(group -> "\n  " + group.shown() + "  " + songs.get(group.typical()).filepath())
                .collect(Collectors.joining()),
            found.size() > MOST_NAMED ? "\n  …" : "");
  }

  /** At most {@code count} groups nearest to another group, nearest first. */
  public List<Similar> nearest(Group asked, int count) {
    return IntStream.range(0, groups.size())
        .mapToObj(groups::get)
        .filter(group -> !group.songs().equals(asked.songs()))
        .map(
            group ->
                new Similar(
                    group,
                    songs.get(group.typical()),
                    Math.sqrt(ColumnMajorMatrix.squaredDistance(group.mean(), asked.mean()))))
        .sorted(Comparator.comparingDouble(Similar::distance))
        .limit(count)
        .toList();
  }
}
