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
 * Decodes the middle of each song to its samples, with properties and tags of the file: from {@link
 * SongRef} to {@link AudioClip}. A song that cannot be decoded is a failure.
 *
 * <p>The counter {@code decoded} in the namespace {@code surmala} counts all attempts.
 */
public final class Decode extends SongStep<SongRef, AudioClip> {
  /** The decoded windows. */
  public static final TupleTag<AudioClip> CLIPS = new TupleTag<>("clips") {};

  private final DecodeOptions options;

  private Decode(DecodeOptions options) {
    super("Decode", "decode", CLIPS, AudioClip.class);
    this.options = options;
  }

  /** Decodes with the given window and limits. */
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

  /** If the file changed during decoding, the result is discarded. */
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
