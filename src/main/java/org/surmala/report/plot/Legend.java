package org.surmala.report.plot;

import java.awt.Shape;
import java.awt.geom.Line2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * A legend.
 *
 * @param title title; may be empty
 * @param entries entries from top to bottom
 */
public record Legend(String title, List<Entry> entries) {
  private static final double SIZE = 8.5;
  private static final double LINE = 14;
  private static final double SWATCH = 16;
  private static final double GAP = 14;
  private static final double MOST_SHARE = 0.34;
  private static final int MOST_LINES = 4;

  /**
   * An entry.
   *
   * @param text meaning
   * @param category palette category; negative for the rest
   * @param line whether it is a line, not a mark
   */
  public record Entry(String text, int category, boolean line, List<Double> dash) {
    public Entry {
      dash = List.copyOf(dash);
    }

    /** An entry with a mark. */
    public static Entry mark(String text, int category) {
      return new Entry(text, category, false, List.of());
    }
  }

  public Legend {
    entries = List.copyOf(entries);
  }

  /** An empty legend. */
  public static Legend none() {
    return new Legend("", List.of());
  }

  /** The width beside a figure, points; 0 if the legend is below it or empty. */
  double besideWidth(Canvas canvas) {
    if (entries.isEmpty() || canvas.isNarrow()) {
      return 0;
    }
    return GAP + Math.min(MOST_SHARE * canvas.width(), naturalWidth(canvas));
  }

  private double naturalWidth(Canvas canvas) {
    double widest = canvas.widthOf(title, SIZE, true) - SWATCH;
    for (Entry entry : entries) {
      widest = Math.max(widest, canvas.widthOf(entry.text, SIZE, false));
    }
    return SWATCH + widest + 0.5;
  }

  /**
   * Draws the legend beside the figure between top and bottom, or below it on a narrow canvas;
   * returns the height of the whole figure.
   */
  double draw(Canvas canvas, double top, double bottom) {
    if (entries.isEmpty()) {
      return bottom + canvas.margin();
    }
    double beside = besideWidth(canvas);
    if (beside > 0) {
      double room = beside - GAP;
      double end =
          draw(canvas, canvas.width() - canvas.margin() - room, top + 2, room, entries.size());
      return Math.max(bottom, end) + canvas.margin();
    }
    double room = canvas.width() - 2 * canvas.margin();
    int columns = (int) Math.max(1, Math.floor((room + GAP) / (naturalWidth(canvas) + GAP)));
    int rows = (entries.size() + columns - 1) / columns;
    double width = (room - (columns - 1) * GAP) / columns;
    return draw(canvas, canvas.margin(), bottom + 8, width, rows) + canvas.margin();
  }

  /** Draws columns of the given number of rows; returns the y of their bottom. */
  private double draw(Canvas canvas, double left, double top, double width, int rows) {
    double begin = top;
    if (!title.isEmpty()) {
      canvas.text(title, left, top + SIZE, SIZE, true, Palette.INK, Anchor.START);
      begin += LINE;
    }
    double end = begin;
    double y = begin;
    for (int i = 0; i < entries.size(); i++) {
      if (i % rows == 0) {
        y = begin;
      }
      int column = i / rows;
      y = draw(canvas, entries.get(i), left + column * (width + GAP), y, width);
      end = Math.max(end, y);
    }
    return end;
  }

  private static double draw(Canvas canvas, Entry entry, double left, double top, double width) {
    double y = top + SIZE;
    double middle = y - SIZE * Canvas.HALF_HEIGHT;
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
    List<String> lines = canvas.wrap(entry.text, width - SWATCH, SIZE, false, MOST_LINES);
    canvas.lines(lines, left + SWATCH, y, SIZE, false, Palette.INK, Anchor.START);
    return top + LINE + Math.max(0, lines.size() - 1) * Canvas.LEADING * SIZE;
  }
}
