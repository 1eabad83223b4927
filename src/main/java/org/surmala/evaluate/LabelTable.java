package org.surmala.evaluate;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.metric.ExternalIndices;
import org.surmala.schema.LabelCell;

/** Agreement of labels and clusters from a contingency table of counts. */
final class LabelTable {
  private LabelTable() {}

  /**
   * The agreement of the cells of a table, in any order, possibly repeated; null with fewer than
   * two labels.
   */
  static @Nullable ExternalIndices of(List<LabelCell> cells) {
    List<String> labels = cells.stream().map(LabelCell::getLabel).distinct().sorted().toList();
    List<Integer> clusters = cells.stream().map(LabelCell::getCluster).distinct().sorted().toList();
    double[] table = new double[labels.size() * clusters.size()];
    for (LabelCell cell : cells) {
      int row = Collections.binarySearch(labels, cell.getLabel());
      int column = Collections.binarySearch(clusters, cell.getCluster());
      table[row * clusters.size() + column] += cell.getSongs();
    }
    return labels.size() < 2 ? null : ExternalIndices.of(labels.size(), clusters.size(), table);
  }
}
