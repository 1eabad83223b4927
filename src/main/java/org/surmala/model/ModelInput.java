package org.surmala.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A song as the input of a model.
 *
 * @param rows the song vector or the patches; at least one row
 * @param lyrics null without lyrics, or if the model does not read them
 * @param label null without a label, or if the model does not read it
 */
public record ModelInput(List<float[]> rows, @Nullable String lyrics, @Nullable String label) {
  /**
   * @throws IllegalArgumentException if there is no row
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
