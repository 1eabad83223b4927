package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_DICT_IGNORE_SUFFIX;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a song, as text.
 *
 * <p>The declared encoding of tags is often wrong. FFmpeg returns UTF-8, except for raw bytes; and
 * an ID3 tag that claims to be Latin-1 is often UTF-8, which FFmpeg then encodes a second time.
 * Both are repaired by {@link #text}.
 *
 * @param title null without one
 * @param artist null without one
 * @param lyrics null without lyrics
 * @param album null without one
 * @param genre null without one
 */
record Tags(
    @Nullable String title,
    @Nullable String artist,
    @Nullable String lyrics,
    @Nullable String album,
    @Nullable String genre) {
  private static final int MAX_NAME = 1000;
  private static final int MAX_LYRICS = 1 << 18;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /**
   * Reads the tags of the file and of its audio stream (as in Ogg); those of the file take
   * precedence.
   */
  static Tags of(@Nullable AVDictionary file, @Nullable AVDictionary stream) {
    Tags own = of(file);
    Tags streams = of(stream);
    return new Tags(
        own.title != null ? own.title : streams.title,
        own.artist != null ? own.artist : streams.artist,
        own.lyrics != null ? own.lyrics : streams.lyrics,
        own.album != null ? own.album : streams.album,
        own.genre != null ? own.genre : streams.genre);
  }

  private static Tags of(@Nullable AVDictionary dictionary) {
    String title = null;
    String artist = null;
    String lyrics = null;
    String album = null;
    String genre = null;
    if (dictionary == null) {
      return new Tags(null, null, null, null, null);
    }
    AVDictionaryEntry entry = av_dict_get(dictionary, "", null, AV_DICT_IGNORE_SUFFIX);
    while (entry != null) {
      String key = text(bytes(entry.key())).toLowerCase(Locale.ROOT);
      if (key.equals("title")) {
        title = clean(entry, MAX_NAME);
      } else if (key.equals("artist") || (key.equals("album_artist") && artist == null)) {
        artist = clean(entry, MAX_NAME);
      } else if (key.equals("album")) {
        album = clean(entry, MAX_NAME);
      } else if (key.equals("genre")) {
        genre = clean(entry, MAX_NAME);
      } else if (lyrics == null
          && (key.startsWith("lyrics")
              || key.equals("unsyncedlyrics")
              || key.equals("unsynced lyrics"))) {
        lyrics = clean(entry, MAX_LYRICS);
      }
      entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX);
    }
    return new Tags(title, artist, lyrics, album, genre);
  }

  private static @Nullable String clean(AVDictionaryEntry entry, int limit) {
    String text = text(bytes(entry.value())).replace("\r\n", "\n").replace('\r', '\n');
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .limit(limit)
        .filter(point -> point == '\n' || point == '\t' || !Character.isISOControl(point))
        .forEach(kept::appendCodePoint);
    String stripped = kept.toString().strip();
    return stripped.isEmpty() ? null : stripped;
  }

  private static byte[] bytes(BytePointer text) {
    return text.getStringBytes();
  }

  /**
   * Decodes bytes of unknown encoding: UTF-8 if valid, else Windows-1252. If all characters of the
   * UTF-8 text are below 256 and, as bytes, are valid UTF-8 again, the text was encoded twice and
   * is decoded twice.
   */
  static String text(byte[] bytes) {
    String once = strictUtf8(bytes);
    if (once == null) {
      return new String(bytes, WINDOWS_1252);
    }
    boolean latin = once.chars().allMatch(c -> c < 256) && once.chars().anyMatch(c -> c >= 128);
    String twice = latin ? strictUtf8(once.getBytes(StandardCharsets.ISO_8859_1)) : null;
    return twice == null ? once : twice;
  }

  private static @Nullable String strictUtf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
