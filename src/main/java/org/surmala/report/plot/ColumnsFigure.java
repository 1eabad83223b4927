package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * One upright bar for each of a row of numbered things.
 *
 * @param heading over it
 * @param legend beside it
 * @param xLabel what the numbers are
 * @param yLabel what is measured, with its unit
 * @param values one for each, numbered from 0
 * @param categories the colour of each; negative for grey
 */
public record ColumnsFigure(
    Heading heading,
    Legend legend,
    String xLabel,
    String yLabel,
    List<Double> values,
    List<Integer> categories)
    implements Figure {
  private static final double WIDTH = 560;
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
  public String title() {
    return heading.title();
  }

  @Override
  public double width() {
    return WIDTH + (legend.entries().isEmpty() ? 0 : 130);
  }

  @Override
  public double height() {
    return Heading.HEIGHT + PLOT_HEIGHT + 40;
  }

  @Override
  public void draw(Canvas canvas) {
    heading.draw(canvas, width());
    double low = Math.min(0, values.stream().mapToDouble(Double::doubleValue).min().orElse(0));
    double high = Math.max(0, values.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    Axis y = Axis.covering(yLabel, low, high, 5);
    Axis x = Axis.ofWholeNumbers(xLabel, 0, values.size() - 1, 16);
    double margin = Panel.leftMargin(canvas, y);
    Panel panel = new Panel(16 + margin, Heading.HEIGHT, WIDTH - 32 - margin, PLOT_HEIGHT, x, y);
    panel.drawY(canvas);
    panel.drawX(canvas, false);
    double slot = panel.px(1) - panel.px(0);
    double bar = slot * 0.78;
    for (int i = 0; i < values.size(); i++) {
      double zero = panel.py(0);
      double end = panel.py(values.get(i));
      canvas.fill(
          new Rectangle2D.Double(
              panel.px(i) - bar / 2, Math.min(zero, end), bar, Math.abs(zero - end)),
          Palette.color(categories.get(i)));
    }
    canvas.stroke(
        new Line2D.Double(panel.left(), panel.py(0), panel.right(), panel.py(0)),
        Palette.FAINT_INK,
        0.8);
    legend.draw(canvas, WIDTH + 6, Heading.HEIGHT + 2);
  }
}
