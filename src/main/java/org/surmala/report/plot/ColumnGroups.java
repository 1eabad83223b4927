package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * The names of groups of adjacent columns, below the columns: horizontal if all fit, else vertical.
 */
final class ColumnGroups {
  private static final double SIZE = 8;
  private static final double STEM = 12;

  private record Run(String name, int first, int last) {}

  private final List<Run> runs = new ArrayList<>();

  ColumnGroups(List<String> groups) {
    int first = 0;
    for (int i = 1; i <= groups.size(); i++) {
      if (i == groups.size() || !groups.get(i).equals(groups.get(first))) {
        runs.add(new Run(groups.get(first), first, i - 1));
        first = i;
      }
    }
  }

  /** Draws edges and names; returns the y of their bottom. */
  double draw(Canvas canvas, Panel panel) {
    int n = runs.size();
    double[] middles = new double[n];
    double[] widths = new double[n];
    double widest = 0;
    for (int i = 0; i < n; i++) {
      Run run = runs.get(i);
      middles[i] = panel.px((run.first + run.last) / 2.0);
      widths[i] = canvas.widthOf(run.name, SIZE, false) + 8;
      widest = Math.max(widest, widths[i]);
      if (i > 0) {
        double edge = panel.px(run.first - 0.5);
        canvas.stroke(new Line2D.Double(edge, panel.top(), edge, panel.bottom()), Palette.INK, 0.6);
      }
    }
    boolean level = Arrays.stream(widths).sum() <= panel.width();
    if (!level) {
      Arrays.fill(widths, SIZE * Canvas.LEADING);
    }
    double[] centres = Spread.of(middles, widths, panel.left(), panel.right());
    double top = panel.bottom() + STEM;
    for (int i = 0; i < n; i++) {
      Path2D stem = new Path2D.Double();
      stem.moveTo(middles[i], panel.bottom() + 1);
      stem.lineTo(middles[i], panel.bottom() + 4);
      stem.lineTo(centres[i], top - 2);
      canvas.stroke(stem, Palette.OTHER, 0.6);
      double turn = level ? 0 : -90;
      canvas.text(
          runs.get(i).name,
          level ? centres[i] : centres[i] + SIZE * Canvas.HALF_HEIGHT,
          level ? top + SIZE : top + 2,
          SIZE,
          false,
          Palette.INK,
          level ? Anchor.MIDDLE : Anchor.END,
          turn);
    }
    return panel.drawXLabel(canvas, top + (level ? SIZE : widest) + Panel.LABEL_SIZE + 6);
  }
}
