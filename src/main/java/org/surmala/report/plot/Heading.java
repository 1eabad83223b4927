package org.surmala.report.plot;

import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/** The heading of a figure; the note on data, counts and cautions may be empty. */
public record Heading(String title, String note) {
  private static final double TITLE_SIZE = 13;
  private static final double NOTE_SIZE = 8.5;
  private static final double GAP = 10;
  private static final int MOST_LINES = 8;

  /** Draws title and note if the canvas is titled; returns the y at which the figure starts. */
  double draw(Canvas canvas) {
    double y = canvas.margin();
    if (!canvas.titled()) {
      return y;
    }
    y = draw(canvas, title, y, TITLE_SIZE, true);
    y = draw(canvas, note, y, NOTE_SIZE, false);
    return y + GAP;
  }

  private static double draw(Canvas canvas, String text, double top, double size, boolean bold) {
    List<String> lines =
        canvas.wrap(text, canvas.width() - 2 * canvas.margin(), size, bold, MOST_LINES);
    canvas.lines(
        lines,
        canvas.margin(),
        top + size,
        size,
        bold,
        bold ? Palette.INK : Palette.FAINT_INK,
        Anchor.START);
    return top + lines.size() * Canvas.LEADING * size;
  }
}
