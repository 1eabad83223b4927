package org.surmala.decode;

import java.io.IOException;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongRef;

/**
 * Decodes the window in the middle of a song, and a margin at both ends of it, by FFmpeg. What it
 * costs does not depend on the song's length, but for formats that have to be looked through to
 * know that length.
 *
 * <p>Used by one thread at a time; several may work side by side. It holds nothing between songs.
 */
public final class WindowDecoder {
  private static final double MAX_MISSING = 0.1;

  private final DecodeOptions options;

  public WindowDecoder(DecodeOptions options) {
    this.options = options;
    Native.load();
  }

  /**
   * Decodes one song.
   *
   * @return the samples as coded: rate, channels and (but for float32) values. The window is the
   *     stretch [(duration − window) / 2, (duration + window) / 2] of {@code info.durationSeconds};
   *     the clip begins at {@code startSeconds}, a whole number of samples, at or before it. A song
   *     shorter than the window is given whole.
   * @throws SongException with one of the codes of {@link FailureCode} that belong to decoding, or
   *     {@link FailureCode#UNREADABLE}, {@link FailureCode#VANISHED} or {@link
   *     FailureCode#IS_DIRECTORY}
   */
  public AudioClip decode(SongRef song) throws SongException {
    Deadline deadline = new Deadline(options.timeLimitSeconds());
    try (SongBytes bytes = SongBytes.open(song.getUri())) {
      if (bytes.size() == 0) {
        throw new SongException(FailureCode.EMPTY_FILE, "the file has no bytes; get it again");
      }
      Watchdog watchdog = new Watchdog(deadline, bytes);
      try (SongInput input = new SongInput(bytes, deadline);
          Song open = new Song(input, new ByteWindow(bytes, deadline), options, deadline)) {
        return decode(song, open);
      } finally {
        watchdog.stop();
      }
    } catch (IOException e) {
      throw new SongException(FailureCode.UNREADABLE, "closing failed: " + e.getMessage(), e);
    }
  }

  private AudioClip decode(SongRef song, Song open) throws SongException {
    for (boolean again = false; ; again = true) {
      long window = Math.round(options.windowSeconds() * open.sampleRate());
      open.checkTruncation(window);
      long length = open.length();
      long margin = (long) Math.ceil(options.marginSeconds() * open.sampleRate());
      long from = Math.max(0, Math.floorDiv(length - window, 2) - margin);
      long to = Math.min(length, Math.floorDiv(length - window + 1, 2) + window + margin);
      boolean measured = open.isRemeasured();
      SampleBuffer samples = open.decode(from, to);
      if (open.isRemeasured() != measured) {
        continue;
      }
      long missing = to - from - samples.covered();
      if (samples.covered() == 0) {
        throw new SongException(
            FailureCode.CORRUPT,
            "nothing between samples " + from + " and " + to + " can be decoded; encode it again");
      }
      long shortfall = to - samples.reached();
      if (shortfall > 0 && !again) {
        // The file ends where its header says that it goes on: the middle is elsewhere.
        open.shorten(samples.reached());
        continue;
      }
      if (missing - shortfall > MAX_MISSING * (to - from)) {
        throw new SongException(
            FailureCode.CORRUPT,
            missing
                + " of "
                + (to - from)
                + " samples of the window cannot be decoded; encode it again");
      }
      return clip(song, open, from, samples);
    }
  }

  private static AudioClip clip(SongRef song, Song open, long from, SampleBuffer samples)
      throws SongException {
    long notFinite = samples.firstNotFinite();
    if (notFinite >= 0) {
      throw new SongException(
          FailureCode.NOT_FINITE,
          "sample " + notFinite + " is not a finite number; export the song again");
    }
    Tags tags = open.tags();
    AudioInfo info =
        AudioInfo.newBuilder()
            .setDurationSeconds(open.length() / (double) open.sampleRate())
            .setSampleRate(open.sampleRate())
            .setChannels(open.channels())
            .setCodec(open.codec())
            .setBitRate(open.bitRate())
            .setTitle(tags.title())
            .setArtist(tags.artist())
            .setLyrics(tags.lyrics())
            .build();
    return AudioClip.newBuilder()
        .setSong(song)
        .setInfo(info)
        .setSampleRate(open.sampleRate())
        .setChannels(open.channels())
        .setStartSeconds(from / (double) open.sampleRate())
        .setSamples(samples.toBytes(samples.reached()))
        .build();
  }
}
