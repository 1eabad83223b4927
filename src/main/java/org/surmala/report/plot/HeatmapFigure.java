package org.surmala.report.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * A table of signed values as coloured cells: blue below 0, white at 0, vermillion above.
 *
 * @param rows row names from top to bottom
 * @param xLabel meaning of the columns, numbered from 0
 * @param groups name of the group of each column, drawn below the columns instead of numbers; empty
 *     for none
 * @param valueLabel quantity with its unit
 * @param values [rows][columns], at least one of each, finite
 */
public record HeatmapFigure(
    Heading heading,
    List<String> rows,
    String xLabel,
    List<String> groups,
    String valueLabel,
    List<List<Double>> values)
    implements Figure {
  private static final double LINE = 20;
  private static final double NAME_SHARE = 0.3;
  private static final int MOST_LINES = 3;
  private static final int MOST_KEY_LINES = 8;
  private static final double SIZE = 8.5;
  private static final double KEY = 120;
  private static final Color LOW = new Color(0x00, 0x72, 0xb2);
  private static final Color HIGH = new Color(0xd5, 0x5e, 0x00);

  public HeatmapFigure {
    rows = List.copyOf(rows);
    groups = List.copyOf(groups);
    values = values.stream().map(List::copyOf).toList();
    if (rows.isEmpty() || rows.size() != values.size() || values.get(0).isEmpty()) {
      throw new IllegalArgumentException(
          rows.size() + " names for " + values.size() + " rows; needs as many, and a column");
    }
    if (!groups.isEmpty() && groups.size() != values.get(0).size()) {
      throw new IllegalArgumentException(
          groups.size() + " groups for " + values.get(0).size() + " columns; needs as many, or 0");
    }
  }

  @Override
  public double width() {
    return 600;
  }

  @Override
  public double draw(Canvas canvas) {
    double top = heading.draw(canvas);
    double end = canvas.width() - canvas.margin();
    int columns = values.get(0).size();
    double most = 1e-12;
    for (List<Double> row : values) {
      for (double value : row) {
        most = Math.max(most, Math.abs(value));
      }
    }
    List<Integer> order = order(columns);
    double room = NAME_SHARE * canvas.width();
    List<List<String>> names =
        rows.stream().map(row -> canvas.wrap(row, room, SIZE, false, MOST_LINES)).toList();
    double widest = 0;
    double line = LINE;
    for (List<String> name : names) {
      widest = Math.max(widest, canvas.widest(name, SIZE, false));
      line = Math.max(line, name.size() * Canvas.LEADING * SIZE + 4);
    }
    double left = canvas.margin() + widest + 6;
    Axis x = Axis.ofWholeNumbers(xLabel, 0, columns - 1, Panel.ticks(end - left, 12));
    Panel panel =
        new Panel(left, top, end - left, rows.size() * line, x, Axis.covering("", 0, 1, 2));
    double cell = panel.px(1) - panel.px(0);
    for (int r = 0; r < rows.size(); r++) {
      double rowTop = top + r * line;
      canvas.linesAbout(names.get(r), left - 6, rowTop + line / 2, SIZE, Palette.INK, Anchor.END);
      for (int c = 0; c < columns; c++) {
        // Slightly wider than its slot, so that no white seam shows between cells.
        canvas.fill(
            new Rectangle2D.Double(panel.px(c) - cell / 2, rowTop + 1, cell + 0.05, line - 2),
            color(values.get(r).get(order.get(c)) / most));
      }
    }
    double bottom =
        groups.isEmpty()
            ? panel.drawX(canvas, false)
            : new ColumnGroups(order.stream().map(groups::get).toList()).draw(canvas, panel);
    return key(canvas, left, bottom + 10, most) + canvas.margin();
  }

  /** Column order with groups together, in the order of first occurrence. */
  private List<Integer> order(int columns) {
    return IntStream.range(0, columns)
        .boxed()
        .sorted(Comparator.comparing(c -> groups.isEmpty() ? c : groups.indexOf(groups.get(c))))
        .toList();
  }

  /** Draws the colour scale; returns the y of its bottom. */
  private double key(Canvas canvas, double left, double top, double most) {
    int steps = 40;
    for (int s = 0; s < steps; s++) {
      canvas.fill(
          new Rectangle2D.Double(left + s * KEY / steps, top, KEY / steps + 0.05, 8),
          color(2.0 * s / (steps - 1) - 1));
    }
    String number = Axis.covering("", 0, most, 4).text(most);
    List<String> lines =
        canvas.wrap(
            valueLabel + ": −" + number + " to " + number,
            canvas.width() - canvas.margin() - left,
            SIZE,
            false,
            MOST_KEY_LINES);
    canvas.lines(lines, left, top + 10 + SIZE, SIZE, false, Palette.FAINT_INK, Anchor.START);
    return top + 10 + lines.size() * Canvas.LEADING * SIZE;
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
