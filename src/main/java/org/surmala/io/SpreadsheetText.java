package org.surmala.io;

import java.util.regex.Pattern;

/**
 * Text that spreadsheets do not interpret. Spreadsheets run a cell that starts with {@code =},
 * {@code +}, {@code -}, {@code @}, a tab or a carriage return as a formula; such a cell gets a
 * leading apostrophe. So does a cell that starts with apostrophes followed by one of these
 * characters, so that removing one apostrophe restores every text. Numbers are unchanged.
 */
public final class SpreadsheetText {
  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r]", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]Infinity");

  private SpreadsheetText() {}

  /** The text as a cell. */
  public static String cell(String text) {
    return isFormula(text) && !NUMBER.matcher(text).matches() ? "'" + text : text;
  }

  /** The text of a cell. */
  public static String text(String cell) {
    return cell.startsWith("'") && isFormula(cell) ? cell.substring(1) : cell;
  }

  private static boolean isFormula(String text) {
    return FORMULA.matcher(text).lookingAt();
  }
}
