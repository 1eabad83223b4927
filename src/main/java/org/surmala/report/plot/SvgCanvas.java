package org.surmala.report.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.SVGHints;
import org.jfree.svg.SVGUnits;
import org.jfree.svg.SVGUtils;
import org.jfree.svg.ViewBox;

/**
 * A figure as SVG 1.1. Text is drawn as outlines, so that it looks the same whatever fonts the
 * reader has; the text itself is stored with each outline for screen readers and search.
 */
final class SvgCanvas extends Canvas {
  private static final String FORBIDDEN_IN_XML =
      "[^\\t\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

  private final SVGGraphics2D graphics;
  private final String title;

  SvgCanvas(double width, double height, boolean titled, String title, Typefaces typefaces) {
    this(new SVGGraphics2D(width, height, SVGUnits.PT), titled, title, typefaces);
  }

  private SvgCanvas(SVGGraphics2D graphics, boolean titled, String title, Typefaces typefaces) {
    super(typefaces, graphics.getWidth(), titled, graphics);
    this.graphics = graphics;
    this.title = title;
    graphics.setGeomDoubleConverter(SvgCanvas::number);
    fill(new Rectangle2D.Double(0, 0, graphics.getWidth(), graphics.getHeight()), Color.WHITE);
  }

  @Override
  void fillText(TextLine line, Color color) {
    // The map determines the order of the attributes.
    Map<String, String> group = new LinkedHashMap<>();
    group.put("role", "text");
    group.put("aria-label", allowed(line.text()));
    graphics.setRenderingHint(SVGHints.KEY_BEGIN_GROUP, group);
    super.fillText(line, color);
    graphics.setRenderingHint(SVGHints.KEY_END_GROUP, true);
  }

  void writeTo(OutputStream out) throws IOException {
    ViewBox page = new ViewBox(0, 0, graphics.getWidth(), graphics.getHeight());
    String svg = graphics.getSVGElement(null, true, page, null, null);
    int content = svg.indexOf('>');
    String named =
        "<?xml version='1.0' encoding='UTF-8'?>\n"
            + svg.substring(0, content)
            + " role='img'><title>"
            + SVGUtils.escapeForXML(allowed(title))
            + "</title>"
            + svg.substring(content + 1);
    out.write(named.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The text without characters that XML forbids. JFreeSVG takes an &amp;lt; as already escaped.
   */
  private static String allowed(String text) {
    return text.replaceAll(FORBIDDEN_IN_XML, "").replace("&", "&amp;");
  }

  /**
   * A number rounded to hundredths of a point, which is finer than any printer. JFreeSVG's own
   * rounding takes three times as long.
   */
  private static String number(double value) {
    long hundredths = Math.round(value * 100);
    return hundredths % 100 == 0
        ? Long.toString(hundredths / 100)
        : Double.toString(hundredths / 100.0);
  }
}
