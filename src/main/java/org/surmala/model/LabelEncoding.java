package org.surmala.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Condition;
import org.surmala.schema.Model;
import org.surmala.schema.Tensor;

/**
 * Centred one-hot encoding of labels: for each label of the training set 1 or 0, minus the share of
 * the songs with that label. A song without a label, or with a label that is not in the training
 * set, is all zeros, the average song.
 */
public final class LabelEncoding {
  /** Largest number of labels: a column with more values is a name, not a label. */
  static final int MOST = 256;

  private static final String SHARES = "condition.share";

  private final String column;
  private final List<String> labels;
  private final float[] shares;

  private LabelEncoding(String column, List<String> labels, float[] shares) {
    this.column = column;
    this.labels = List.copyOf(labels);
    this.shares = shares;
  }

  /**
   * Fits the encoding to a training set.
   *
   * @param kind name of the model for messages
   * @param column column of the labels
   * @throws IllegalArgumentException if no song has a label, or there are more than {@value #MOST}
   *     labels
   */
  public static LabelEncoding fit(String kind, String column, TrainingRows table) {
    TreeMap<String, Integer> counts = new TreeMap<>();
    int labelled = 0;
    for (int row = 0; row < table.rows(); row++) {
      String label = table.label(row);
      if (label != null && (row == 0 || table.songOf(row) != table.songOf(row - 1))) {
        counts.merge(label, 1, Integer::sum);
        labelled++;
      }
    }
    if (counts.isEmpty() || counts.size() > MOST) {
      throw new IllegalArgumentException(
          kind
              + ".condition is '"
              + column
              + "', in which "
              + (counts.isEmpty()
                  ? "none of " + table.songs() + " has a value"
                  : "there are " + counts.size() + " different values, more than " + MOST)
              + "; name a column that has 1 to "
              + MOST
              + ", or leave the model out");
    }
    float[] shares = new float[counts.size()];
    int next = 0;
    for (int count : counts.values()) {
      shares[next++] = (float) count / labelled;
    }
    return new LabelEncoding(column, List.copyOf(counts.keySet()), shares);
  }

  /** Number of values of an encoded label. */
  public int size() {
    return shares.length;
  }

  /** The column of the labels. */
  public String column() {
    return column;
  }

  /** Whether every label of the table is known. */
  public boolean covers(TrainingRows table) {
    for (int row = 0; row < table.rows(); row++) {
      String label = table.label(row);
      if (label != null && !labels.contains(label)) {
        return false;
      }
    }
    return true;
  }

  /** Writes an encoded label from {@code offset} on. */
  public void write(@Nullable String label, float[] into, int offset) {
    int known = label == null ? -1 : labels.indexOf(label);
    for (int i = 0; i < shares.length; i++) {
      into[offset + i] = known < 0 ? 0 : (i == known ? 1 : 0) - shares[i];
    }
  }

  /** The row with the encoded label appended; a new array. */
  public float[] append(float[] row, @Nullable String label) {
    float[] joined = Arrays.copyOf(row, row.length + shares.length);
    write(label, joined, row.length);
    return joined;
  }

  /** The record that is saved besides {@link #tensors}. */
  public Condition condition() {
    return new Condition(column, new ArrayList<>(labels));
  }

  public List<Tensor> tensors() {
    return List.of(Tensors.tensor(SHARES, shares, shares.length));
  }

  /**
   * Loads the encoding of a saved model.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static LabelEncoding load(Model model) {
    Condition condition = model.getCondition();
    if (condition == null) {
      throw new IllegalArgumentException(
          "model " + model.getName() + " has no condition; fit it again");
    }
    return new LabelEncoding(
        condition.getColumn(), condition.getLabels(), Tensors.values(model, SHARES));
  }
}
