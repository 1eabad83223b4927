package org.surmala.report.plot;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * A positioned line of text.
 *
 * @param x x of the anchor, points
 * @param y baseline at the anchor, points
 * @param size type size, points
 * @param anchor position of the anchor in the text
 * @param degrees rotation about the anchor, clockwise; -90 reads upwards
 */
record TextLine(
    String text, double x, double y, double size, boolean bold, Anchor anchor, double degrees) {
  /** The transform from a line at the origin to this position. */
  AffineTransform placed(double advance) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(Math.toRadians(degrees));
    place.translate(
        switch (anchor) {
          case START -> 0;
          case MIDDLE -> -advance / 2;
          case END -> -advance;
        },
        0);
    return place;
  }

  GlyphLine glyphs(Typefaces typefaces) {
    return typefaces.shape(text, size, bold);
  }

  Shape outline(Typefaces typefaces) {
    GlyphLine glyphs = glyphs(typefaces);
    return glyphs.outline(placed(glyphs.advance()));
  }
}
