package org.surmala.evaluate;

import java.io.Serializable;

/**
 * A caveat on every score of a representation.
 *
 * @param flag SCRIPT or CONDITIONED_ON
 * @param column that a conditional model is told; empty where the flag says all
 */
public record FigureCaveat(Flag flag, String column) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The mark of a representation that reads lyrics. */
  public static FigureCaveat script() {
    return new FigureCaveat(Flag.SCRIPT, "");
  }

  /** The mark of a representation that is told a column of the metadata. */
  public static FigureCaveat conditionedOn(String column) {
    return new FigureCaveat(Flag.CONDITIONED_ON, column);
  }

  /** The mark as it is written among the flags: {@code script}, {@code conditioned_on=language}. */
  public String code() {
    return column.isEmpty() ? flag.code() : flag.code() + "=" + column;
  }
}
