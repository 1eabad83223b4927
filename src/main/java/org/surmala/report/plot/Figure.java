package org.surmala.report.plot;

import java.io.IOException;
import java.io.OutputStream;

/** One figure, which draws itself on any canvas. Type has the same size at every width. */
public interface Figure {
  /** Title and note above the figure. */
  Heading heading();

  /** Default width in points (1/72 inch). */
  double width();

  /**
   * Draws the figure within the canvas's width; returns the used height in points. Drawing is
   * deterministic.
   */
  double draw(Canvas canvas);

  /** Writes the figure as PNG, 300 dots per inch. */
  default void writePng(OutputStream out, Typefaces typefaces, FigureStyle style)
      throws IOException {
    double width = style.widthOf(this);
    PngCanvas canvas = new PngCanvas(width, height(typefaces, style), style.titled(), typefaces);
    draw(canvas);
    canvas.writeTo(out);
  }

  /** Writes the figure as SVG 1.1 in UTF-8. */
  default void writeSvg(OutputStream out, Typefaces typefaces, FigureStyle style)
      throws IOException {
    double width = style.widthOf(this);
    SvgCanvas canvas =
        new SvgCanvas(
            width, height(typefaces, style), style.titled(), heading().title(), typefaces);
    draw(canvas);
    canvas.writeTo(out);
  }

  /** Writes the figure as a PDF with one page of the figure's size. */
  default void writePdf(OutputStream out, Typefaces typefaces, FigureStyle style)
      throws IOException {
    double width = style.widthOf(this);
    try (PdfCanvas canvas =
        PdfCanvas.of(
            width, height(typefaces, style), style.titled(), heading().title(), typefaces)) {
      draw(canvas);
      canvas.writeTo(out);
    }
  }

  private double height(Typefaces typefaces, FigureStyle style) {
    return draw(new MeasuringCanvas(style.widthOf(this), style.titled(), typefaces));
  }
}
