package org.surmala.evaluate;

import java.io.Serializable;

/**
 * A caveat on every score of a representation.
 *
 * @param flag SCRIPT or CONDITIONED_ON
 * @param column column of a conditional model; empty for SCRIPT
 */
public record FigureCaveat(Flag flag, String column) implements Serializable {
  /** The caveat of a representation that reads lyrics. */
  public static FigureCaveat script() {
    return new FigureCaveat(Flag.SCRIPT, "");
  }

  /** The caveat of a representation that is conditioned on a metadata column. */
  public static FigureCaveat conditionedOn(String column) {
    return new FigureCaveat(Flag.CONDITIONED_ON, column);
  }

  /** The code in the column flags: {@code script}, {@code conditioned_on=language}. */
  public String code() {
    return column.isEmpty() ? flag.code() : flag.code() + "=" + column;
  }
}
