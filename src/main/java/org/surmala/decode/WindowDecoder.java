package org.surmala.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongRef;

/**
 * Decodes the window in the middle of a song, with a margin at both ends, by FFmpeg. The cost is
 * independent of the song's length, except for formats that must be scanned to find the length, and
 * for songs whose middle may overlap a gap ({@link SoundingParts}).
 *
 * <p>An instance is for one thread at a time and has no state between songs.
 */
public final class WindowDecoder {
  private static final double MAX_MISSING = 0.1;

  private final DecodeOptions options;

  public WindowDecoder(DecodeOptions options) {
    this.options = options;
    FfmpegLibrary.load();
  }

  /**
   * Decodes a song.
   *
   * @return the samples with the coded rate and channels, as float32. The window is the span
   *     [(duration − window) / 2, (duration + window) / 2] of {@code info.durationSeconds}, or
   *     begins at {@code windowStartSeconds} in a song with gaps; the clip begins at {@code
   *     startSeconds}, a whole number of samples, at or before it. A song shorter than the window
   *     is returned as a whole. A longer song without a gap is returned as {@code windowCount}
   *     excerpts, one after another, centred on equal parts of the song.
   * @throws SongException with a {@link FailureCode} of decoding, or {@link
   *     FailureCode#UNREADABLE}, {@link FailureCode#VANISHED} or {@link FailureCode#IS_DIRECTORY}
   */
  public AudioClip decode(SongRef song) throws SongException {
    Deadline deadline = new Deadline(options.timeLimitSeconds());
    try (SongBytes bytes = SongBytes.open(song.getUri())) {
      if (bytes.size() == 0) {
        throw new SongException(
            FailureCode.EMPTY_FILE, "the file has no bytes; copy or download it again");
      }
      Watchdog watchdog = new Watchdog(deadline, bytes);
      try (SongInput input = new SongInput(bytes, deadline);
          AudioFile open =
              new AudioFile(input, new ByteWindow(bytes, deadline), options, deadline)) {
        return decode(song, open);
      } finally {
        watchdog.stop();
      }
    } catch (IOException e) {
      throw new SongException(FailureCode.UNREADABLE, "closing failed: " + e.getMessage(), e);
    }
  }

  private AudioClip decode(SongRef song, AudioFile open) throws SongException {
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
        // The file ends earlier than its header says, so the middle is elsewhere.
        open.shorten(samples.reached());
        continue;
      }
      checkMissing(missing - shortfall, to - from);
      BlockLevels levels = BlockLevels.of(samples, from, samples.reached(), open.sampleRate());
      boolean hinted = levels.hintAtGap() || SoundingParts.areHintedAt(open, levels);
      if (open.isRemeasured() != measured) {
        continue;
      }
      if (hinted) {
        AudioClip moved = outsideGaps(song, open, window, margin);
        if (moved != null) {
          return moved;
        }
      }
      return options.windowCount() > 1 && length > window
          ? excerpts(song, open, window, margin)
          : clip(song, open, from, samples, null);
    }
  }

  private AudioClip excerpts(SongRef song, AudioFile open, long window, long margin)
      throws SongException {
    int count = options.windowCount();
    List<SampleBuffer> excerpts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long size = window * (i + 1) / count - window * i / count;
      long from = Math.max(0, (open.length() * (2L * i + 1) / count - size) / 2);
      // The margin follows the last excerpt, so that rounding at another sample rate lacks no
      // sample.
      long to = Math.min(open.length(), from + size + (i == count - 1 ? margin : 0));
      SampleBuffer excerpt = open.decode(from, to);
      checkMissing(to - from - excerpt.covered(), to - from);
      excerpts.add(excerpt);
    }
    SampleBuffer first = excerpts.get(0);
    double start = first.from() / (double) open.sampleRate();
    AudioClip clip = clip(song, open, first.from(), first, start);
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    for (SampleBuffer excerpt : excerpts) {
      requireFinite(excerpt);
      samples.writeBytes(excerpt.toBytes(excerpt.to()).array());
    }
    clip.setSamples(ByteBuffer.wrap(samples.toByteArray()));
    return clip;
  }

  /** The window in the middle of the sounding parts; null if the song has no gap. */
  private static @Nullable AudioClip outsideGaps(
      SongRef song, AudioFile open, long window, long margin) throws SongException {
    SoundingParts.Span place = SoundingParts.of(open, window).middle(window);
    if (place == null) {
      return null;
    }
    // A part shorter than the window counts as a short song: silence around it would hide that.
    long around = place.end() - place.begin() < window ? 0 : margin;
    long from = Math.max(0, place.begin() - around);
    long to = Math.min(open.length(), place.end() + around);
    SampleBuffer samples = open.decode(from, to);
    checkMissing(to - from - samples.covered(), to - from);
    return clip(song, open, from, samples, place.begin() / (double) open.sampleRate());
  }

  private static void checkMissing(long missing, long wanted) throws SongException {
    if (missing > MAX_MISSING * wanted) {
      throw new SongException(
          FailureCode.CORRUPT,
          missing + " of " + wanted + " samples of the window cannot be decoded; encode it again");
    }
  }

  private static void requireFinite(SampleBuffer samples) throws SongException {
    long notFinite = samples.firstNotFinite();
    if (notFinite >= 0) {
      throw new SongException(
          FailureCode.NOT_FINITE,
          "sample " + notFinite + " is not a finite number; export the song again");
    }
  }

  private static AudioClip clip(
      SongRef song, AudioFile open, long from, SampleBuffer samples, @Nullable Double windowStart)
      throws SongException {
    requireFinite(samples);
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
            .setAlbum(tags.album())
            .setGenre(tags.genre())
            .build();
    return AudioClip.newBuilder()
        .setSong(song)
        .setInfo(info)
        .setSampleRate(open.sampleRate())
        .setChannels(open.channels())
        .setStartSeconds(from / (double) open.sampleRate())
        .setWindowStartSeconds(windowStart)
        .setSamples(samples.toBytes(samples.reached()))
        .build();
  }
}
