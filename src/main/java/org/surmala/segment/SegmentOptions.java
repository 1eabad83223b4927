package org.surmala.segment;

import java.io.Serializable;
import java.util.Locale;
import org.surmala.dsp.LoudnessMeter;

/**
 * Options of segmentation.
 *
 * @param windowSeconds length of the segment, 1 to 600
 * @param minSeconds a song shorter than this is refused; 0.4 (one block of a loudness measurement)
 *     to {@code windowSeconds}
 * @param shortSongs treatment of songs between {@code minSeconds} and {@code windowSeconds}
 * @param normalise whether the segment is normalised to {@code loudnessLufs}
 * @param loudnessLufs integrated loudness after normalisation, LUFS, -60 to -5
 */
public record SegmentOptions(
    double windowSeconds,
    double minSeconds,
    ShortSongs shortSongs,
    boolean normalise,
    double loudnessLufs)
    implements Serializable {
  /** Treatment of songs shorter than the window. */
  public enum ShortSongs {
    /** Pad with silence. */
    PAD,
    /** Repeat the song. */
    LOOP,
    /** Refuse the song as too short. */
    REFUSE
  }

  /** Checks each value. */
  public SegmentOptions {
    check("window_seconds", windowSeconds, 1, 600);
    check("min_seconds", minSeconds, LoudnessMeter.BLOCK_SECONDS, windowSeconds);
    check("loudness_lufs", loudnessLufs, -60, -5);
  }

  /**
   * 30 s; songs of at least 10 s are padded; -23 LUFS, the level of European broadcasting (EBU R
   * 128), which leaves headroom for the loudest peaks of music.
   */
  public static SegmentOptions defaults() {
    return new SegmentOptions(30, 10, ShortSongs.PAD, true, -23);
  }

  private static void check(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "segment." + name + " must be " + low + " to " + high + ", and is " + value);
    }
  }

  /** All options as one line of text, stable between releases, for hashing. */
  public String canonical() {
    return "window_seconds=%s min_seconds=%s short_songs=%s normalise=%s%s"
        .formatted(
            windowSeconds,
            minSeconds,
            shortSongs.name().toLowerCase(Locale.ROOT),
            normalise,
            normalise ? " loudness_lufs=" + loudnessLufs : "");
  }
}
