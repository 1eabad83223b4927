package org.surmala.report.plot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.surmala.report.plot.Canvas.Anchor;
import org.w3c.dom.Document;

/** Figures as files: what a reader of PNG or SVG finds in them. */
final class FigureTest {
  private static final String HOSTILE =
      "a\"b</title><script>alert(1)</script>&amp;\u0001\u0000বাংলা";

  /** A red rectangle, a blue line, one text, 144 by 72 points. */
  private record Sample(String title) implements Figure {
    @Override
    public Heading heading() {
      return new Heading(title, "");
    }

    @Override
    public double width() {
      return 144;
    }

    @Override
    public double draw(Canvas canvas) {
      canvas.fill(new Rectangle2D.Double(0, 0, 72, 72), Color.RED);
      canvas.stroke(new Line2D.Double(80, 60, 120, 60), Color.BLUE, 1);
      canvas.text(title, 80, 40, 8, false, Color.BLACK, Anchor.START);
      return 72;
    }
  }

  @Test
  void givenAFigure_whenWrittenAsPng_thenItHas300DotsPerInchAndItsColours() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Sample("").writePng(out, Typefaces.open(), FigureStyle.STANDARD);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));

    assertThat(image.getWidth()).isEqualTo(600);
    assertThat(image.getHeight()).isEqualTo(300);
    assertThat(image.getRGB(100, 100)).isEqualTo(Color.RED.getRGB());
    assertThat(image.getRGB(500, 100)).isEqualTo(Color.WHITE.getRGB());
    int physical = new String(out.toByteArray(), ISO_8859_1).indexOf("pHYs");
    // 300 / 0.0254 dots per metre.
    assertThat(ByteBuffer.wrap(out.toByteArray()).getInt(physical + 4)).isEqualTo(11_811);
  }

  @Test
  void givenHostileText_whenWrittenAsSvg_thenItIsTextInAWellFormedDocument() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Sample(HOSTILE).writeSvg(out, Typefaces.open(), FigureStyle.STANDARD);
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(out.toByteArray()));

    assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("a\"b</title><script>alert(1)</script>&amp;বাংলা");
    assertThat(
            svg.getElementsByTagName("g")
                .item(0)
                .getAttributes()
                .getNamedItem("aria-label")
                .getNodeValue())
        .contains("বাংলা");
  }

  @Test
  void givenOneFigure_whenWrittenTwice_thenTheSameBytes() throws Exception {
    Figure figure = new Sample("ক্ষুদ্র");
    Set<String> svgs = new HashSet<>();
    Set<ByteBuffer> pdfs = new HashSet<>();
    Set<ByteBuffer> pngs = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      ByteArrayOutputStream svg = new ByteArrayOutputStream();
      figure.writeSvg(svg, Typefaces.open(), FigureStyle.STANDARD);
      svgs.add(svg.toString(UTF_8));
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      figure.writePng(png, Typefaces.open(), FigureStyle.STANDARD);
      pngs.add(ByteBuffer.wrap(png.toByteArray()));
      ByteArrayOutputStream pdf = new ByteArrayOutputStream();
      figure.writePdf(pdf, Typefaces.open(), FigureStyle.STANDARD);
      pdfs.add(ByteBuffer.wrap(pdf.toByteArray()));
    }
    assertThat(pdfs).hasSize(1);
    assertThat(svgs).hasSize(1);
    assertThat(pngs).hasSize(1);
  }

  @Test
  void givenTwoScripts_whenWrittenAsPdf_thenTheirFontsAreEmbeddedAndTheirTextIsFound()
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Sample("ক্ষুদ্র歌").writePdf(out, Typefaces.open(), new FigureStyle("3.3in", true));
    try (PDDocument pdf = Loader.loadPDF(out.toByteArray())) {
      PDPage page = pdf.getPage(0);
      assertThat(page.getMediaBox().getWidth()).isEqualTo(237.6f);
      PDResources pages = page.getResources();
      PDFormXObject drawing =
          (PDFormXObject) pages.getXObject(pages.getXObjectNames().iterator().next());
      PDResources resources = drawing.getResources();
      assertThat(resources.getFontNames())
          .hasSize(2)
          .allSatisfy(name -> assertThat(resources.getFont(name).isEmbedded()).isTrue());
      byte[] content = drawing.getContents().readAllBytes();
      // UTF-16 of the title, which a reader copies and searches.
      assertThat(new String(content, ISO_8859_1))
          .contains("/ActualText <FEFF099509CD09B709C109A609CD09B06B4C>");
      // Some readers refuse a real number as a style of lines.
      assertThat(new String(content, ISO_8859_1)).contains("\n1 J\n", "\n1 j\n");
      // The page as another library draws it: red on the left, ink only where the text is.
      BufferedImage drawn = new PDFRenderer(pdf).renderImage(0);
      assertThat(drawn.getRGB(10, 60)).isEqualTo(Color.RED.getRGB());
      assertThat(darkest(drawn.getSubimage(80, 28, 30, 16))).isLessThan(0x60);
      assertThat(darkest(drawn.getSubimage(160, 0, 70, 72))).isEqualTo(0xff);
    }
  }

  private static int darkest(BufferedImage image) {
    int darkest = 0xff;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        darkest = Math.min(darkest, image.getRGB(x, y) & 0xff);
      }
    }
    return darkest;
  }

  @Test
  void givenAWidth_whenItIsNoLengthOrOutOfRange_thenItIsRefusedByName() {
    assertThat(new FigureStyle(" 84MM", false).width()).isEqualTo("84mm");
    for (String bad : List.of("3.3", "1in", "21in", "wide", "-3in", "")) {
      assertThatThrownBy(() -> new FigureStyle(bad, true))
          .hasMessage(
              "figure width is '%s'; give auto, or a length from 2in to 20in in in, mm, cm or pt,"
                  + " such as 3.3in",
              bad);
    }
  }

  @Test
  void givenTextTooWide_whenFitted_thenItEndsInAnEllipsisAndIsNarrowEnough() throws Exception {
    Typefaces typefaces = Typefaces.open();
    String fitted = typefaces.fit("রবীন্দ্রসঙ্গীত: পুরানো সেই দিনের কথা", 60, 9, false);

    assertThat(fitted).endsWith("…").startsWith("রবী");
    assertThat(typefaces.width(fitted, 9, false)).isLessThanOrEqualTo(60);
    assertThat(typefaces.fit("short", 60, 9, false)).isEqualTo("short");
    assertThat(typefaces.fit("anything", 0, 9, false)).isEqualTo("…");
  }

  @Test
  void givenValues_whenAnAxisCoversThem_thenItsTicksAreRoundAndEnclose() {
    Axis axis = Axis.covering("x", -0.013, 0.094, 6);
    assertThat(axis.ticks().stream().map(axis::text))
        .containsExactly("−0.02", "0.00", "0.02", "0.04", "0.06", "0.08", "0.10");
    assertThat(Axis.covering("x", 0, 12_345, 3).text(10_000)).isEqualTo("10\u2009000");
    Axis flat = Axis.covering("x", 3, 3, 5);
    assertThat(flat.low()).isLessThan(3);
    assertThat(flat.high()).isGreaterThan(3);
    assertThat(Axis.ofWholeNumbers("k", 2, 10, 8).ticks())
        .containsExactly(2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0);
  }

  @Test
  void givenManyCategories_whenMarked_thenEachHasItsOwnLook() throws IOException {
    Set<List<Object>> looks = new HashSet<>();
    for (int category = 0; category < Palette.DISTINCT; category++) {
      PathIterator path = Palette.mark(category, 0, 0, 3).getPathIterator(null);
      double[] first = new double[6];
      int corners = 0;
      for (; !path.isDone(); path.next()) {
        corners += path.currentSegment(first);
      }
      looks.add(List.of(Palette.color(category), corners));
    }
    assertThat(looks).hasSize(Palette.DISTINCT);
  }
}
