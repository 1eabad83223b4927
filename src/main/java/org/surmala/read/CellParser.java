package org.surmala.read;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses cells by the rules of common CSV tools, not by Java's. */
final class CellParser {
  /** Values that pandas reads as empty cells by default (pandas.read_csv, na_values). */
  private static final Set<String> EMPTY =
      Set.of(
          "",
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null");

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(inity)?");
  private static final Pattern PERCENT = Pattern.compile("[+-]?[0-9.,]+\\s*%");
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[+-]?([0-9]*|[0-9]{1,3}([.'\\h][0-9]{3})+),[0-9]+([eE][+-]?[0-9]+)?");
  private static final Pattern THOUSANDS =
      Pattern.compile("[+-]?[0-9]{1,3}(([,'\\u2019\\h][0-9]{3})+(\\.[0-9]*)?|(\\.[0-9]{3}){2,})");
  private static final Pattern OTHER_DIGITS =
      Pattern.compile("[+\\-\\u2212\\u2013]?\\p{Nd}+([.,\\u066B]\\p{Nd}+)?");

  private CellParser() {}

  /** The text without surrounding blanks, including the no-break spaces of spreadsheets. */
  static String trim(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && isBlank(cell.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(cell.charAt(to - 1))) {
      to--;
    }
    return cell.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
  }

  /** The label in a cell; null if it counts as empty. */
  static @Nullable String label(String cell) {
    String label = trim(cell);
    return EMPTY.contains(label) ? null : label;
  }

  /** The number in a cell; NaN if it counts as empty, null if it is text. */
  static @Nullable Double number(String cell) {
    String text = trim(cell);
    if (NUMBER.matcher(text).matches()) {
      return Double.valueOf(text);
    }
    if (EMPTY.contains(text) || text.equalsIgnoreCase("nan") || text.equalsIgnoreCase("na")) {
      return Double.NaN;
    }
    if (INFINITE.matcher(text).matches()) {
      return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return null;
  }

  /** The reason why a cell is not a finite 32-bit number. */
  static String fault(String cell) {
    String text = trim(cell);
    Double number = number(text);
    if (text.isEmpty()) {
      return "the cell is empty";
    }
    String shown = "'" + text + "' ";
    if (number == null) {
      return shown + disguise(text, "is not a number");
    }
    if (number.isNaN()) {
      return shown + "is not a finite number, but a mark for an empty cell";
    }
    return Double.isInfinite(number) && INFINITE.matcher(text).matches()
        ? shown + "is not a finite number"
        : shown + "is beyond a 32-bit float, whose greatest number is 3.4e38; scale the column";
  }

  /** Whether a text cell is a number in a form that CSV tools do not read. */
  static boolean isDisguised(String cell) {
    return !disguise(trim(cell), "").isEmpty();
  }

  private static String disguise(String text, String otherwise) {
    if (PERCENT.matcher(text).matches()) {
      return "has a percent sign; write only the number";
    }
    boolean isDecimalComma = DECIMAL_COMMA.matcher(text).matches();
    boolean isThousands = THOUSANDS.matcher(text).matches();
    if (isDecimalComma && isThousands) {
      return "has a decimal comma or a thousands separator; write only digits and a decimal point";
    }
    if (isDecimalComma) {
      return "has a decimal comma; write a decimal point";
    }
    if (isThousands) {
      return "has thousands separators; remove them";
    }
    if (OTHER_DIGITS.matcher(text).matches()) {
      return "has digits or a sign that CSV tools do not read; use 0 to 9 and -";
    }
    return otherwise;
  }
}
