package org.surmala.read;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Counts the kinds of cells of a column. */
final class ColumnProfile {
  /** pandas' name for a column without a name, such as the index of a saved table. */
  private static final Pattern PANDAS_UNNAMED = Pattern.compile("Unnamed: [0-9]+.*");

  /** Minimum number of rows for consecutive whole numbers to count as row numbers. */
  private static final int MIN_COUNTED = 10;

  private static final int MIN_COUNTED_FROM_START = 5;

  /** Largest step between row numbers: numbers with removed rows are still row numbers. */
  private static final int MAX_STEP = 2;

  private static final double MAX_WHOLE = 1e15;
  private static final int NOTABLE_SHARE = 10;

  private final String name;
  private long numbers;
  private long texts;
  private long disguised;
  private @Nullable String firstText;
  private long firstTextLine;
  private boolean varies;
  private boolean ascends = true;
  private double first = Double.NaN;
  private double last = Double.NaN;

  ColumnProfile(String name) {
    this.name = name;
  }

  void add(String cell, long line) {
    Double value = CellParser.number(cell);
    if (value == null) {
      texts++;
      disguised += CellParser.isDisguised(cell) ? 1 : 0;
      if (firstText == null) {
        firstText = cell;
        firstTextLine = line;
      }
      ascends = false;
    } else if (value.isNaN()) {
      ascends = false;
    } else {
      numbers++;
      add(value);
    }
  }

  private void add(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (Double.isNaN(first)) {
      first = value;
    } else {
      varies |= value != last;
      ascends &= value > last;
    }
    ascends &= value == Math.rint(value) && Math.abs(value) < MAX_WHOLE;
    last = value;
  }

  String name() {
    return name;
  }

  /** Whether more than half of the filled cells are numbers. */
  boolean isNumeric() {
    return texts == 0 || numbers > texts;
  }

  /** Whether two of the numbers differ. */
  boolean varies() {
    return varies;
  }

  /** Whether the numbers are row numbers, which only say where a song is in the file. */
  boolean countsRows() {
    if (PANDAS_UNNAMED.matcher(name).matches()) {
      return true;
    }
    boolean startsAsCounts = first == 0 || first == 1;
    return ascends
        && numbers >= (startsAsCounts ? MIN_COUNTED_FROM_START : MIN_COUNTED)
        && last - first < MAX_STEP * (double) numbers;
  }

  /** A note about a column with both numbers and text. */
  Optional<String> note() {
    boolean isMixed =
        texts > 0 && (isNumeric() || numbers * NOTABLE_SHARE >= texts || disguised * 2 > texts);
    if (!isMixed || firstText == null) {
      return Optional.empty();
    }
    return Optional.of(
        "column '%s' %s%s of %s cells are not numbers; in line %s %s"
            .formatted(
                name,
                isNumeric()
                    ? "is a feature, and rows without a number fail: "
                    : "is not a feature: ",
                texts,
                numbers + texts,
                firstTextLine,
                CellParser.fault(firstText)));
  }
}
