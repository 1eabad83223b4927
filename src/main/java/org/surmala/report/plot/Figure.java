package org.surmala.report.plot;

import java.io.IOException;
import java.io.OutputStream;

/** One figure, which draws itself on any canvas. */
public interface Figure {
  /** The title, as it stands over the figure. */
  String title();

  /** Width in points (1/72 inch). */
  double width();

  /** Height in points (1/72 inch). */
  double height();

  /** Draws everything. Drawing twice gives the same. */
  void draw(Canvas canvas);

  /** Writes the figure as PNG, 300 dots per inch. */
  default void writePng(OutputStream out, Typefaces typefaces) throws IOException {
    PngCanvas canvas = new PngCanvas(width(), height(), typefaces);
    draw(canvas);
    canvas.writeTo(out);
  }

  /** Writes the figure as SVG 1.1 in UTF-8. */
  default void writeSvg(OutputStream out, Typefaces typefaces) throws IOException {
    SvgCanvas canvas = new SvgCanvas(width(), height(), title(), typefaces);
    draw(canvas);
    canvas.writeTo(out);
  }
}
