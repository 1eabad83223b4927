package org.surmala.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.surmala.config.UsageException;
import org.surmala.report.SongPoint;

/** Selects and orders the songs of a playlist. Songs are given by index. */
final class Playlist {
  /** Largest number of songs for which ten times as many candidates are ranked by cost. */
  private static final int MOST_VARIED = 100;

  /** Maximum number of songs that are skipped because they are too long for the remaining time. */
  private static final int MOST_PASSED_OVER = 10;

  private final List<KnownSong> songs;
  private final EmbeddingIndex index;
  private final SongSelection selection;
  private final PlaylistRules rules;
  private final double[] costs;

  /**
   * A playlist builder.
   *
   * @param index index of their embeddings, one for each song
   * @param selection filter and limits
   * @param costs factor of each song's distance
   */
  Playlist(
      List<KnownSong> songs,
      EmbeddingIndex index,
      SongSelection selection,
      PlaylistRules rules,
      double[] costs) {
    if (songs.size() != index.size()) {
      throw new IllegalArgumentException(
          songs.size() + " songs have " + index.size() + " embeddings; there must be one for each");
    }
    this.songs = List.copyOf(songs);
    this.index = index;
    this.selection = selection;
    this.rules = rules;
    this.costs = costs;
  }

  /**
   * The core of a cluster or of a group, by letter, name or mark: the songs nearest to its centre,
   * nearest first.
   */
  List<Integer> core(String cluster) {
    List<Integer> core =
        nearestFirst(song -> songs.get(song).isIn(cluster), song -> songs.get(song).distance());
    return filled(List.of(), core.isEmpty() ? coreOfGroup(cluster) : core);
  }

  private List<Integer> coreOfGroup(String mark) {
    return nearestFirst(
        song -> songs.get(song).group(mark).isPresent(),
        song -> songs.get(song).group(mark).map(KnownSong.Group::distance).orElse(0.0));
  }

  private List<Integer> nearestFirst(IntPredicate isIn, IntToDoubleFunction distance) {
    return IntStream.range(0, songs.size())
        .filter(song -> isIn.test(song) && selection.wants(song))
        .boxed()
        .sorted(Comparator.comparing(song -> distance.applyAsDouble(song) * costs[song]))
        .toList();
  }

  /** The songs nearest to a point, nearest first, after the given first songs. */
  List<Integer> like(SongPoint point, IntPredicate wanted, List<Integer> first) {
    List<RankedSong> nearest =
        index.nearest(point, song -> wanted.test(song) && selection.wants(song), songs.size());
    // By mutual proximity; if costs differ, the nearest candidates are ordered by distance times
    // cost.
    int varied =
        rules.weight() == null && rules.seed() == null
            ? 0
            : Math.min(
                nearest.size(),
                MarginalRelevance.CANDIDATES * Math.min(rules.count(), MOST_VARIED));
    return filled(
        first,
        Stream.concat(
                nearest.subList(0, varied).stream()
                    .sorted(
                        Comparator.comparingDouble(song -> song.distance() * costs[song.song()])),
                nearest.subList(varied, nearest.size()).stream())
            .map(RankedSong::song)
            .filter(song -> !first.contains(song))
            .toList());
  }

  /** A smooth path from one song to another, as by {@link SmoothPath}. */
  List<Integer> between(int from, int to) {
    SmoothPath path =
        SmoothPath.between(index, from, to, selection::wants, costs, selection::quota);
    if (rules.minMinutes() == null && rules.maxMinutes() == null) {
      return path.songs(rules.count());
    }
    List<Integer> way = path.songs(2);
    if (rules.isTooLong(seconds(way))) {
      throw new UsageException(
          "--max-minutes is %s, but --from and --to alone last %s minutes; give more"
              .formatted(rules.maxMinutes(), minutes(seconds(way))));
    }
    while (!rules.isFull(way.size(), seconds(way))) {
      List<Integer> longer = path.songs(way.size() + 1);
      if (longer.size() == way.size() || rules.isTooLong(seconds(longer))) {
        break;
      }
      way = longer;
    }
    return requireLongEnough(way);
  }

  private List<Integer> filled(List<Integer> first, List<Integer> candidates) {
    SongQuota quota = selection.quota();
    List<Integer> playlist = new ArrayList<>(first);
    first.forEach(quota::add);
    int passedOver = 0;
    for (int song : candidates) {
      if (passedOver == MOST_PASSED_OVER || rules.isFull(playlist.size(), seconds(playlist))) {
        break;
      }
      if (quota.allows(song)) {
        if (rules.isTooLong(seconds(playlist) + songs.get(song).seconds())) {
          passedOver++;
        } else {
          quota.add(song);
          playlist.add(song);
        }
      }
    }
    return requireLongEnough(playlist);
  }

  private List<Integer> requireLongEnough(List<Integer> playlist) {
    if (!rules.isLongEnough(seconds(playlist))) {
      throw new UsageException(
          "--min-minutes is "
              + rules.minMinutes()
              + ", but only "
              + minutes(seconds(playlist))
              + " minutes of songs meet all options; loosen --where, --bpm, --per-artist,"
              + " --per-album, --max-minutes or -n");
    }
    return playlist;
  }

  private double seconds(List<Integer> playlist) {
    return playlist.stream().mapToDouble(song -> songs.get(song).seconds()).sum();
  }

  private static String minutes(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds / 60);
  }
}
