package org.surmala.decode;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.failure.SongException;
import org.surmala.io.FileStamp;
import org.surmala.schema.AudioClip;
import org.surmala.schema.SongRef;
import org.surmala.step.SongStep;

/**
 * Decodes the middle of each song: the samples as coded, and what the file says of itself. Takes a
 * {@link SongRef}, gives an {@link AudioClip}; a song that cannot be decoded is a failure.
 *
 * <p>The counter {@code decoded} in the namespace {@code surmala} is of all songs that were tried.
 */
public final class Decode extends SongStep<SongRef, AudioClip> {
  private static final long serialVersionUID = 1L;

  /** The decoded windows. */
  public static final TupleTag<AudioClip> CLIPS = new TupleTag<>("clips") {};

  private final DecodeOptions options;

  private Decode(DecodeOptions options) {
    super("Decode", "decode", CLIPS, AudioClip.class);
    this.options = options;
  }

  /** Decodes the window that the options say, within their limits. */
  public static Decode with(DecodeOptions options) {
    return new Decode(options);
  }

  @Override
  protected Function<SongRef, AudioClip> function() {
    WindowDecoder decoder = new WindowDecoder(options);
    Counter decoded = Metrics.counter("surmala", "decoded");
    return song -> {
      try {
        return decode(decoder, song);
      } finally {
        decoded.inc();
        DecodingProgress.decoded();
      }
    };
  }

  /** A file that changed meanwhile is no longer the song; what its decoder made of it is moot. */
  private static AudioClip decode(WindowDecoder decoder, SongRef song) throws SongException {
    try {
      AudioClip clip = decoder.decode(song);
      FileStamp.of(song).requireUnchanged();
      return clip;
    } catch (SongException failed) {
      FileStamp.of(song).requireUnchanged();
      throw failed;
    }
  }

  @Override
  protected SongRef song(SongRef song) {
    return song;
  }
}
