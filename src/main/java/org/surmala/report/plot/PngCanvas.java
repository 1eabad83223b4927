package org.surmala.report.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A figure as PNG at 300 dots per inch, the usual resolution for journals. */
final class PngCanvas extends Canvas {
  private static final int DOTS_PER_INCH = 300;
  private static final double DOTS_PER_POINT = DOTS_PER_INCH / 72.0;
  private static final double METRES_PER_INCH = 0.0254;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte TRUE_COLOR = 2;
  private static final int BUFFER = 1 << 16;

  private final BufferedImage image;

  PngCanvas(double width, double height, boolean titled, Typefaces typefaces) {
    this(
        width,
        titled,
        typefaces,
        new BufferedImage(
            (int) Math.round(width * DOTS_PER_POINT),
            (int) Math.round(height * DOTS_PER_POINT),
            BufferedImage.TYPE_INT_RGB));
  }

  private PngCanvas(double width, boolean titled, Typefaces typefaces, BufferedImage image) {
    super(typefaces, width, titled, graphics(image));
    this.image = image;
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    // Before scaling, since a size in points is not a whole number of dots.
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(DOTS_PER_POINT, DOTS_PER_POINT);
    return graphics;
  }

  /**
   * Writes the image (ISO/IEC 15948). The JDK's writer takes 1.6 times as long for files of the
   * same size, since it tries five filters on each line, which does not help for drawings.
   */
  void writeTo(OutputStream out) throws IOException {
    out.write(SIGNATURE);
    int width = image.getWidth();
    int height = image.getHeight();
    chunk(
        out,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) 8)
            .put(TRUE_COLOR)
            .put(new byte[3])
            .array());
    int dotsPerMetre = (int) Math.round(DOTS_PER_INCH / METRES_PER_INCH);
    chunk(
        out,
        "pHYs",
        ByteBuffer.allocate(9).putInt(dotsPerMetre).putInt(dotsPerMetre).put((byte) 1).array());
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(packed, deflater, BUFFER)) {
      int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
      byte[] line = new byte[1 + 3 * width];
      for (int at = 0; at < pixels.length; at += width) {
        for (int x = 0; x < width; x++) {
          int color = pixels[at + x];
          line[1 + 3 * x] = (byte) (color >> 16);
          line[2 + 3 * x] = (byte) (color >> 8);
          line[3 + 3 * x] = (byte) color;
        }
        deflated.write(line);
      }
    } finally {
      deflater.end();
    }
    chunk(out, "IDAT", packed.toByteArray());
    chunk(out, "IEND", new byte[0]);
  }

  private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
