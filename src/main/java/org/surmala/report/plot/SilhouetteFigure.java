package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * A silhouette plot (Rousseeuw 1987): for each cluster the silhouettes of its members, the largest
 * at the top, and the overall mean as a dashed line.
 *
 * @param bands bands from top to bottom, at least one
 */
public record SilhouetteFigure(Heading heading, String xLabel, List<Band> bands, double mean)
    implements Figure {
  private static final double NAME_SHARE = 0.36;
  private static final int MOST_LINES = 4;
  private static final double MIN_HEIGHT = 430;
  private static final double LEADER = 10;
  private static final double GAP = 5;
  private static final double SIZE = 8.5;

  /** The band of one cluster: one or more silhouettes of its members, descending, -1 to 1. */
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
  public double width() {
    return 520;
  }

  @Override
  public double draw(Canvas canvas) {
    double top = heading.draw(canvas);
    double end = canvas.width() - canvas.margin();
    List<List<String>> names = new ArrayList<>();
    double[] lines = new double[bands.size()];
    double widest = 0;
    double low = mean;
    double high = mean;
    int members = 0;
    for (Band band : bands) {
      List<String> name = canvas.wrap(band.name, NAME_SHARE * end, SIZE, false, MOST_LINES);
      lines[names.size()] = name.size() * Canvas.LEADING * SIZE + 2;
      names.add(name);
      widest = Math.max(widest, canvas.widest(name, SIZE, false));
      high = Math.max(high, band.silhouettes.get(0));
      low = Math.min(low, band.silhouettes.get(band.silhouettes.size() - 1));
      members += band.silhouettes.size();
    }
    double left = canvas.margin() + widest + LEADER + 4;
    Axis x = Axis.covering(xLabel, Math.min(0, low), Math.max(0, high), Panel.ticks(end - left, 6));
    double plotHeight = Math.max(MIN_HEIGHT, Arrays.stream(lines).sum() + 2 * GAP);
    Panel panel = new Panel(left, top, end - left, plotHeight, x, Axis.covering("", 0, 1, 2));
    double bottom = panel.drawX(canvas, true);
    double each = (plotHeight - (bands.size() + 1) * GAP) / members;
    double bandTop = top + GAP;
    double[] middles = new double[bands.size()];
    for (int b = 0; b < bands.size(); b++) {
      Band band = bands.get(b);
      double height = each * band.silhouettes.size();
      // Reduce the number of corners: many members share a few dots.
      int step = Math.max(1, (int) (0.2 / each));
      Path2D shape = new Path2D.Double();
      shape.moveTo(panel.px(0), bandTop);
      for (int i = 0; i < band.silhouettes.size(); i += step) {
        double next = Math.min(i + step, band.silhouettes.size());
        shape.lineTo(panel.px(band.silhouettes.get(i)), bandTop + i * each);
        shape.lineTo(panel.px(band.silhouettes.get(i)), bandTop + next * each);
      }
      shape.lineTo(panel.px(0), bandTop + height);
      shape.closePath();
      canvas.fill(shape, Palette.color(band.category));
      middles[b] = bandTop + height / 2;
      bandTop += height + GAP;
    }
    double[] centres = Spread.of(middles, lines, panel.top(), panel.bottom());
    for (int b = 0; b < centres.length; b++) {
      double nameEnd = left - LEADER;
      canvas.linesAbout(names.get(b), nameEnd - 2, centres[b], SIZE, Palette.INK, Anchor.END);
      canvas.stroke(
          new Line2D.Double(nameEnd, centres[b], left - 1, middles[b]), Palette.OTHER, 0.6);
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
    return bottom + canvas.margin();
  }
}
