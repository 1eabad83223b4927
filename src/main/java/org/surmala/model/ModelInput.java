package org.surmala.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A song as a model takes it.
 *
 * @param rows its vector alone, or its patches; at least one
 * @param lyrics null when it has none, or the model does not read them
 * @param label null when it has none, or the model is not told it
 */
public record ModelInput(List<float[]> rows, @Nullable String lyrics, @Nullable String label) {
  /**
   * @throws IllegalArgumentException when there is no row
   */
  public ModelInput {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a song has no rows; it needs at least one");
    }
  }

  /** A song without a label. */
  public ModelInput(List<float[]> rows, @Nullable String lyrics) {
    this(rows, lyrics, null);
  }
}
