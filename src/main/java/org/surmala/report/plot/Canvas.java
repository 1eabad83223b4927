package org.surmala.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.util.List;

/**
 * What a figure is drawn on. Lengths are in points (1/72 inch), the origin is at the top left, x
 * grows to the right and y downwards.
 */
public class Canvas {
  /** Where the given x of a text lies in it. */
  public enum Anchor {
    /** At its beginning. */
    START,
    /** In its middle. */
    MIDDLE,
    /** At its end. */
    END
  }

  /** From one baseline to the next, in sizes of the type; Bangla is taller than Latin. */
  static final double LEADING = 1.35;

  /** Above the middle of a line of text its baseline lies this much lower, in sizes. */
  static final double HALF_HEIGHT = 0.36;

  /** SVG's default. Joins are round, so that it makes no difference. */
  private static final float MITER = 4;

  /** Figures narrower than this stand in a column of a paper. */
  private static final double NARROW = 420;

  private final Typefaces typefaces;
  private final double width;
  private final boolean titled;
  private final Graphics2D graphics;

  /**
   * A canvas.
   *
   * @param width points
   * @param titled whether figures bear their headings
   * @param graphics what it is drawn with; its unit is a point
   */
  Canvas(Typefaces typefaces, double width, boolean titled, Graphics2D graphics) {
    this.typefaces = typefaces;
    this.width = width;
    this.titled = titled;
    this.graphics = graphics;
  }

  final Typefaces typefaces() {
    return typefaces;
  }

  final double width() {
    return width;
  }

  final boolean titled() {
    return titled;
  }

  /** Whether it is about as wide as a column of a paper. */
  final boolean isNarrow() {
    return width < NARROW;
  }

  /** What stays empty at the edges, points. */
  final double margin() {
    return isNarrow() ? 6 : 16;
  }

  /** Fills a shape; the colour may be translucent. */
  public void fill(Shape shape, Color color) {
    graphics.setColor(color);
    graphics.fill(shape);
  }

  /**
   * Draws the outline of a shape.
   *
   * @param width of the pen, points
   * @param dash lengths of dashes and gaps in turn, points; none for a solid line
   */
  public void stroke(Shape shape, Color color, double width, double... dash) {
    float[] dashes = new float[dash.length];
    for (int i = 0; i < dash.length; i++) {
      dashes[i] = (float) dash[i];
    }
    boolean solid = dash.length == 0;
    graphics.setColor(color);
    graphics.setStroke(
        new BasicStroke(
            (float) width,
            solid ? BasicStroke.CAP_ROUND : BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            MITER,
            solid ? null : dashes,
            0));
    graphics.draw(shape);
  }

  /**
   * Writes one line of text with its baseline at y.
   *
   * @param size of the type, points
   */
  public final void text(
      String text, double x, double y, double size, boolean bold, Color color, Anchor anchor) {
    text(text, x, y, size, bold, color, anchor, 0);
  }

  /**
   * Writes one line of text, turned about its anchor.
   *
   * @param degrees clockwise; -90 reads upwards
   */
  public final void text(
      String text,
      double x,
      double y,
      double size,
      boolean bold,
      Color color,
      Anchor anchor,
      double degrees) {
    if (text.isBlank()) {
      return;
    }
    fillText(new TextLine(text, x, y, size, bold, anchor, degrees), color);
  }

  /** Writes one line of text over whatever is there, set off by a light edge. */
  public final void textOverMarks(
      String text, double x, double y, double size, boolean bold, Color color, Anchor anchor) {
    if (text.isBlank()) {
      return;
    }
    TextLine line = new TextLine(text, x, y, size, bold, anchor, 0);
    stroke(line.outline(typefaces), new Color(255, 255, 255, 220), size / 4);
    fillText(line, color);
  }

  /** Width of a line of text, points. */
  public final double widthOf(String text, double size, boolean bold) {
    return typefaces.width(text, size, bold);
  }

  /**
   * The text in lines no wider than {@code room} points. Where it takes more than {@code most}
   * lines, the last one ends in an ellipsis.
   */
  final List<String> wrap(String text, double room, double size, boolean bold, int most) {
    return typefaces.wrap(text, room, size, bold, most);
  }

  /** Width of the widest of the lines, points. */
  final double widest(List<String> lines, double size, boolean bold) {
    return lines.stream().mapToDouble(line -> widthOf(line, size, bold)).max().orElse(0);
  }

  /** Writes lines under one another, the first one's baseline at y. */
  final void lines(
      List<String> lines,
      double x,
      double y,
      double size,
      boolean bold,
      Color color,
      Anchor anchor) {
    for (int i = 0; i < lines.size(); i++) {
      text(lines.get(i), x, y + i * LEADING * size, size, bold, color, anchor);
    }
  }

  /** Writes lines under one another, the middle of them at y. */
  final void linesAbout(
      List<String> lines, double x, double y, double size, Color color, Anchor anchor) {
    double first = y + HALF_HEIGHT * size - (lines.size() - 1) * LEADING * size / 2;
    lines(lines, x, first, size, false, color, anchor);
  }

  void fillText(TextLine line, Color color) {
    fill(line.outline(typefaces), color);
  }
}
