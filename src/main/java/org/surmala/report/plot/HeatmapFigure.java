package org.surmala.report.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * A table of signed values as coloured cells: blue below 0, white at 0, vermillion above.
 *
 * @param heading over it
 * @param rows names from top to bottom
 * @param xLabel what the columns are, numbered from 0
 * @param valueLabel what is shown, with its unit
 * @param values [rows][columns], at least one of each, finite
 */
public record HeatmapFigure(
    Heading heading, List<String> rows, String xLabel, String valueLabel, List<List<Double>> values)
    implements Figure {
  private static final double WIDTH = 600;
  private static final double LINE = 20;
  private static final double NAMES = 96;
  private static final double SIZE = 8.5;
  private static final double KEY = 120;
  private static final Color LOW = new Color(0x00, 0x72, 0xb2);
  private static final Color HIGH = new Color(0xd5, 0x5e, 0x00);

  public HeatmapFigure {
    rows = List.copyOf(rows);
    values = values.stream().map(List::copyOf).toList();
    if (rows.isEmpty() || rows.size() != values.size() || values.get(0).isEmpty()) {
      throw new IllegalArgumentException(
          rows.size() + " names for " + values.size() + " rows; needs as many, and a column");
    }
  }

  @Override
  public String title() {
    return heading.title();
  }

  @Override
  public double width() {
    return WIDTH;
  }

  @Override
  public double height() {
    return Heading.HEIGHT + rows.size() * LINE + 74;
  }

  @Override
  public void draw(Canvas canvas) {
    heading.draw(canvas, width());
    int columns = values.get(0).size();
    double most = 1e-12;
    for (List<Double> row : values) {
      for (double value : row) {
        most = Math.max(most, Math.abs(value));
      }
    }
    double left = 16 + NAMES;
    // Half a column of room at either end is the axis's; cells fill the rest.
    Axis x = Axis.ofWholeNumbers(xLabel, 0, columns - 1, 12);
    Panel panel =
        new Panel(
            left,
            Heading.HEIGHT,
            WIDTH - left - 20,
            rows.size() * LINE,
            x,
            Axis.covering("", 0, 1, 2));
    double cell = panel.px(1) - panel.px(0);
    for (int r = 0; r < rows.size(); r++) {
      double top = Heading.HEIGHT + r * LINE;
      canvas.text(
          canvas.fit(rows.get(r), NAMES - 8, SIZE, false),
          left - 6,
          top + LINE / 2 + SIZE * 0.36,
          SIZE,
          false,
          Palette.INK,
          Anchor.END);
      for (int c = 0; c < columns; c++) {
        // A hair wider than its slot, so that no white seam shows between cells.
        canvas.fill(
            new Rectangle2D.Double(panel.px(c) - cell / 2, top + 1, cell + 0.05, LINE - 2),
            color(values.get(r).get(c) / most));
      }
    }
    panel.drawX(canvas, false);
    key(canvas, left, panel.bottom() + 42, most);
  }

  private void key(Canvas canvas, double left, double top, double most) {
    int steps = 40;
    for (int s = 0; s < steps; s++) {
      canvas.fill(
          new Rectangle2D.Double(left + s * KEY / steps, top, KEY / steps + 0.05, 8),
          color(2.0 * s / (steps - 1) - 1));
    }
    String text =
        "−"
            + Axis.covering("", 0, most, 4).text(most)
            + " to "
            + Axis.covering("", 0, most, 4).text(most);
    canvas.text(
        valueLabel + ": " + text,
        left + KEY + 8,
        top + 7.5,
        SIZE,
        false,
        Palette.FAINT_INK,
        Anchor.START);
  }

  private static Color color(double share) {
    Color end = share < 0 ? LOW : HIGH;
    double weight = Math.min(1, Math.abs(share));
    return new Color(
        blend(end.getRed(), weight), blend(end.getGreen(), weight), blend(end.getBlue(), weight));
  }

  private static int blend(int end, double weight) {
    return (int) Math.round(255 + (end - 255) * weight);
  }
}
