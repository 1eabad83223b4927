package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * A bar chart over numbered items.
 *
 * @param xLabel meaning of the numbers
 * @param yLabel quantity with its unit
 * @param values value of each item, numbered from 0
 * @param categories palette category of each item; negative for grey
 */
public record ColumnsFigure(
    Heading heading,
    Legend legend,
    String xLabel,
    String yLabel,
    List<Double> values,
    List<Integer> categories)
    implements Figure {
  private static final double PLOT_HEIGHT = 240;

  public ColumnsFigure {
    values = List.copyOf(values);
    categories = List.copyOf(categories);
    if (values.isEmpty() || values.size() != categories.size()) {
      throw new IllegalArgumentException(
          values.size() + " values and " + categories.size() + " categories; needs as many, not 0");
    }
  }

  @Override
  public double width() {
    return 690;
  }

  @Override
  public double draw(Canvas canvas) {
    double top = heading.draw(canvas);
    double end = canvas.width() - canvas.margin() - legend.besideWidth(canvas);
    double low = Math.min(0, values.stream().mapToDouble(Double::doubleValue).min().orElse(0));
    double high = Math.max(0, values.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    Axis y = Axis.covering(yLabel, low, high, 5);
    double left = canvas.margin() + Panel.leftMargin(canvas, y, PLOT_HEIGHT);
    Axis x = Axis.ofWholeNumbers(xLabel, 0, values.size() - 1, Panel.ticks(end - left, 16));
    Panel panel = new Panel(left, top, end - left, PLOT_HEIGHT, x, y);
    panel.drawY(canvas);
    double bottom = panel.drawX(canvas, false);
    double slot = panel.px(1) - panel.px(0);
    double bar = slot * 0.78;
    for (int i = 0; i < values.size(); i++) {
      double zero = panel.py(0);
      double tip = panel.py(values.get(i));
      canvas.fill(
          new Rectangle2D.Double(
              panel.px(i) - bar / 2, Math.min(zero, tip), bar, Math.abs(zero - tip)),
          Palette.color(categories.get(i)));
    }
    canvas.stroke(
        new Line2D.Double(panel.left(), panel.py(0), panel.right(), panel.py(0)),
        Palette.FAINT_INK,
        0.8);
    return legend.draw(canvas, top, bottom);
  }
}
