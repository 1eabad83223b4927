package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A figure as SVG 1.1. Text is drawn as outlines, so that every script looks the same whatever
 * fonts the reader has; what it says stands beside each outline for screen readers and search.
 */
final class SvgCanvas extends Canvas {
  private final StringBuilder svg = new StringBuilder(1 << 14);

  SvgCanvas(double width, double height, boolean titled, String title, Typefaces typefaces) {
    super(typefaces, width, titled);
    svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
        .append(number(width))
        .append("pt\" height=\"")
        .append(number(height))
        .append("pt\" viewBox=\"0 0 ")
        .append(number(width))
        .append(' ')
        .append(number(height))
        .append("\" role=\"img\">\n<title>")
        .append(escape(title))
        .append("</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  }

  @Override
  public void fill(Shape shape, Color color) {
    open(shape);
    svg.append(" fill=\"").append(hex(color)).append('"');
    opacity("fill-opacity", color);
    svg.append("/>\n");
  }

  @Override
  public void stroke(Shape shape, Color color, double width, double... dash) {
    open(shape);
    svg.append(" fill=\"none\" stroke=\"")
        .append(hex(color))
        .append("\" stroke-width=\"")
        .append(number(width))
        .append('"');
    opacity("stroke-opacity", color);
    if (dash.length == 0) {
      svg.append(" stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    } else {
      svg.append(" stroke-dasharray=\"");
      for (int i = 0; i < dash.length; i++) {
        svg.append(i == 0 ? "" : " ").append(number(dash[i]));
      }
      svg.append('"');
    }
    svg.append("/>\n");
  }

  @Override
  void fillText(TextLine line, Color color) {
    svg.append("<g role=\"text\" aria-label=\"").append(escape(line.text())).append("\">");
    fill(typefaces().outline(line), color);
    svg.setLength(svg.length() - 1);
    svg.append("</g>\n");
  }

  void writeTo(OutputStream out) throws IOException {
    svg.append("</svg>\n");
    out.write(svg.toString().getBytes(StandardCharsets.UTF_8));
  }

  private void open(Shape shape) {
    if (shape instanceof Ellipse2D circle && circle.getWidth() == circle.getHeight()) {
      svg.append("<circle cx=\"")
          .append(number(circle.getCenterX()))
          .append("\" cy=\"")
          .append(number(circle.getCenterY()))
          .append("\" r=\"")
          .append(number(circle.getWidth() / 2))
          .append('"');
    } else if (shape instanceof Line2D line) {
      svg.append("<line x1=\"")
          .append(number(line.getX1()))
          .append("\" y1=\"")
          .append(number(line.getY1()))
          .append("\" x2=\"")
          .append(number(line.getX2()))
          .append("\" y2=\"")
          .append(number(line.getY2()))
          .append('"');
    } else {
      PathIterator path = shape.getPathIterator(null);
      svg.append(
          path.getWindingRule() == PathIterator.WIND_EVEN_ODD
              ? "<path fill-rule=\"evenodd\" d=\""
              : "<path d=\"");
      double[] c = new double[6];
      for (; !path.isDone(); path.next()) {
        switch (path.currentSegment(c)) {
          case PathIterator.SEG_MOVETO -> command('M', c, 2);
          case PathIterator.SEG_LINETO -> command('L', c, 2);
          case PathIterator.SEG_QUADTO -> command('Q', c, 4);
          case PathIterator.SEG_CUBICTO -> command('C', c, 6);
          default -> svg.append('Z');
        }
      }
      svg.append('"');
    }
  }

  private void command(char letter, double[] coordinates, int count) {
    svg.append(letter);
    for (int i = 0; i < count; i++) {
      svg.append(i == 0 ? "" : " ").append(number(coordinates[i]));
    }
  }

  private void opacity(String attribute, Color color) {
    if (color.getAlpha() < 255) {
      svg.append(' ')
          .append(attribute)
          .append("=\"")
          .append(number(color.getAlpha() / 255.0))
          .append('"');
    }
  }

  private static String hex(Color color) {
    return String.format(
        Locale.ROOT, "#%02x%02x%02x", color.getRed(), color.getGreen(), color.getBlue());
  }

  /** Hundredths of a point: finer than any printer. */
  private static String number(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths % 100 == 0) {
      return Long.toString(hundredths / 100);
    }
    String text = Double.toString(hundredths / 100.0);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Characters that XML 1.0 does not allow at all are left out. */
  private static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 8);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                default -> {
                  boolean allowed =
                      (c >= 0x20 && c <= 0xD7FF)
                          || (c >= 0xE000 && c <= 0xFFFD)
                          || c >= 0x10000
                          || c == '\t';
                  if (allowed) {
                    safe.appendCodePoint(c);
                  }
                }
              }
            });
    return safe.toString();
  }
}
