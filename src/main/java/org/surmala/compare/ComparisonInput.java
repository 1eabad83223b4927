package org.surmala.compare;

import java.io.IOException;
import java.io.Serializable;
import org.surmala.cluster.ClusterOptions;
import org.surmala.config.Keys;
import org.surmala.config.Settings;

/**
 * The input of a comparison for workers: source of the songs, and options of fits and clusterings.
 * The songs themselves are not sent; each process reads them once.
 *
 * @param settings options of the features, models and clusterers
 * @param songs hash of the songs of the planned comparison
 */
record ComparisonInput(LabelledSource source, Settings settings, String songs, String key)
    implements Serializable {
  /** The input for songs that were read from a source. */
  static ComparisonInput of(LabelledSource source, Settings settings, LabelledSongs songs) {
    String hash = ComparisonKey.of(songs);
    return new ComparisonInput(source, settings, hash, ComparisonKey.of(hash, settings));
  }

  /** Reads the songs; refuses others than those of the planned comparison. */
  LabelledSongs read() throws IOException {
    LabelledSongs found = source.read(settings);
    if (!ComparisonKey.of(found).equals(songs)) {
      throw new IllegalStateException(
          (source.table() == null
                  ? "the songs of --data " + source.data()
                  : "the rows of --features " + source.table().file())
              + " changed after the comparison began, or differ on a worker; make all workers see"
              + " the same files, and compare again");
    }
    return found;
  }

  /** The journal of finished cells. */
  ComparisonJournal journal() {
    return new ComparisonJournal(source.data() + "comparison/" + key + "/");
  }

  /** Options of the clusterers; each cell has its own seed. */
  ClusterOptions clusterOptions() {
    return clusterOptions(settings);
  }

  static ClusterOptions clusterOptions(Settings settings) {
    return ClusterOptions.DEFAULTS
        .withRestarts(settings.get(Keys.RESTARTS))
        .withEpsilon(settings.get(Keys.EPSILON))
        .withMinPoints(settings.get(Keys.MIN_POINTS))
        .withMinClusterSize(settings.get(Keys.MIN_CLUSTER_SIZE));
  }
}
