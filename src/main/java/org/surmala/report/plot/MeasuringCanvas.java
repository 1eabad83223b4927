package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Shape;

/** Keeps nothing: a figure that is drawn on it tells its height. */
final class MeasuringCanvas extends Canvas {
  MeasuringCanvas(double width, boolean titled, Typefaces typefaces) {
    super(typefaces, width, titled);
  }

  @Override
  public void fill(Shape shape, Color color) {}

  @Override
  public void stroke(Shape shape, Color color, double width, double... dash) {}

  @Override
  void fillText(TextLine line, Color color) {}
}
