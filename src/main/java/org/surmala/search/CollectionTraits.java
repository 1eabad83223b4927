package org.surmala.search;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surmala.config.AudioOptions;
import org.surmala.evaluate.ClusterProfiles;
import org.surmala.featurize.FeatureDimension;
import org.surmala.pipeline.RunManifest;
import org.surmala.schema.SegmentFeatures;
import org.surmala.store.FeatureStore;

/** {@link SharedTraits} of a collection's songs, from the feature store. */
public final class CollectionTraits {
  private final Map<String, double[]> rows;
  private final SharedTraits traits;

  private CollectionTraits(Map<String, double[]> rows, SharedTraits traits) {
    this.rows = rows;
    this.traits = traits;
  }

  /**
   * Reads the features.
   *
   * @param results folder of the results, ending in a slash
   * @param data the data folder, ending in a slash
   * @throws org.surmala.config.UsageException if the results are of a feature table
   */
  public static CollectionTraits read(String results, String data, List<KnownSong> songs)
      throws IOException {
    RunManifest.requireSongs(results, "--why has no features with names");
    AudioOptions options = AudioOptions.of(RunManifest.settings(results));
    List<String> names = new ArrayList<>();
    for (FeatureDimension dimension : options.features().dimensions(options.sampleRate())) {
      names.add(dimension.name());
    }
    names.add(ClusterProfiles.LOUDNESS);
    Set<String> ids = new HashSet<>();
    songs.forEach(song -> ids.add(song.id()));
    Map<String, double[]> rows = new HashMap<>();
    for (String file : new FeatureStore(data + "features", options.spec()).featureFiles()) {
      FeatureStore.readFeatures(
          file,
          features -> {
            if (ids.contains(features.getId())) {
              rows.put(features.getId(), row(features));
            }
          });
    }
    // In the order of the songs, so that sums are reproducible.
    List<double[]> ordered =
        songs.stream().map(song -> rows.get(song.id())).filter(row -> row != null).toList();
    return new CollectionTraits(rows, new SharedTraits(names, ordered));
  }

  /** The features of a song, and its loudness, which is not among them. */
  static double[] row(SegmentFeatures features) {
    FloatBuffer values =
        features.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    double[] row = new double[values.remaining() + 1];
    Arrays.setAll(row, f -> f < row.length - 1 ? values.get(f) : features.getLoudnessLufs());
    return row;
  }

  /** The features of a song; null if none are stored. */
  double @Nullable [] row(String id) {
    return rows.get(id);
  }

  /** Words for the features in which a song differs from most songs; empty if none are stored. */
  public List<String> of(KnownSong song) {
    double[] own = rows.get(song.id());
    return own == null ? List.of() : traits.of(own, own);
  }

  /** The words that a song shares with another song's features; empty if none are stored. */
  List<String> shared(String id, double[] other) {
    double[] own = rows.get(id);
    return own == null ? List.of() : traits.of(own, other);
  }
}
