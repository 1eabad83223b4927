package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * The plot area: maps values to positions, and draws grid and axes.
 *
 * @param left left edge, points
 * @param top top edge, points
 * @param width points
 * @param height points
 */
record Panel(double left, double top, double width, double height, Axis x, Axis y) {
  static final double TICK_SIZE = 8;
  static final double LABEL_SIZE = 9;
  private static final int MOST_LINES = 4;

  double px(double value) {
    return left + x.fraction(value) * width;
  }

  double py(double value) {
    return top + (1 - y.fraction(value)) * height;
  }

  double bottom() {
    return top + height;
  }

  double right() {
    return left + width;
  }

  /** Width of the tick labels and label of a vertical axis, points. */
  static double leftMargin(Canvas canvas, Axis y, double height) {
    double widest = 0;
    for (double tick : y.ticks()) {
      widest = Math.max(widest, canvas.widthOf(y.text(tick), TICK_SIZE, false));
    }
    int lines = label(canvas, y, height).size();
    return widest + 6 + (lines == 0 ? 0 : lines * Canvas.LEADING * LABEL_SIZE + 4);
  }

  private static List<String> label(Canvas canvas, Axis axis, double room) {
    return canvas.wrap(axis.label(), room, LABEL_SIZE, false, MOST_LINES);
  }

  /** Number of ticks that fit into a length in points. */
  static int ticks(double length, int most) {
    return (int) Math.max(2, Math.min(most, length / 36));
  }

  /** Draws the vertical axis with grid lines, ticks and label. */
  void drawY(Canvas canvas) {
    for (double tick : y.ticks()) {
      double at = py(tick);
      canvas.stroke(new Line2D.Double(left, at, right(), at), Palette.GRID, 0.6);
      canvas.text(
          y.text(tick),
          left - 5,
          at + TICK_SIZE * Canvas.HALF_HEIGHT,
          TICK_SIZE,
          false,
          Palette.FAINT_INK,
          Anchor.END);
    }
    double at = left - leftMargin(canvas, y, height) + LABEL_SIZE;
    for (String line : label(canvas, y, height)) {
      canvas.text(line, at, top + height / 2, LABEL_SIZE, false, Palette.INK, Anchor.MIDDLE, -90);
      at += Canvas.LEADING * LABEL_SIZE;
    }
  }

  /**
   * Draws the horizontal axis below, with ticks, label and optional grid lines, and returns the
   * bottom. A tick label that would touch the previous one is left out.
   */
  double drawX(Canvas canvas, boolean grid) {
    double free = 0;
    for (double tick : x.ticks()) {
      double at = px(tick);
      if (grid) {
        canvas.stroke(new Line2D.Double(at, top, at, bottom()), Palette.GRID, 0.6);
      }
      double half = canvas.widthOf(x.text(tick), TICK_SIZE, false) / 2;
      double middle = Math.min(at, canvas.width() - 2 - half);
      if (middle - half >= free) {
        canvas.text(
            x.text(tick),
            middle,
            bottom() + TICK_SIZE + 4,
            TICK_SIZE,
            false,
            Palette.FAINT_INK,
            Anchor.MIDDLE);
        free = middle + half + 3;
      }
    }
    return drawXLabel(canvas, bottom() + TICK_SIZE + 18);
  }

  /** Draws the label of the horizontal axis; returns the y of its bottom. */
  double drawXLabel(Canvas canvas, double baseline) {
    List<String> lines = label(canvas, x, width);
    canvas.lines(lines, left + width / 2, baseline, LABEL_SIZE, false, Palette.INK, Anchor.MIDDLE);
    return baseline + (Math.max(1, lines.size()) - 1) * Canvas.LEADING * LABEL_SIZE + 4;
  }

  /** A thin line around the rectangle. */
  void drawEdge(Canvas canvas) {
    canvas.stroke(new Rectangle2D.Double(left, top, width, height), Palette.OTHER, 0.6);
  }
}
