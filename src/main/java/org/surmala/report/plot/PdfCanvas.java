package org.surmala.report.plot;

import de.rototor.pdfbox.graphics2d.IPdfBoxGraphics2DFontTextDrawer;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Rectangle;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.AttributedCharacterIterator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.util.Matrix;

/**
 * A figure as PDF. Text is searchable: glyphs that Java shaped, from embedded subsets of the fonts.
 * Equal figures give equal bytes.
 */
final class PdfCanvas extends Canvas implements AutoCloseable {
  private static final int HIGHEST_GLYPH = 0xFFFD;

  private final PDDocument document;
  private final PdfBoxGraphics2D graphics;
  private final PDPage page;
  private final Map<String, EmbeddedFont> fonts = new TreeMap<>();

  private record EmbeddedFont(PDType0Font font, Set<Integer> glyphs) {}

  private PdfCanvas(
      PDDocument document,
      PdfBoxGraphics2D graphics,
      PDPage page,
      boolean titled,
      Typefaces typefaces) {
    super(typefaces, page.getMediaBox().getWidth(), titled, graphics);
    this.document = document;
    this.graphics = graphics;
    this.page = page;
  }

  static PdfCanvas of(
      double width, double height, boolean titled, String title, Typefaces typefaces)
      throws IOException {
    PDRectangle size = new PDRectangle((float) width, (float) height);
    PDDocument document = new PDDocument();
    PDPage page = new PDPage(size);
    document.addPage(page);
    document.getDocumentInformation().setTitle(title);
    PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, size);
    return new PdfCanvas(document, graphics, page, titled, typefaces);
  }

  @Override
  void fillText(TextLine line, Color color) {
    graphics.setColor(color);
    graphics.setFontTextDrawer(new LineWriter(line));
    graphics.drawString(line.text(), 0, 0);
  }

  /** Writes one given line, whatever text the graphics context passes. */
  private final class LineWriter implements IPdfBoxGraphics2DFontTextDrawer {
    private final TextLine line;

    LineWriter(TextLine line) {
      this.line = line;
    }

    @Override
    public boolean canDrawText(AttributedCharacterIterator text, IFontTextDrawerEnv env) {
      return true;
    }

    @Override
    public void drawText(AttributedCharacterIterator text, IFontTextDrawerEnv env)
        throws IOException {
      GlyphLine glyphs = line.glyphs(typefaces());
      AffineTransform place = line.placed(glyphs.advance());
      PDPageContentStream content = env.getContentStream();
      env.applyPaint(env.getPaint(), new Rectangle());
      beginMeaning(content, line.text());
      content.beginText();
      for (GlyphLine.Run run : glyphs.runs()) {
        show(content, run, place);
        place.translate(run.advance(), 0);
      }
      content.endText();
      content.endMarkedContent();
    }

    @Override
    public FontMetrics getFontMetrics(Font font, IFontTextDrawerEnv env) {
      return env.getCalculationGraphics().getFontMetrics(font);
    }
  }

  /** The text that readers find and copy; some readers look only here, not among the resources. */
  @SuppressWarnings("deprecation") // Otherwise PDFBox puts properties among the resources.
  private static void beginMeaning(PDPageContentStream content, String text) throws IOException {
    byte[] utf16 = text.getBytes(StandardCharsets.UTF_16);
    content.appendRawCommands(
        "/Span <</ActualText <" + HexFormat.of().withUpperCase().formatHex(utf16) + ">>> BDC\n");
  }

  @SuppressWarnings("deprecation") // Otherwise PDFBox cannot show a glyph by its number.
  private void show(PDPageContentStream content, GlyphLine.Run run, AffineTransform place)
      throws IOException {
    EmbeddedFont embedded = fonts.computeIfAbsent(run.face().name(), name -> embed(run.face()));
    GlyphVector glyphs = run.glyphs();
    content.setFont(embedded.font, glyphs.getFont().getSize2D());
    for (int i = 0; i < glyphs.getNumGlyphs(); i++) {
      int glyph = glyphs.getGlyphCode(i);
      if (glyph > HIGHEST_GLYPH) {
        // Java's code for a character without a glyph after shaping.
        continue;
      }
      Point2D at = glyphs.getGlyphPosition(i);
      AffineTransform matrix = new AffineTransform(place);
      matrix.translate(at.getX(), at.getY());
      matrix.scale(1, -1);
      content.setTextMatrix(new Matrix(matrix));
      content.appendRawCommands("<" + HexFormat.of().toHexDigits((char) glyph) + "> Tj\n");
      embedded.glyphs.add(glyph);
    }
  }

  private EmbeddedFont embed(Typeface face) {
    try {
      return new EmbeddedFont(PDType0Font.load(document, face.file(), true), new TreeSet<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeTo(OutputStream out) throws IOException {
    graphics.dispose();
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.drawForm(graphics.getXFormObject());
    }
    for (EmbeddedFont embedded : fonts.values()) {
      embedded.font.addGlyphsToSubset(embedded.glyphs);
    }
    // Otherwise the file's identifier would contain the time.
    document.setDocumentId(0L);
    document.save(out);
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
