package org.surmala.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The smallest MP4 file that has a video track and no sound (ISO/IEC 14496-12). */
final class SilentFilm {
  private SilentFilm() {}

  static byte[] mp4() {
    byte[] picture = new byte[100];
    byte[] type = box("ftyp", text("isom"), ints(512), text("isommp41"));
    int offset = type.length + 8;
    byte[] entry =
        box(
            "mp4v",
            new byte[6],
            shorts(1),
            new byte[16],
            shorts(16, 16),
            ints(0x480000, 0x480000),
            ints(0),
            shorts(1),
            new byte[32],
            shorts(24, -1));
    byte[] table =
        box(
            "stbl",
            box("stsd", ints(0, 1), entry),
            box("stts", ints(0, 1, 1, 25)),
            box("stsc", ints(0, 1, 1, 1, 1)),
            box("stsz", ints(0, 0, 1, picture.length)),
            box("stco", ints(0, 1, offset)));
    byte[] media =
        box(
            "mdia",
            box("mdhd", ints(0, 0, 0, 25, 25, 0x55c40000)),
            box("hdlr", ints(0, 0), text("vide"), new byte[13]),
            box("minf", box("vmhd", ints(1, 0, 0)), table));
    byte[] header =
        box("tkhd", ints(3, 0, 0, 1, 0, 25, 0, 0, 0, 0), new byte[36], ints(16 << 16, 16 << 16));
    byte[] movie =
        box(
            "moov",
            box("mvhd", ints(0, 0, 0, 25, 25, 0x10000, 0x1000000, 0, 0), new byte[60], ints(2)),
            box("trak", header, media));
    return join(type, box("mdat", picture), movie);
  }

  private static byte[] box(String name, byte[]... parts) {
    byte[] content = join(parts);
    return join(ints(content.length + 8), text(name), content);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }
}
