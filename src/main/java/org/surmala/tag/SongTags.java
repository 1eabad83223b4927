package org.surmala.tag;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jaudiotagger.audio.AudioFile;
import org.jaudiotagger.audio.AudioFileIO;
import org.jaudiotagger.audio.exceptions.CannotReadException;
import org.jaudiotagger.audio.exceptions.CannotWriteException;
import org.jaudiotagger.audio.exceptions.InvalidAudioFrameException;
import org.jaudiotagger.audio.exceptions.ReadOnlyFileException;
import org.jaudiotagger.audio.wav.WavOptions;
import org.jaudiotagger.audio.wav.WavSaveOptions;
import org.jaudiotagger.tag.Tag;
import org.jaudiotagger.tag.TagException;
import org.jaudiotagger.tag.TagOptionSingleton;

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

  /**
   * The text of a field; empty when there is none.
   *
   * @param format extension of the song's name, which the file's own name need not have
   * @throws UntaggableException when the file has no tag that is known here
   */
  public static String read(Path file, String format, TagField field) throws UntaggableException {
    try {
      Tag tag = open(file, format).getTag();
      return tag == null ? "" : tag.getFirst(field.key());
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
   * Writes a field, in place: give it a copy.
   *
   * @param format extension of the song's name, which the file's own name need not have
   * @throws UntaggableException when the file has no tag that is known here; what is left of the
   *     file then is not to be relied on
   */
  public static void write(Path file, String format, TagField field, String text)
      throws UntaggableException {
    try {
      AudioFile audio = open(file, format);
      audio.getTagOrCreateAndSetDefault().setField(field.key(), text);
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
    return new UntaggableException(
        "tags cannot be written to this ." + format + " file: " + cause.getMessage(), cause);
  }
}
