package org.surmala.report.plot;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * One line of text and where it stands.
 *
 * @param x of the anchor, points
 * @param y of the baseline at the anchor, points
 * @param size of the type, points
 * @param anchor where in the text x is
 * @param degrees by which it is turned about the anchor, clockwise; -90 reads upwards
 */
record TextLine(
    String text, double x, double y, double size, boolean bold, Anchor anchor, double degrees) {

  /** From a line that begins at the origin to this place. */
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
