package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * A silhouette plot (Rousseeuw 1987): for each cluster the silhouettes of its members, the largest
 * at the top, and the mean over all of them as a dashed line.
 *
 * @param heading over it
 * @param bands from top to bottom, at least one
 * @param mean over all members
 */
public record SilhouetteFigure(Heading heading, List<Band> bands, double mean) implements Figure {
  private static final double WIDTH = 520;
  private static final double MOST_NAME = 150;
  private static final double MOST_HEIGHT = 430;
  private static final double GAP = 5;
  private static final double SIZE = 8.5;

  /**
   * One cluster.
   *
   * @param name at its left
   * @param category its colour's place in the palette
   * @param silhouettes of its members, descending, -1 to 1, at least one
   */
  public record Band(String name, int category, List<Double> silhouettes) {
    public Band {
      silhouettes = List.copyOf(silhouettes);
    }
  }

  public SilhouetteFigure {
    bands = List.copyOf(bands);
    if (bands.isEmpty() || bands.stream().anyMatch(band -> band.silhouettes.isEmpty())) {
      throw new IllegalArgumentException("a silhouette plot needs a member in every band");
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
    return Heading.HEIGHT + MOST_HEIGHT + 44;
  }

  @Override
  public void draw(Canvas canvas) {
    heading.draw(canvas, width());
    double names = 0;
    double low = mean;
    double high = mean;
    int members = 0;
    for (Band band : bands) {
      names = Math.max(names, Math.min(MOST_NAME, canvas.widthOf(band.name, SIZE, false)));
      high = Math.max(high, band.silhouettes.get(0));
      low = Math.min(low, band.silhouettes.get(band.silhouettes.size() - 1));
      members += band.silhouettes.size();
    }
    Axis x =
        Axis.covering("Silhouette of a song (−1 to 1)", Math.min(0, low), Math.max(0, high), 6);
    double left = 16 + names + 8;
    Panel panel =
        new Panel(
            left, Heading.HEIGHT, WIDTH - left - 20, MOST_HEIGHT, x, Axis.covering("", 0, 1, 2));
    panel.drawX(canvas, true);
    double each = (MOST_HEIGHT - (bands.size() + 1) * GAP) / members;
    double top = Heading.HEIGHT + GAP;
    double lastName = Double.NEGATIVE_INFINITY;
    for (Band band : bands) {
      double height = each * band.silhouettes.size();
      // A thousand members in a finger's width need no thousand corners.
      int step = Math.max(1, (int) (0.2 / each));
      Path2D shape = new Path2D.Double();
      shape.moveTo(panel.px(0), top);
      for (int i = 0; i < band.silhouettes.size(); i += step) {
        double end = Math.min(i + step, band.silhouettes.size());
        shape.lineTo(panel.px(band.silhouettes.get(i)), top + i * each);
        shape.lineTo(panel.px(band.silhouettes.get(i)), top + end * each);
      }
      shape.lineTo(panel.px(0), top + height);
      shape.closePath();
      canvas.fill(shape, Palette.color(band.category));
      double baseline = top + height / 2 + SIZE * 0.36;
      if (baseline - lastName > SIZE) {
        canvas.text(
            canvas.fit(band.name, MOST_NAME, SIZE, false),
            left - 8,
            baseline,
            SIZE,
            false,
            Palette.INK,
            Anchor.END);
        lastName = baseline;
      }
      top += height + GAP;
    }
    canvas.stroke(
        new Line2D.Double(panel.px(0), panel.top(), panel.px(0), panel.bottom()),
        Palette.FAINT_INK,
        0.8);
    canvas.stroke(
        new Line2D.Double(panel.px(mean), panel.top(), panel.px(mean), panel.bottom()),
        Palette.INK,
        1.2,
        4,
        3);
  }
}
