package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdfwriter.ContentStreamWriter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.PDExtendedGraphicsState;

/**
 * A figure as PDF. Text in the bundled font is text, of glyphs that Java shaped and a subset of the
 * font that is embedded; text that needs another font is outlines. Either can be searched. The same
 * figure is the same bytes.
 */
final class PdfCanvas extends Canvas implements AutoCloseable {
  private static final int HIGHEST_GLYPH = 0xFFFD;

  private final PDDocument document = new PDDocument();
  private final PDPage page;
  private final PDResources resources = new PDResources();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private final ContentStreamWriter writer = new ContentStreamWriter(content);
  private final Map<Boolean, EmbeddedFont> fonts = new TreeMap<>();
  private final Map<Integer, COSName> opacities = new TreeMap<>();

  private record EmbeddedFont(PDType0Font font, COSName name, Set<Integer> glyphs) {}

  PdfCanvas(double width, double height, boolean titled, String title, Typefaces typefaces) {
    super(typefaces, width, titled);
    page = new PDPage(new PDRectangle((float) width, (float) height));
    document.addPage(page);
    document.getDocumentInformation().setTitle(title);
    page.setResources(resources);
    // From here on y grows downwards.
    write("cm", 1, 0, 0, -1, 0, height);
  }

  @Override
  public void fill(Shape shape, Color color) {
    state(color, "rg", 1, 0);
    path(shape);
    write(windsEvenOdd(shape) ? "f*" : "f");
  }

  @Override
  public void stroke(Shape shape, Color color, double width, double... dash) {
    state(color, "RG", dash.length == 0 ? 1 : 0, width);
    COSArray dashes = new COSArray();
    for (double length : dash) {
      dashes.add(new COSFloat((float) length));
    }
    write("d", List.of(dashes, new COSFloat(0)));
    path(shape);
    write("S");
  }

  @Override
  void fillText(TextLine line, Color color) {
    COSDictionary meaning = new COSDictionary();
    meaning.setItem(COSName.getPDFName("ActualText"), new COSString(line.text()));
    write("BDC", List.of(COSName.getPDFName("Span"), meaning));
    GlyphVector glyphs = typefaces().bundledGlyphs(line);
    if (glyphs == null) {
      fill(typefaces().outline(line), color);
    } else {
      state(color, "rg", 1, 0);
      show(glyphs, line);
    }
    write("EMC");
  }

  private void show(GlyphVector glyphs, TextLine line) {
    EmbeddedFont embedded = fonts.computeIfAbsent(line.bold(), this::embed);
    write("BT");
    write("Tf", List.of(embedded.name, new COSFloat((float) line.size())));
    int count = glyphs.getNumGlyphs();
    AffineTransform placed = line.placed(glyphs.getGlyphPosition(count).getX());
    for (int i = 0; i < count; i++) {
      int glyph = glyphs.getGlyphCode(i);
      if (glyph > HIGHEST_GLYPH) {
        // Java's mark of a character that shaping left without a glyph.
        continue;
      }
      Point2D at = glyphs.getGlyphPosition(i);
      AffineTransform matrix = new AffineTransform(placed);
      matrix.translate(at.getX(), at.getY());
      matrix.scale(1, -1);
      double[] entries = new double[6];
      matrix.getMatrix(entries);
      write("Tm", entries);
      write("Tj", List.of(new COSString(new byte[] {(byte) (glyph >> 8), (byte) glyph})));
      embedded.glyphs.add(glyph);
    }
    write("ET");
  }

  private EmbeddedFont embed(boolean bold) {
    try {
      PDType0Font font = PDType0Font.load(document, Typefaces.bundled(bold), true);
      return new EmbeddedFont(font, resources.add(font), new TreeSet<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Colour, opacity, ends of lines (1 is round) and width of the pen. */
  private void state(Color color, String operator, int cap, double width) {
    write(operator, color.getRed() / 255.0, color.getGreen() / 255.0, color.getBlue() / 255.0);
    COSName opacity =
        opacities.computeIfAbsent(
            color.getAlpha(),
            alpha -> {
              PDExtendedGraphicsState state = new PDExtendedGraphicsState();
              state.setNonStrokingAlphaConstant(alpha / 255f);
              state.setStrokingAlphaConstant(alpha / 255f);
              return resources.add(state);
            });
    write("gs", List.of(opacity));
    write("w", width);
    write("J", cap);
    write("j", 1);
  }

  private static boolean windsEvenOdd(Shape shape) {
    return shape.getPathIterator(null).getWindingRule() == PathIterator.WIND_EVEN_ODD;
  }

  private void path(Shape shape) {
    double[] c = new double[6];
    double x = 0;
    double y = 0;
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      int kind = path.currentSegment(c);
      switch (kind) {
        case PathIterator.SEG_MOVETO -> write("m", c[0], c[1]);
        case PathIterator.SEG_LINETO -> write("l", c[0], c[1]);
        // PDF has cubic curves only.
        case PathIterator.SEG_QUADTO ->
            write(
                "c",
                x + (c[0] - x) * 2 / 3,
                y + (c[1] - y) * 2 / 3,
                c[2] + (c[0] - c[2]) * 2 / 3,
                c[3] + (c[1] - c[3]) * 2 / 3,
                c[2],
                c[3]);
        case PathIterator.SEG_CUBICTO -> write("c", c);
        default -> write("h");
      }
      if (kind != PathIterator.SEG_CLOSE) {
        int last = kind == PathIterator.SEG_CUBICTO ? 4 : kind == PathIterator.SEG_QUADTO ? 2 : 0;
        x = c[last];
        y = c[last + 1];
      }
    }
  }

  private void write(String operator, double... operands) {
    List<COSBase> numbers = new ArrayList<>();
    for (double operand : operands) {
      // Thousandths of a point: finer than any printer. Styles of lines must be whole numbers.
      long thousandths = Math.round(operand * 1000);
      numbers.add(
          thousandths % 1000 == 0
              ? COSInteger.get(thousandths / 1000)
              : new COSFloat((float) (thousandths / 1000.0)));
    }
    write(operator, numbers);
  }

  private void write(String operator, List<? extends COSBase> operands) {
    try {
      writer.writeTokens(operands);
      writer.writeToken(Operator.getOperator(operator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeTo(OutputStream out) throws IOException {
    for (EmbeddedFont embedded : fonts.values()) {
      embedded.font.addGlyphsToSubset(embedded.glyphs);
      embedded.font.subset();
    }
    page.setContents(
        new PDStream(
            document, new ByteArrayInputStream(content.toByteArray()), COSName.FLATE_DECODE));
    // Else the time of writing would be in the file's identifier.
    document.setDocumentId(0L);
    document.save(out);
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
