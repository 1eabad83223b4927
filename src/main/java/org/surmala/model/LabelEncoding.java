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
 * A label as numbers: for each label of the training set 1 where it is that one, else 0, less the
 * share of the songs that have it. So a song without a label is zeros, and one with a label that
 * the training set has not as well: what songs are on average.
 */
public final class LabelEncoding {
  /** Labels that can be told apart: a column with more is no label but a name. */
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
   * The code of a training set's labels.
   *
   * @param kind names the model in a message
   * @param column that the labels are of
   * @throws IllegalArgumentException when no song has a label, or there are more than {@value
   *     #MOST} of them
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

  /** Number of values in a code. */
  public int size() {
    return shares.length;
  }

  /** The column that the labels are of. */
  public String column() {
    return column;
  }

  /** Whether every label of the table has a code of its own. */
  public boolean covers(TrainingRows table) {
    for (int row = 0; row < table.rows(); row++) {
      String label = table.label(row);
      if (label != null && !labels.contains(label)) {
        return false;
      }
    }
    return true;
  }

  /** Writes a label's code from {@code offset} on. */
  public void write(@Nullable String label, float[] into, int offset) {
    int known = label == null ? -1 : labels.indexOf(label);
    for (int i = 0; i < shares.length; i++) {
      into[offset + i] = known < 0 ? 0 : (i == known ? 1 : 0) - shares[i];
    }
  }

  /** The row, and the label's code behind it; a new array. */
  public float[] behind(float[] row, @Nullable String label) {
    float[] joined = Arrays.copyOf(row, row.length + shares.length);
    write(label, joined, row.length);
    return joined;
  }

  /** What is saved of it besides {@link #tensors}. */
  public Condition condition() {
    return new Condition(column, new ArrayList<>(labels));
  }

  public List<Tensor> tensors() {
    return List.of(Tensors.tensor(SHARES, shares, shares.length));
  }

  /**
   * The code that a model was saved with.
   *
   * @throws IllegalArgumentException when it has none
   */
  public static LabelEncoding load(Model model) {
    Condition condition = model.getCondition();
    if (condition == null) {
      throw new IllegalArgumentException(
          "model " + model.getName() + " does not say what it is told; fit it again");
    }
    return new LabelEncoding(
        condition.getColumn(), condition.getLabels(), Tensors.values(model, SHARES));
  }
}
