package org.surmala.tag;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jaudiotagger.audio.AudioFile;
import org.jaudiotagger.audio.AudioFileIO;
import org.jaudiotagger.audio.SupportedFileFormat;
import org.jaudiotagger.audio.exceptions.CannotReadException;
import org.jaudiotagger.audio.exceptions.CannotWriteException;
import org.jaudiotagger.audio.exceptions.InvalidAudioFrameException;
import org.jaudiotagger.audio.exceptions.ReadOnlyFileException;
import org.jaudiotagger.audio.wav.WavOptions;
import org.jaudiotagger.audio.wav.WavSaveOptions;
import org.jaudiotagger.tag.Tag;
import org.jaudiotagger.tag.TagException;
import org.jaudiotagger.tag.TagOptionSingleton;
import org.jaudiotagger.tag.flac.FlacTag;
import org.jaudiotagger.tag.vorbiscomment.VorbisCommentTag;
import org.jspecify.annotations.Nullable;

/**
 * The tag of an audio file, in the manner of its format: ID3 in MP3, WAV and AIFF, Vorbis comments
 * in FLAC and Ogg, iTunes atoms in MP4, ASF in WMA. Files of other formats, Opus and bare AAC among
 * them, are refused.
 */
public final class SongTags {
  // A strong reference: a collected logger would lose its level.
  private static final Logger LIBRARY = Logger.getLogger("org.jaudiotagger");

  static {
    // The library logs success as severe; failures are thrown.
    LIBRARY.setLevel(Level.OFF);
    // A RIFF list has neither grouping nor mood; it stays unchanged beside the ID3 tag.
    TagOptionSingleton.getInstance().setWavOptions(WavOptions.READ_ID3_ONLY);
    TagOptionSingleton.getInstance().setWavSaveOptions(WavSaveOptions.SAVE_EXISTING_AND_ACTIVE);
  }

  private SongTags() {}

  /** The field from which DJ software reads the key; the library calls it KEY. */
  private static final String VORBIS_KEY = "INITIALKEY";

  /**
   * The text of each field; empty without one.
   *
   * @param format extension of the song's name, which the file's own name may lack
   * @throws UntaggableException if the file has no supported tag
   */
  public static Map<TagField, String> read(Path file, String format) throws UntaggableException {
    try {
      Tag tag = open(file, format).getTag();
      Map<TagField, String> texts = new EnumMap<>(TagField.class);
      for (TagField field : TagField.values()) {
        texts.put(field, tag == null ? "" : text(tag, field));
      }
      return texts;
    } catch (IOException
        | TagException
        | CannotReadException
        | ReadOnlyFileException
        | InvalidAudioFrameException
        | RuntimeException e) {
      throw untaggable(format, e);
    }
  }

  /**
   * Writes fields in place; use it on a copy.
   *
   * @param format extension of the song's name, which the file's own name may lack
   * @throws UntaggableException if the file has no supported tag; the file may then be damaged
   */
  public static void write(Path file, String format, Map<TagField, String> texts)
      throws UntaggableException {
    try {
      AudioFile audio = open(file, format);
      Tag tag = audio.getTagOrCreateAndSetDefault();
      for (Map.Entry<TagField, String> field : texts.entrySet()) {
        VorbisCommentTag vorbis = vorbis(tag);
        if (vorbis != null && field.getKey() == TagField.KEY) {
          vorbis.setField(vorbis.createField(VORBIS_KEY, field.getValue()));
        } else {
          tag.setField(field.getKey().key(), field.getValue());
        }
      }
      audio.commit();
    } catch (IOException
        | TagException
        | CannotReadException
        | CannotWriteException
        | ReadOnlyFileException
        | InvalidAudioFrameException
        | RuntimeException e) {
      throw untaggable(format, e);
    }
  }

  private static String text(Tag tag, TagField field) {
    return vorbis(tag) != null && field == TagField.KEY
        ? tag.getFirst(VORBIS_KEY)
        : tag.getFirst(field.key());
  }

  private static @Nullable VorbisCommentTag vorbis(Tag tag) {
    if (tag instanceof FlacTag flac) {
      return flac.getVorbisCommentTag();
    }
    return tag instanceof VorbisCommentTag vorbis ? vorbis : null;
  }

  private static AudioFile open(Path file, String format)
      throws IOException,
          TagException,
          CannotReadException,
          ReadOnlyFileException,
          InvalidAudioFrameException {
    return AudioFileIO.readAs(file.toFile(), format);
  }

  /** The library throws exceptions of many kinds for unexpected files. */
  private static UntaggableException untaggable(String format, Exception cause) {
    boolean isKnown =
        Arrays.stream(SupportedFileFormat.values())
            .anyMatch(known -> known.getFilesuffix().equals(format));
    return new UntaggableException(
        isKnown
            ? "tags cannot be written to this ." + format + " file: " + cause.getMessage()
            : "Surmala writes no tags to ." + format + " files",
        cause);
  }
}
