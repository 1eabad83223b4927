package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.image.BufferedImage;

/** A canvas without output, to measure the height of a figure. */
class MeasuringCanvas extends Canvas {
  private static final Graphics2D NOWHERE =
      new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();

  MeasuringCanvas(double width, boolean titled, Typefaces typefaces) {
    super(typefaces, width, titled, NOWHERE);
  }

  @Override
  public final void fill(Shape shape, Color color) {}

  @Override
  public final void stroke(Shape shape, Color color, double width, double... dash) {}

  @Override
  void fillText(TextLine line, Color color) {}
}
