package org.surmala.web;

import java.io.File;
import java.io.IOException;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jaudiotagger.audio.AudioFileIO;
import org.jaudiotagger.audio.exceptions.CannotReadException;
import org.jaudiotagger.audio.exceptions.InvalidAudioFrameException;
import org.jaudiotagger.audio.exceptions.ReadOnlyFileException;
import org.jaudiotagger.tag.Tag;
import org.jaudiotagger.tag.TagException;
import org.jaudiotagger.tag.images.Artwork;
import org.jspecify.annotations.Nullable;

/** The picture in the tags of a file. */
final class CoverArt {
  private static final int MOST_BYTES = 16 << 20;

  /** A strong reference: a collected logger would lose its level. */
  private static final Logger LIBRARY = Logger.getLogger("org.jaudiotagger");

  static {
    LIBRARY.setLevel(Level.OFF);
  }

  private CoverArt() {}

  /** Reads the picture; null without one that browsers can show. */
  static @Nullable WebResponse of(File file) throws IOException {
    byte[] picture;
    try {
      Tag tag = AudioFileIO.read(file).getTag();
      Artwork artwork = tag == null ? null : tag.getFirstArtwork();
      picture = artwork == null || artwork.isLinked() ? null : artwork.getBinaryData();
    } catch (CannotReadException
        | InvalidAudioFrameException
        | ReadOnlyFileException
        | TagException
        | RuntimeException damaged) {
      // The library throws exceptions of many kinds for damaged tags.
      return null;
    }
    String type = picture == null || picture.length > MOST_BYTES ? null : type(picture);
    return picture == null || type == null
        ? null
        : WebResponse.of(200, type, picture).with("Cache-Control", "private, max-age=3600");
  }

  /** The media type by the bytes, since the tag may be wrong. */
  private static @Nullable String type(byte[] picture) {
    StringBuilder start = new StringBuilder();
    for (int i = 0; i < Math.min(12, picture.length); i++) {
      start.append(String.format(Locale.ROOT, "%02x", picture[i]));
    }
    String digits = start.toString();
    if (digits.startsWith("ffd8ff")) {
      return "image/jpeg";
    }
    if (digits.startsWith("89504e470d0a1a0a")) {
      return "image/png";
    }
    if (digits.startsWith("474946383")) {
      return "image/gif";
    }
    return digits.startsWith("52494646") && digits.endsWith("57454250") ? "image/webp" : null;
  }
}
