package org.surmala.report.plot;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The common style of a report's figures.
 *
 * @param width a length such as 3.3in, 84mm, 8.4cm or 240pt, 2 to 20 inches; auto for the default
 *     of each figure
 * @param titled whether figures have titles and notes; in a paper the caption replaces them
 */
public record FigureStyle(String width, boolean titled) implements Serializable {
  /** The width value for the default of each figure. */
  public static final String AUTO = "auto";

  /** Figures of default width, with titles. */
  public static final FigureStyle STANDARD = new FigureStyle(AUTO, true);

  /** The allowed widths, in words. */
  public static final String WIDTHS = "auto, or a length from 2in to 20in in in, mm, cm or pt";

  private static final double POINTS_PER_INCH = 72;
  private static final Pattern LENGTH = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(in|mm|cm|pt)");

  public FigureStyle {
    width = width.strip().toLowerCase(Locale.ROOT);
    if (!width.equals(AUTO)) {
      double inches = points(width) / POINTS_PER_INCH;
      if (!(inches >= 2 && inches <= 20)) {
        throw new IllegalArgumentException(
            "figure width is '" + width + "'; give " + WIDTHS + ", such as 3.3in");
      }
    }
  }

  double widthOf(Figure figure) {
    return width.equals(AUTO) ? figure.width() : points(width);
  }

  /** The length in points; NaN if it is invalid. */
  private static double points(String length) {
    Matcher matcher = LENGTH.matcher(length);
    if (!matcher.matches()) {
      return Double.NaN;
    }
    double value = Double.parseDouble(matcher.group(1));
    return switch (matcher.group(2)) {
      case "in" -> value * POINTS_PER_INCH;
      case "mm" -> value / 25.4 * POINTS_PER_INCH;
      case "cm" -> value / 2.54 * POINTS_PER_INCH;
      default -> value;
    };
  }
}
