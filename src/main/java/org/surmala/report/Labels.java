package org.surmala.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a collection and their positions in the palette: the most frequent first, ties by
 * name. Labels beyond the given number share one position; songs without a label share another.
 */
final class Labels {
  /** Number of labels that colour and shape distinguish at a glance. */
  static final int MOST = 16;

  private static final int REST = -1;

  private final Map<String, Integer> places = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final int distinct;
  private final boolean anyWithout;

  private Labels(int distinct, boolean anyWithout) {
    this.distinct = distinct;
    this.anyWithout = anyWithout;
  }

  /** Ranks labels by their numbers of songs; at most {@code most} have their own position. */
  static Labels of(Map<@Nullable String, Long> songs, int most) {
    Map<String, Long> counts = new HashMap<>();
    songs.forEach(
        (label, count) -> {
          if (label != null) {
            counts.put(label, count);
          }
        });
    Labels result = new Labels(counts.size(), songs.containsKey(null));
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(most)
        .forEach(
            entry -> {
              result.places.put(entry.getKey(), result.names.size());
              result.names.add(entry.getKey());
            });
    return result;
  }

  /** Labels with their own position, in order. */
  List<String> names() {
    return names;
  }

  /** Total number of labels. */
  int distinct() {
    return distinct;
  }

  /** Position of a label, from 0; -1 for the rest and for no label. */
  int place(@Nullable String label) {
    return label == null ? REST : places.getOrDefault(label, REST);
  }

  /** Text for position -1; null if no song is there. */
  @Nullable String rest() {
    int more = distinct - names.size();
    if (more > 0) {
      return more + " more" + (anyWithout ? ", or none" : "");
    }
    return anyWithout ? "no label" : null;
  }
}
