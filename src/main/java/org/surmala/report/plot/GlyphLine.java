package org.surmala.report.plot;

import java.awt.Shape;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.text.Bidi;
import java.util.List;

/** A line of text as glyphs, in runs from left to right. */
record GlyphLine(List<Run> runs) {
  /** Glyphs of one font, starting at their own origin. */
  record Run(Typeface face, GlyphVector glyphs) {
    double advance() {
      return glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX();
    }
  }

  GlyphLine {
    runs = List.copyOf(runs);
  }

  /** Reorders runs from reading order to visual order. */
  static GlyphLine of(List<Run> read, List<Integer> levels) {
    byte[] bytes = new byte[levels.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = levels.get(i).byteValue();
    }
    Run[] runs = read.toArray(Run[]::new);
    Bidi.reorderVisually(bytes, 0, runs, 0, runs.length);
    return new GlyphLine(List.of(runs));
  }

  /** Width, points. */
  double advance() {
    return runs.stream().mapToDouble(Run::advance).sum();
  }

  Shape outline(AffineTransform place) {
    Path2D outline = new Path2D.Double();
    AffineTransform at = new AffineTransform(place);
    for (Run run : runs) {
      outline.append(at.createTransformedShape(run.glyphs.getOutline()), false);
      at.translate(run.advance(), 0);
    }
    return outline;
  }
}
