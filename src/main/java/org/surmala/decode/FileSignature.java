package org.surmala.decode;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;

/**
 * The format by a file's first bytes.
 *
 * @param name name of the format in words; null if unknown
 * @param demuxer FFmpeg's name of the demuxer to use; null to let FFmpeg choose
 * @param start offset after the leading tags
 */
record FileSignature(@Nullable String name, @Nullable String demuxer, long start) {
  private static final int ID3_HEADER = 10;
  private static final int MAX_TAGS = 8;

  /** Skips ID3v2 tags, which may be longer (cover pictures) than FFmpeg's probe. */
  static FileSignature of(ByteWindow bytes) throws SongException {
    long at = 0;
    for (int i = 0; i < MAX_TAGS && word(bytes, at, 0, 3).equals("ID3"); i++) {
      if (!bytes.has(at, ID3_HEADER)) {
        break;
      }
      long size =
          (bytes.at(at + 6) & 0x7fL) << 21
              | (bytes.at(at + 7) & 0x7fL) << 14
              | (bytes.at(at + 8) & 0x7fL) << 7
              | (bytes.at(at + 9) & 0x7fL);
      boolean footer = (bytes.at(at + 5) & 0x10) != 0;
      at += ID3_HEADER + size + (footer ? ID3_HEADER : 0);
    }
    boolean tagged = at > 0;
    String head = word(bytes, at, 0, 4);
    if (head.equals("fLaC")) {
      return new FileSignature("FLAC", tagged ? "flac" : null, at);
    }
    String name = known(bytes, at, head);
    if (name != null) {
      return new FileSignature(name, null, at);
    }
    if (bytes.has(at, FrameHeader.BYTES)) {
      if (FrameHeader.Format.ADTS.read(bytes, at) != null) {
        return new FileSignature("AAC", tagged ? "aac" : null, at);
      }
      if (FrameHeader.Format.MPEG.read(bytes, at) != null) {
        return new FileSignature("MP3", tagged ? "mp3" : null, at);
      }
    }
    // Encoders pad after the tag; FFmpeg's demuxer finds the first frame itself.
    return tagged
        ? new FileSignature("MP3", "mp3", Math.min(at, bytes.size()))
        : new FileSignature(null, null, at);
  }

  /** Whether the file ends inside a box of an MP4 file. */
  boolean endsEarly(ByteWindow bytes) throws SongException {
    if (!"MP4".equals(name)) {
      return false;
    }
    long at = start;
    while (bytes.has(at, 16)) {
      long size = bytes.intAt(at) & 0xffffffffL;
      if (size == 1) {
        size = (long) bytes.intAt(at + 8) << 32 | (bytes.intAt(at + 12) & 0xffffffffL);
      }
      if (size < 8 || size > bytes.size() - at) {
        return size != 0;
      }
      at += size;
    }
    return at < bytes.size();
  }

  private static @Nullable String known(ByteWindow bytes, long at, String head)
      throws SongException {
    String inner = word(bytes, at, 8, 4);
    return switch (head) {
      case "RIFF", "RF64", "RIFX" -> inner.equals("WAVE") ? "WAV" : null;
      case "FORM" -> inner.startsWith("AIF") ? "AIFF" : null;
      case "OggS" -> "Ogg";
      case "riff" -> "Wave64";
      case "caff" -> "CAF";
      case ".snd" -> "AU";
      case "wvpk" -> "WavPack";
      case "MAC " -> "Monkey's Audio";
      case "TTA1" -> "TTA";
      case "\u001aE\u00df\u00a3" -> "Matroska";
      case "0&\u00b2u" -> "ASF (WMA)";
      default -> word(bytes, at, 4, 4).equals("ftyp") ? "MP4" : null;
    };
  }

  private static String word(ByteWindow bytes, long at, int offset, int length)
      throws SongException {
    if (!bytes.has(at + offset, length)) {
      return "";
    }
    return new String(
        bytes.array(), bytes.indexOf(at + offset), length, StandardCharsets.ISO_8859_1);
  }
}
