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
 * The tag inside a file of sound, in its format's own way: ID3 in MP3, WAV and AIFF, Vorbis
 * comments in FLAC and Ogg, iTunes atoms in MP4, ASF in WMA. Files of other formats, Opus and bare
 * AAC among them, are refused.
 */
public final class SongTags {
  // Held so that the level is not collected with the logger.
  private static final Logger LIBRARY = Logger.getLogger("org.jaudiotagger");

  static {
    // It logs what went well as severe; what goes wrong it throws.
    LIBRARY.setLevel(Level.OFF);
    // A RIFF list has neither grouping nor mood; what it says stays as it is beside the ID3 tag.
    TagOptionSingleton.getInstance().setWavOptions(WavOptions.READ_ID3_ONLY);
    TagOptionSingleton.getInstance().setWavSaveOptions(WavSaveOptions.SAVE_EXISTING_AND_ACTIVE);
  }

  private SongTags() {}

  /** What DJ software reads the key from; the library's own name for it is KEY. */
  private static final String VORBIS_KEY = "INITIALKEY";

  /**
   * The text of each field; empty when there is none.
   *
   * @param format extension of the song's name, which the file's own name need not have
   * @throws UntaggableException when the file has no tag that is known here
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
   * Writes fields, in place: give it a copy.
   *
   * @param format extension of the song's name, which the file's own name need not have
   * @throws UntaggableException when the file has no tag that is known here; what is left of the
   *     file then is not to be relied on
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

  /** The library throws what it happens to throw at files that it does not expect. */
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
