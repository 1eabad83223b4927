package org.surmala.io;

import java.util.regex.Pattern;

/**
 * Text that a spreadsheet shows as it is. A cell that begins with {@code =}, {@code +}, {@code -},
 * {@code @}, a tab or a carriage return is a formula to spreadsheets, which they run when the file
 * is opened; it gets an apostrophe before it. So does a cell that begins with apostrophes and then
 * one of these, so that every text comes back by taking one apostrophe away. Numbers stay as they
 * are.
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
