package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * Points in the plane, the last on top, coloured by category. The plane has no units and the same
 * scale in both directions.
 */
public record ScatterFigure(Heading heading, Legend legend, List<Point> points, List<Label> labels)
    implements Figure {
  private static final double MOST_SIDE = 420;
  private static final double LABEL_SIZE = 10;
  private static final int RINGS = 60;
  private static final int TURNS = 12;
  private static final double LARGE_RADIUS = 3.2;
  private static final double SMALL_RADIUS = 0.9;

  /** A point with its palette category; negative for the rest. */
  public record Point(double x, double y, int category) {}

  /**
   * A label for a group of points.
   *
   * @param x centre of the group
   * @param y centre of the group
   * @param reach extent of the group from its centre
   */
  public record Label(String text, double x, double y, double reach) {}

  public ScatterFigure {
    points = List.copyOf(points);
    labels = List.copyOf(labels);
  }

  @Override
  public double width() {
    return 592;
  }

  @Override
  public double draw(Canvas canvas) {
    double top = heading.draw(canvas);
    double end = canvas.width() - canvas.margin() - legend.besideWidth(canvas);
    double left = canvas.margin();
    double side = Math.min(MOST_SIDE, end - left);
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
    double scale = (side - 2 * (radius + 8)) / range;
    double centreX = (lowX + highX) / 2;
    double centreY = (lowY + highY) / 2;
    canvas.stroke(new Rectangle2D.Double(left, top, side, side), Palette.GRID, 0.8);
    int alpha = points.size() > 2000 ? 150 : 205;
    for (Point point : points) {
      Shape mark =
          Palette.mark(
              point.category,
              left + side / 2 + (point.x - centreX) * scale,
              top + side / 2 - (point.y - centreY) * scale,
              radius);
      Color color = Palette.color(point.category);
      canvas.fill(mark, new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
    }
    List<Rectangle2D> taken = new ArrayList<>();
    for (Label label : labels) {
      double reach = label.reach * scale;
      // A label in the middle of a small group would hide it.
      double lift = reach < 2 * LABEL_SIZE ? reach + LABEL_SIZE : 0;
      Rectangle2D box =
          free(
              taken,
              left + side / 2 + (label.x - centreX) * scale,
              top + side / 2 - (label.y - centreY) * scale - lift,
              canvas.widthOf(label.text, LABEL_SIZE, true),
              new Rectangle2D.Double(left, top, side, side));
      taken.add(box);
      canvas.textOverMarks(
          label.text,
          box.getCenterX(),
          box.getCenterY() + LABEL_SIZE * Canvas.HALF_HEIGHT,
          LABEL_SIZE,
          true,
          Palette.INK,
          Anchor.MIDDLE);
    }
    return legend.draw(canvas, top, top + side);
  }

  /** The free rectangle for a label that is nearest to its wanted position. */
  private static Rectangle2D free(
      List<Rectangle2D> taken, double x, double y, double width, Rectangle2D within) {
    Rectangle2D wanted = new Rectangle2D.Double();
    for (int ring = 0; ring < RINGS; ring++) {
      for (int turn = 0; turn < (ring == 0 ? 1 : TURNS); turn++) {
        double angle = 2 * Math.PI * turn / TURNS;
        double centreX = x + ring * LABEL_SIZE / 2 * Math.sin(angle);
        double centreY = y - ring * LABEL_SIZE / 2 * Math.cos(angle);
        Rectangle2D box =
            new Rectangle2D.Double(
                centreX - width / 2 - 1, centreY - LABEL_SIZE / 2, width + 2, LABEL_SIZE);
        if (ring == 0) {
          wanted = box;
        }
        if (within.contains(box) && taken.stream().noneMatch(box::intersects)) {
          return box;
        }
      }
    }
    return wanted;
  }
}
