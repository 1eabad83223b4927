package org.surmala.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.util.List;

/**
 * The drawing surface of a figure. Lengths are in points (1/72 inch), the origin is at the top
 * left, x grows to the right and y downwards.
 */
public class Canvas {
  /** Horizontal anchor of a text. */
  public enum Anchor {
    /** The anchor is at the start. */
    START,
    /** The anchor is in the middle. */
    MIDDLE,
    /** The anchor is at the end. */
    END
  }

  /** Line height as a multiple of the type size; Bangla is taller than Latin. */
  static final double LEADING = 1.35;

  /** Distance of the baseline below the middle of a line, as a multiple of the type size. */
  static final double HALF_HEIGHT = 0.36;

  /** SVG's default; without effect, since joins are round. */
  private static final float MITER = 4;

  /** Width below which a figure is laid out for a column of a paper. */
  private static final double NARROW = 420;

  private final Typefaces typefaces;
  private final double width;
  private final boolean titled;
  private final Graphics2D graphics;

  /**
   * A canvas.
   *
   * @param width points
   * @param titled whether figures have headings
   * @param graphics graphics context in points
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

  /** Whether the canvas is about as wide as a column of a paper. */
  final boolean isNarrow() {
    return width < NARROW;
  }

  /** Empty margin at the edges, points. */
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
   * @param width width of the pen, points
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

  /** Writes one line of text, whose type has a size in points, with its baseline at y. */
  public final void text(
      String text, double x, double y, double size, boolean bold, Color color, Anchor anchor) {
    text(text, x, y, size, bold, color, anchor, 0);
  }

  /** Writes one line of text, rotated about its anchor by degrees clockwise; -90 reads upwards. */
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

  /** Writes one line of text over other marks, with a light outline. */
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
   * Wraps the text into lines no wider than {@code room} points. Beyond {@code most} lines, the
   * last one ends in an ellipsis.
   */
  final List<String> wrap(String text, double room, double size, boolean bold, int most) {
    return typefaces.wrap(text, room, size, bold, most);
  }

  /** Width of the widest of the lines, points. */
  final double widest(List<String> lines, double size, boolean bold) {
    return lines.stream().mapToDouble(line -> widthOf(line, size, bold)).max().orElse(0);
  }

  /** Writes lines below one another, with the first baseline at y. */
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

  /** Writes lines below one another, vertically centred at y. */
  final void linesAbout(
      List<String> lines, double x, double y, double size, Color color, Anchor anchor) {
    double first = y + HALF_HEIGHT * size - (lines.size() - 1) * LEADING * size / 2;
    lines(lines, x, first, size, false, color, anchor);
  }

  void fillText(TextLine line, Color color) {
    fill(line.outline(typefaces), color);
  }
}
