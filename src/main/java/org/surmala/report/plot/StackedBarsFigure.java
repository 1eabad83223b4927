package org.surmala.report.plot;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * Horizontal stacked bars of counts.
 *
 * @param xLabel counted quantity
 * @param bars bars from top to bottom, at least one
 */
public record StackedBarsFigure(Heading heading, Legend legend, String xLabel, List<Bar> bars)
    implements Figure {
  private static final double LINE = 19;
  private static final double NAME_SHARE = 0.36;
  private static final int MOST_LINES = 4;
  private static final double SIZE = 8.5;

  /** A bar with its parts from left to right. */
  public record Bar(String name, List<Part> parts) {
    public Bar {
      parts = List.copyOf(parts);
    }

    int total() {
      return parts.stream().mapToInt(Part::count).sum();
    }
  }

  /**
   * A part of a bar.
   *
   * @param category palette category; negative for grey
   * @param count length
   */
  public record Part(int category, int count) {}

  public StackedBarsFigure {
    bars = List.copyOf(bars);
    if (bars.isEmpty()) {
      throw new IllegalArgumentException("a figure of bars needs at least one bar");
    }
  }

  @Override
  public double width() {
    return 600;
  }

  @Override
  public double draw(Canvas canvas) {
    double top = heading.draw(canvas);
    double end = canvas.width() - canvas.margin() - legend.besideWidth(canvas);
    List<List<String>> names = new ArrayList<>();
    double widest = 0;
    double barsHeight = 0;
    int most = 1;
    for (Bar bar : bars) {
      List<String> name = canvas.wrap(bar.name, NAME_SHARE * end, SIZE, false, MOST_LINES);
      names.add(name);
      widest = Math.max(widest, canvas.widest(name, SIZE, false));
      barsHeight += line(name);
      most = Math.max(most, bar.total());
    }
    double left = canvas.margin() + widest + 8;
    // Room for the count after the longest bar.
    double width = end - left - canvas.widthOf(Integer.toString(most), SIZE, false) - 8;
    int ticks = Panel.ticks(width, 5);
    Axis x = Axis.covering(xLabel, 0, most, ticks);
    if (x.decimals() > 0) {
      x = Axis.covering(xLabel, 0, Math.max(most, ticks), ticks);
    }
    Panel panel = new Panel(left, top, width, barsHeight, x, Axis.covering("", 0, 1, 2));
    double bottom = panel.drawX(canvas, true);
    double barTop = top;
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double line = line(names.get(i));
      double middle = barTop + line / 2;
      canvas.linesAbout(names.get(i), left - 8, middle, SIZE, Palette.INK, Anchor.END);
      int sum = 0;
      for (Part part : bar.parts) {
        double from = panel.px(sum);
        sum += part.count;
        canvas.fill(
            new Rectangle2D.Double(from, barTop + 2.5, panel.px(sum) - from, line - 5),
            Palette.color(part.category));
        // A white edge separates parts of the same colour.
        canvas.stroke(
            new Line2D.Double(panel.px(sum), barTop + 2.5, panel.px(sum), barTop + line - 2.5),
            Color.WHITE,
            0.5);
      }
      canvas.text(
          Integer.toString(sum),
          panel.px(sum) + 5,
          middle + SIZE * Canvas.HALF_HEIGHT,
          SIZE,
          false,
          Palette.FAINT_INK,
          Anchor.START);
      barTop += line;
    }
    canvas.stroke(
        new Line2D.Double(left, panel.top(), left, panel.bottom()), Palette.FAINT_INK, 0.8);
    return legend.draw(canvas, top, bottom);
  }

  private static double line(List<String> name) {
    return Math.max(LINE, name.size() * Canvas.LEADING * SIZE + 4);
  }
}
