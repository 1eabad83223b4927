package org.surmala.report.plot;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * Curves over whole numbers (epochs, k), in one or more plots side by side, at most two in a row.
 */
public record LinesFigure(Heading heading, Legend legend, List<Plot> plots) implements Figure {
  private static final int MOST_COLUMNS = 2;
  private static final double GAP = 22;
  private static final double PLOT_HEIGHT = 200;
  private static final double TITLE_SIZE = 9.5;
  private static final int MOST_LINES = 4;

  /**
   * A curve.
   *
   * @param dash lengths in points; empty for a solid line
   * @param x ascending
   * @param y one value for each x; NaN if unknown
   * @param ringed values of x with a ring
   */
  public record Curve(
      int category, List<Double> dash, List<Integer> x, List<Double> y, List<Integer> ringed) {
    public Curve {
      dash = List.copyOf(dash);
      x = List.copyOf(x);
      y = List.copyOf(y);
      ringed = List.copyOf(ringed);
      if (x.size() != y.size() || x.isEmpty()) {
        throw new IllegalArgumentException(
            "a curve has " + x.size() + " x and " + y.size() + " y; it needs as many of both");
      }
    }
  }

  /** A plot of curves with its own axes. */
  public record Plot(String title, String xLabel, String yLabel, List<Curve> curves) {
    public Plot {
      curves = List.copyOf(curves);
    }
  }

  public LinesFigure {
    plots = List.copyOf(plots);
    if (plots.isEmpty()) {
      throw new IllegalArgumentException("a figure of curves needs at least one plot");
    }
  }

  @Override
  public double width() {
    return 690;
  }

  @Override
  public double draw(Canvas canvas) {
    double top = heading.draw(canvas);
    double room = canvas.width() - 2 * canvas.margin() - legend.besideWidth(canvas);
    int columns = canvas.isNarrow() ? 1 : Math.min(MOST_COLUMNS, plots.size());
    double slot = (room - (columns - 1) * GAP) / columns;
    double rowTop = top;
    double bottom = top;
    for (int first = 0; first < plots.size(); first += columns) {
      List<Plot> row = plots.subList(first, Math.min(plots.size(), first + columns));
      int lines = 0;
      for (Plot plot : row) {
        lines = Math.max(lines, title(canvas, plot, slot).size());
      }
      double under = rowTop + lines * Canvas.LEADING * TITLE_SIZE + 6;
      for (int i = 0; i < row.size(); i++) {
        double left = canvas.margin() + i * (slot + GAP);
        bottom = Math.max(bottom, draw(canvas, row.get(i), left, rowTop, slot, under));
      }
      rowTop = bottom + GAP;
    }
    return legend.draw(canvas, top, bottom);
  }

  private static List<String> title(Canvas canvas, Plot plot, double slot) {
    return canvas.wrap(plot.title, slot, TITLE_SIZE, true, MOST_LINES);
  }

  private static double draw(
      Canvas canvas, Plot plot, double left, double titleTop, double slot, double top) {
    Axis y = yAxis(plot);
    double margin = Panel.leftMargin(canvas, y, PLOT_HEIGHT);
    Axis x = xAxis(plot, Panel.ticks(slot - margin, 8));
    Panel panel = new Panel(left + margin, top, slot - margin, PLOT_HEIGHT, x, y);
    canvas.lines(
        title(canvas, plot, slot),
        left,
        titleTop + TITLE_SIZE,
        TITLE_SIZE,
        true,
        Palette.INK,
        Anchor.START);
    panel.drawY(canvas);
    double bottom = panel.drawX(canvas, false);
    for (Curve curve : plot.curves) {
      draw(canvas, curve, panel);
    }
    panel.drawEdge(canvas);
    return bottom;
  }

  private static void draw(Canvas canvas, Curve curve, Panel panel) {
    Path2D path = new Path2D.Double();
    boolean broken = true;
    for (int i = 0; i < curve.x.size(); i++) {
      double value = curve.y.get(i);
      if (!Double.isFinite(value)) {
        broken = true;
        continue;
      }
      double px = panel.px(curve.x.get(i));
      double py = panel.py(value);
      if (broken) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
      broken = false;
      if (curve.x.size() <= 30) {
        canvas.fill(Palette.mark(curve.category, px, py, 2.2), Palette.color(curve.category));
      }
      if (curve.ringed.contains(curve.x.get(i))) {
        canvas.stroke(
            new Ellipse2D.Double(px - 5, py - 5, 10, 10), Palette.color(curve.category), 1.4);
      }
    }
    double[] dash = curve.dash.stream().mapToDouble(Double::doubleValue).toArray();
    canvas.stroke(path, Palette.color(curve.category), 1.4, dash);
  }

  private static Axis xAxis(Plot plot, int ticks) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (Curve curve : plot.curves) {
      low = Math.min(low, curve.x.get(0));
      high = Math.max(high, curve.x.get(curve.x.size() - 1));
    }
    return Axis.ofWholeNumbers(plot.xLabel, low, high, ticks);
  }

  private static Axis yAxis(Plot plot) {
    List<Double> values = new ArrayList<>();
    for (Curve curve : plot.curves) {
      curve.y.stream().filter(Double::isFinite).forEach(values::add);
    }
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    return Axis.covering(plot.yLabel, low, high, 5);
  }
}
