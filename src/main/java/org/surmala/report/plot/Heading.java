package org.surmala.report.plot;

import org.surmala.report.plot.Canvas.Anchor;

/**
 * What stands over a figure.
 *
 * @param title what it shows
 * @param note of what, of how many, and what to keep in mind; may be empty
 */
public record Heading(String title, String note) {
  static final double HEIGHT = 46;
  private static final double MARGIN = 16;
  private static final double TITLE_SIZE = 13;
  private static final double NOTE_SIZE = 8.5;

  void draw(Canvas canvas, double width) {
    double room = width - 2 * MARGIN;
    canvas.text(
        canvas.fit(title, room, TITLE_SIZE, true),
        MARGIN,
        MARGIN + TITLE_SIZE * 0.8,
        TITLE_SIZE,
        true,
        Palette.INK,
        Anchor.START);
    canvas.text(
        canvas.fit(note, room, NOTE_SIZE, false),
        MARGIN,
        MARGIN + TITLE_SIZE * 0.8 + 14,
        NOTE_SIZE,
        false,
        Palette.FAINT_INK,
        Anchor.START);
  }
}
