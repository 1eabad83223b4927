package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * The rectangle of a plot: turns values into places, and draws grid and axes.
 *
 * @param left edge, points
 * @param top edge, points
 * @param width points
 * @param height points
 */
record Panel(double left, double top, double width, double height, Axis x, Axis y) {
  static final double TICK_SIZE = 8;
  static final double LABEL_SIZE = 9;

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

  /** Room that the ticks and label of an upright axis take to its left, points. */
  static double leftMargin(Canvas canvas, Axis y) {
    double widest = 0;
    for (double tick : y.ticks()) {
      widest = Math.max(widest, canvas.widthOf(y.text(tick), TICK_SIZE, false));
    }
    return widest + 6 + (y.label().isEmpty() ? 0 : LABEL_SIZE + 8);
  }

  /** Grid lines of the upright axis, its ticks and its label. */
  void drawY(Canvas canvas) {
    for (double tick : y.ticks()) {
      double at = py(tick);
      canvas.stroke(new Line2D.Double(left, at, right(), at), Palette.GRID, 0.6);
      canvas.text(
          y.text(tick),
          left - 5,
          at + TICK_SIZE * 0.36,
          TICK_SIZE,
          false,
          Palette.FAINT_INK,
          Anchor.END);
    }
    if (!y.label().isEmpty()) {
      double at = left - leftMargin(canvas, y) + LABEL_SIZE;
      canvas.text(
          canvas.fit(y.label(), height + 20, LABEL_SIZE, false),
          at,
          top + height / 2,
          LABEL_SIZE,
          false,
          Palette.INK,
          Anchor.MIDDLE,
          -90);
    }
  }

  /** Ticks of the level axis and its label, below; grid lines where wanted. */
  void drawX(Canvas canvas, boolean grid) {
    for (double tick : x.ticks()) {
      double at = px(tick);
      if (grid) {
        canvas.stroke(new Line2D.Double(at, top, at, bottom()), Palette.GRID, 0.6);
      }
      canvas.text(
          x.text(tick),
          at,
          bottom() + TICK_SIZE + 4,
          TICK_SIZE,
          false,
          Palette.FAINT_INK,
          Anchor.MIDDLE);
    }
    drawXLabel(canvas, bottom() + TICK_SIZE + 18);
  }

  void drawXLabel(Canvas canvas, double baseline) {
    canvas.text(
        canvas.fit(x.label(), width + 30, LABEL_SIZE, false),
        left + width / 2,
        baseline,
        LABEL_SIZE,
        false,
        Palette.INK,
        Anchor.MIDDLE);
  }

  /** A thin line around the rectangle. */
  void drawEdge(Canvas canvas) {
    canvas.stroke(new Rectangle2D.Double(left, top, width, height), Palette.OTHER, 0.6);
  }
}
