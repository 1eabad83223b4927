package org.surmala.report.plot;

import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * What the looks in a figure mean.
 *
 * @param title over the entries; may be empty
 * @param entries from top to bottom
 */
public record Legend(String title, List<Entry> entries) {
  private static final double SIZE = 8.5;
  private static final double LINE = 14;
  private static final double SWATCH = 16;
  private static final double MOST_TEXT = 220;

  /**
   * One look.
   *
   * @param text what it stands for
   * @param category its place in the palette; negative for the rest
   * @param line whether it is a line rather than a mark
   * @param dash of the line
   */
  public record Entry(String text, int category, boolean line, List<Double> dash) {
    public Entry {
      dash = List.copyOf(dash);
    }

    /** A mark. */
    public static Entry mark(String text, int category) {
      return new Entry(text, category, false, List.of());
    }
  }

  public Legend {
    entries = List.copyOf(entries);
  }

  /** Nothing to explain. */
  public static Legend none() {
    return new Legend("", List.of());
  }

  /** The width it takes, points, the gap to the figure included; 0 when there is nothing in it. */
  double width(Canvas canvas) {
    if (entries.isEmpty()) {
      return 0;
    }
    double widest = canvas.widthOf(title, SIZE, true) - SWATCH;
    for (Entry entry : entries) {
      widest = Math.max(widest, Math.min(MOST_TEXT, canvas.widthOf(entry.text, SIZE, false)));
    }
    return 14 + SWATCH + widest;
  }

  /** The height that a legend of so many entries takes, points. */
  static double height(int entries) {
    return LINE * (entries + 1.5);
  }

  void draw(Canvas canvas, double left, double top) {
    double y = top + SIZE;
    if (!title.isEmpty()) {
      canvas.text(title, left, y, SIZE, true, Palette.INK, Anchor.START);
      y += LINE;
    }
    for (Entry entry : entries) {
      double middle = y - SIZE * 0.36;
      if (entry.line) {
        Shape line = new Line2D.Double(left, middle, left + SWATCH - 4, middle);
        canvas.stroke(
            line,
            Palette.color(entry.category),
            1.6,
            entry.dash.stream().mapToDouble(Double::doubleValue).toArray());
      } else {
        canvas.fill(
            Palette.mark(entry.category, left + 5, middle, 3.4), Palette.color(entry.category));
      }
      canvas.text(
          canvas.fit(entry.text, MOST_TEXT, SIZE, false),
          left + SWATCH,
          y,
          SIZE,
          false,
          Palette.INK,
          Anchor.START);
      y += LINE;
    }
  }
}
