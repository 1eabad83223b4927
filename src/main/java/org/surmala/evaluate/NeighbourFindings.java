package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.DistanceRows;
import org.surmala.metric.LabelCodes;
import org.surmala.metric.LinkedGroups;
import org.surmala.metric.MutualProximity;
import org.surmala.metric.NeighbourScores;
import org.surmala.metric.NeighbourScores.Score;
import org.surmala.schema.Estimate;
import org.surmala.schema.NeighbourFigures;

/**
 * Scores of the nearest songs in a representation: by distance, by mutual proximity, and by mutual
 * proximity in the latent space and along the song directions; if artists are known, also without
 * the query's artist.
 */
public final class NeighbourFindings {
  private static final String COPIES = "near_duplicates";
  private static final String ARTIST = "artist";

  private NeighbourFindings() {}

  /**
   * Scores one representation.
   *
   * @param points one row for each song
   * @param directions coordinates along the song directions; empty rows for a model without
   *     directions
   * @param labels one for each song; null without one
   * @param groups group of each song; songs of a group are never query and answer ({@link #linked})
   * @param artists one for each song; null if unknown
   */
  public static List<NeighbourFigures> of(
      EvaluateOptions options,
      String representation,
      String modelVersion,
      double[][] points,
      double[][] directions,
      List<@Nullable String> labels,
      int[] groups,
      List<@Nullable String> artists) {
    int[] codes = codes(labels);
    Map<String, int[]> leftOut = new LinkedHashMap<>();
    leftOut.put(options.group().isEmpty() ? COPIES : options.group(), groups);
    int[] byArtist = linked(groups, artists);
    if (!Arrays.equals(byArtist, linked(groups, Collections.nCopies(groups.length, null)))) {
      leftOut.put(ARTIST, byArtist);
    }
    Map<String, DistanceRows> distances = new LinkedHashMap<>();
    distances.put("euclidean", DistanceRows.euclidean(points));
    distances.put("mutual_proximity", MutualProximity.rows(points));
    if (directions.length > 0 && directions[0].length > 0) {
      distances.put("mutual_proximity_and_directions", MutualProximity.rows(points, directions));
    }
    List<NeighbourFigures> figures = new ArrayList<>();
    for (Map.Entry<String, DistanceRows> distance : distances.entrySet()) {
      for (Map.Entry<String, int[]> out : leftOut.entrySet()) {
        NeighbourScores scores =
            NeighbourScores.of(
                distance.getValue(), codes, out.getValue(), options.bootstraps(), options.seed());
        figures.add(
            NeighbourFigures.newBuilder()
                .setRepresentation(representation)
                .setModelVersion(modelVersion)
                .setDistance(distance.getKey())
                .setLeavesOut(out.getKey())
                .setSongs(points.length)
                .setQueries(scores.queries())
                .setJudged(scores.judged())
                .setChance(defined(scores.chance()))
                .setPrecisionAt1(estimate(scores.precisionAt1()))
                .setPrecisionAt5(estimate(scores.precisionAt5()))
                .setPrecisionAt10(estimate(scores.precisionAt10()))
                .setMeanAveragePrecision(estimate(scores.meanAveragePrecision()))
                .setHubness(estimate(scores.hubness()))
                .setAntiHubs(estimate(scores.antiHubs()))
                .build());
      }
    }
    return figures;
  }

  /**
   * Merges groups whose songs share a value.
   *
   * @param groups a number for each song
   * @param values one for each song; null without one
   */
  public static int[] linked(int[] groups, List<@Nullable String> values) {
    LinkedGroups linked = new LinkedGroups(groups.length);
    Map<Object, Integer> first = new HashMap<>();
    for (int song = 0; song < groups.length; song++) {
      String value = values.get(song);
      linked.link(song, first(first, groups[song], song));
      if (value != null) {
        linked.link(song, first(first, value, song));
      }
    }
    return IntStream.range(0, groups.length).map(linked::of).toArray();
  }

  private static int first(Map<Object, Integer> first, Object key, int song) {
    return first.computeIfAbsent(key, unknown -> song);
  }

  /** Codes of the labels; -1 without a label. */
  private static int[] codes(List<@Nullable String> labels) {
    int[] known = IntStream.range(0, labels.size()).filter(i -> labels.get(i) != null).toArray();
    int[] ofKnown =
        LabelCodes.of(Arrays.stream(known).mapToObj(i -> String.valueOf(labels.get(i))).toList())
            .codes();
    int[] codes = new int[labels.size()];
    Arrays.fill(codes, -1);
    for (int i = 0; i < known.length; i++) {
      codes[known[i]] = ofKnown[i];
    }
    return codes;
  }

  private static Estimate estimate(Score score) {
    return Estimate.newBuilder()
        .setValue(defined(score.value()))
        .setLow(defined(score.interval().low()))
        .setHigh(defined(score.interval().high()))
        .build();
  }

  private static @Nullable Double defined(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
