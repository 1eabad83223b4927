package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Colours for every kind of colour vision (Okabe and Ito, "Color Universal Design", 2008), and
 * shapes for further categories: the first eight categories are circles, the next eight triangles,
 * then squares, diamonds and crosses.
 */
public final class Palette {
  /** Text and axes. */
  public static final Color INK = new Color(0x22, 0x26, 0x2b);

  /** Notes and tick labels. */
  public static final Color FAINT_INK = new Color(0x5c, 0x64, 0x6e);

  /** Grid lines. */
  public static final Color GRID = new Color(0xe4, 0xe7, 0xeb);

  /** No category, and the rest of too many categories. */
  public static final Color OTHER = new Color(0xa9, 0xb0, 0xb8);

  /** The colours, in the order of categories. */
  public static final List<Color> COLORS =
      List.of(
          new Color(0x00, 0x72, 0xb2),
          new Color(0xe6, 0x9f, 0x00),
          new Color(0x00, 0x9e, 0x73),
          new Color(0xcc, 0x79, 0xa7),
          new Color(0xd5, 0x5e, 0x00),
          new Color(0x56, 0xb4, 0xe9),
          new Color(0x4a, 0x4a, 0x4a),
          new Color(0xd9, 0xcb, 0x1e));

  private static final List<List<Double>> DASHES =
      List.of(List.of(), List.of(5.0, 3.0), List.of(1.5, 2.0), List.of(7.0, 2.0, 1.5, 2.0));

  private static final int SHAPES = 5;

  /** Number of distinct marks: colours times shapes. */
  public static final int DISTINCT = COLORS.size() * SHAPES;

  private Palette() {}

  /** The colour of a category, from 0; {@link #OTHER} for a negative number. */
  public static Color color(int category) {
    return category < 0 ? OTHER : COLORS.get(category % COLORS.size());
  }

  /** Lengths of the dashes and gaps of a category's curve, points; empty for a solid line. */
  public static List<Double> dash(int category) {
    return DASHES.get(category % DASHES.size());
  }

  /** The mark of a category, centred; marks of the same radius have about the same area. */
  public static Shape mark(int category, double x, double y, double radius) {
    int shape = category < 0 ? 0 : category / COLORS.size() % SHAPES;
    return switch (shape) {
      case 0 -> new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
      case 1 -> polygon(x, y, 1.25 * radius, 3, -90);
      case 2 -> {
        double half = 0.88 * radius;
        yield new Rectangle2D.Double(x - half, y - half, 2 * half, 2 * half);
      }
      case 3 -> polygon(x, y, 1.25 * radius, 4, 0);
      default -> cross(x, y, radius);
    };
  }

  private static Shape polygon(double x, double y, double radius, int corners, double degrees) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners; i++) {
      double angle = Math.toRadians(degrees + 360.0 * i / corners);
      double px = x + radius * Math.cos(angle);
      double py = y + radius * Math.sin(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    path.closePath();
    return path;
  }

  private static Shape cross(double x, double y, double radius) {
    double arm = 1.1 * radius;
    double half = 0.38 * radius;
    double[][] corners = {
      {-half, -arm}, {half, -arm}, {half, -half}, {arm, -half}, {arm, half}, {half, half},
      {half, arm}, {-half, arm}, {-half, half}, {-arm, half}, {-arm, -half}, {-half, -half}
    };
    Path2D path = new Path2D.Double();
    path.moveTo(x + corners[0][0], y + corners[0][1]);
    for (int i = 1; i < corners.length; i++) {
      path.lineTo(x + corners[i][0], y + corners[i][1]);
    }
    path.closePath();
    return path;
  }
}
