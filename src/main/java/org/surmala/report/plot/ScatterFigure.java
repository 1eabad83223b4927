package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * Points in the plane, coloured by category. The plane has no units and one scale in both
 * directions.
 *
 * @param heading over it
 * @param legend beside it
 * @param points in the order in which they are drawn: the last lies on top
 * @param labels drawn over the points
 */
public record ScatterFigure(Heading heading, Legend legend, List<Point> points, List<Label> labels)
    implements Figure {
  private static final double SIDE = 400;
  private static final double MARGIN = 16;
  private static final double LABEL_SIZE = 10;
  private static final double LARGE_RADIUS = 3.2;
  private static final double SMALL_RADIUS = 0.9;

  /** A point and its place in the palette; negative for the rest. */
  public record Point(double x, double y, int category) {}

  /**
   * A word for a group of points.
   *
   * @param text the word
   * @param x of the group's centre
   * @param y of the group's centre
   * @param reach how far the group extends from its centre
   */
  public record Label(String text, double x, double y, double reach) {}

  public ScatterFigure {
    points = List.copyOf(points);
    labels = List.copyOf(labels);
  }

  @Override
  public String title() {
    return heading.title();
  }

  @Override
  public double width() {
    return MARGIN + SIDE + (legend.entries().isEmpty() ? MARGIN : 176);
  }

  @Override
  public double height() {
    return Heading.HEIGHT + Math.max(SIDE, Legend.height(legend.entries().size())) + MARGIN;
  }

  @Override
  public void draw(Canvas canvas) {
    heading.draw(canvas, width());
    double left = MARGIN;
    double top = Heading.HEIGHT;
    double lowX = Double.POSITIVE_INFINITY;
    double highX = Double.NEGATIVE_INFINITY;
    double lowY = Double.POSITIVE_INFINITY;
    double highY = Double.NEGATIVE_INFINITY;
    for (Point point : points) {
      lowX = Math.min(lowX, point.x);
      highX = Math.max(highX, point.x);
      lowY = Math.min(lowY, point.y);
      highY = Math.max(highY, point.y);
    }
    double radius =
        Math.max(SMALL_RADIUS, Math.min(LARGE_RADIUS, 48 / Math.sqrt(Math.max(1, points.size()))));
    double range = Math.max(Math.max(highX - lowX, highY - lowY), 1e-9);
    double scale = (SIDE - 2 * (radius + 8)) / range;
    double centreX = (lowX + highX) / 2;
    double centreY = (lowY + highY) / 2;
    canvas.stroke(new Rectangle2D.Double(left, top, SIDE, SIDE), Palette.GRID, 0.8);
    int alpha = points.size() > 2000 ? 150 : 205;
    for (Point point : points) {
      Shape mark =
          Palette.mark(
              point.category,
              left + SIDE / 2 + (point.x - centreX) * scale,
              top + SIDE / 2 - (point.y - centreY) * scale,
              radius);
      Color color = Palette.color(point.category);
      canvas.fill(mark, new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
    }
    for (Label label : labels) {
      double reach = label.reach * scale;
      // A word in the middle of a small group would hide it.
      double lift = reach < 2 * LABEL_SIZE ? reach + LABEL_SIZE : 0;
      canvas.textOverMarks(
          label.text,
          left + SIDE / 2 + (label.x - centreX) * scale,
          top + SIDE / 2 - (label.y - centreY) * scale + LABEL_SIZE * 0.36 - lift,
          LABEL_SIZE,
          true,
          Palette.INK,
          Anchor.MIDDLE);
    }
    legend.draw(canvas, left + SIDE + 14, top + 2);
  }
}
