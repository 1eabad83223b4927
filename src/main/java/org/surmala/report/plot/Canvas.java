package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Shape;

/**
 * What a figure is drawn on. Lengths are in points (1/72 inch), the origin is at the top left, x
 * grows to the right and y downwards.
 */
public abstract class Canvas {
  /** Where the given x of a text lies in it. */
  public enum Anchor {
    /** At its beginning. */
    START,
    /** In its middle. */
    MIDDLE,
    /** At its end. */
    END
  }

  private final Typefaces typefaces;

  Canvas(Typefaces typefaces) {
    this.typefaces = typefaces;
  }

  /** Fills a shape; the colour may be translucent. */
  public abstract void fill(Shape shape, Color color);

  /**
   * Draws the outline of a shape.
   *
   * @param width of the pen, points
   * @param dash lengths of dashes and gaps in turn, points; none for a solid line
   */
  public abstract void stroke(Shape shape, Color color, double width, double... dash);

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
    fillText(text, typefaces.outline(text, x, y, size, bold, anchor, degrees), color);
  }

  /** Writes one line of text over whatever is there, set off by a light edge. */
  public final void textOverMarks(
      String text, double x, double y, double size, boolean bold, Color color, Anchor anchor) {
    if (text.isBlank()) {
      return;
    }
    Shape outline = typefaces.outline(text, x, y, size, bold, anchor, 0);
    stroke(outline, new Color(255, 255, 255, 220), size / 4);
    fillText(text, outline, color);
  }

  /** Width of a line of text, points. */
  public final double widthOf(String text, double size, boolean bold) {
    return typefaces.width(text, size, bold);
  }

  /** The text, shortened with an ellipsis where it is wider than {@code width} points. */
  public final String fit(String text, double width, double size, boolean bold) {
    return typefaces.fit(text, width, size, bold);
  }

  /** Fills the outline of a text. */
  abstract void fillText(String text, Shape outline, Color color);
}
