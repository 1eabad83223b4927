package org.surmala.report.plot;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * Level bars of counts, each made of parts.
 *
 * @param heading over it
 * @param legend of the parts, beside it
 * @param xLabel what is counted
 * @param bars from top to bottom, at least one
 */
public record StackedBarsFigure(Heading heading, Legend legend, String xLabel, List<Bar> bars)
    implements Figure {
  private static final double WIDTH = 430;
  private static final double LINE = 19;
  private static final double MARGIN = 16;
  private static final double MOST_NAME = 150;
  private static final double SIZE = 8.5;

  /**
   * One bar.
   *
   * @param name at its left
   * @param parts from left to right
   */
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
   * @param category its colour's place in the palette; negative for grey
   * @param count its length
   */
  public record Part(int category, int count) {}

  public StackedBarsFigure {
    bars = List.copyOf(bars);
    if (bars.isEmpty()) {
      throw new IllegalArgumentException("a figure of bars needs at least one bar");
    }
  }

  @Override
  public String title() {
    return heading.title();
  }

  @Override
  public double width() {
    return WIDTH + (legend.entries().isEmpty() ? 0 : 170);
  }

  @Override
  public double height() {
    return Heading.HEIGHT
        + Math.max(bars.size() * LINE, Legend.height(legend.entries().size()))
        + 44;
  }

  @Override
  public void draw(Canvas canvas) {
    heading.draw(canvas, width());
    double names = 0;
    int most = 1;
    for (Bar bar : bars) {
      names = Math.max(names, Math.min(MOST_NAME, canvas.widthOf(bar.name, SIZE, false)));
      most = Math.max(most, bar.total());
    }
    double left = MARGIN + names + 8;
    // Room for the count behind the longest bar.
    double width = WIDTH - left - 48;
    Axis x = Axis.covering(xLabel, 0, most, 5);
    if (x.decimals() > 0) {
      x = Axis.covering(xLabel, 0, Math.max(most, 5), 5);
    }
    Panel panel =
        new Panel(left, Heading.HEIGHT, width, bars.size() * LINE, x, Axis.covering("", 0, 1, 2));
    panel.drawX(canvas, true);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double top = Heading.HEIGHT + i * LINE;
      double baseline = top + LINE / 2 + SIZE * 0.36;
      canvas.text(
          canvas.fit(bar.name, MOST_NAME, SIZE, false),
          left - 8,
          baseline,
          SIZE,
          false,
          Palette.INK,
          Anchor.END);
      int sum = 0;
      for (Part part : bar.parts) {
        double from = panel.px(sum);
        sum += part.count;
        canvas.fill(
            new Rectangle2D.Double(from, top + 2.5, panel.px(sum) - from, LINE - 5),
            Palette.color(part.category));
        // A white edge, so that parts of one colour stay two.
        canvas.stroke(
            new Line2D.Double(panel.px(sum), top + 2.5, panel.px(sum), top + LINE - 2.5),
            Color.WHITE,
            0.5);
      }
      canvas.text(
          Integer.toString(sum),
          panel.px(sum) + 5,
          baseline,
          SIZE,
          false,
          Palette.FAINT_INK,
          Anchor.START);
    }
    canvas.stroke(
        new Line2D.Double(left, panel.top(), left, panel.bottom()), Palette.FAINT_INK, 0.8);
    legend.draw(canvas, WIDTH + 6, Heading.HEIGHT + 2);
  }
}
