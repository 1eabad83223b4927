package org.surmala.decode;

import java.io.Serializable;

/**
 * Window and limits of decoding.
 *
 * @param windowSeconds length of the window in the middle of the song; more than 0, at most 3,600
 * @param windowCount number of excerpts in the window, spread evenly over the song; 1 is the
 *     middle; 1 to 10
 * @param marginSeconds audio beyond both ends of the window, if the song has it, so that a
 *     resampler's filter has no edge there; 0 to 10
 * @param timeLimitSeconds wall-clock limit per song; more than 0
 * @param maxChannels largest number of channels; 1 to 64
 * @param maxSampleRate highest sample rate, Hz; at least 8,000
 * @param maxClipBytes largest clip in memory, as float32; larger clips are refused
 */
public record DecodeOptions(
    double windowSeconds,
    int windowCount,
    double marginSeconds,
    double timeLimitSeconds,
    int maxChannels,
    int maxSampleRate,
    long maxClipBytes)
    implements Serializable {
  private static final int CHANNEL_LIMIT = 64;

  /**
   * Checks each component.
   *
   * @throws IllegalArgumentException naming the option, its range and the value found
   */
  public DecodeOptions {
    check(
        windowSeconds > 0 && windowSeconds <= 3600,
        "decode.window_seconds",
        "more than 0 and at most 3600",
        windowSeconds);
    check(
        windowCount >= 1 && windowCount <= 10, "decode.window_count", "from 1 to 10", windowCount);
    check(
        marginSeconds >= 0 && marginSeconds <= 10,
        "decode.margin_seconds",
        "from 0 to 10",
        marginSeconds);
    check(
        timeLimitSeconds > 0 && timeLimitSeconds <= 86_400,
        "decode.time_limit_seconds",
        "more than 0 and at most 86400",
        timeLimitSeconds);
    check(
        maxChannels >= 1 && maxChannels <= CHANNEL_LIMIT,
        "decode.max_channels",
        "from 1 to " + CHANNEL_LIMIT,
        maxChannels);
    check(
        maxSampleRate >= 8000 && maxSampleRate <= 6_144_000,
        "decode.max_sample_rate",
        "from 8000 to 6144000",
        maxSampleRate);
    check(
        maxClipBytes >= 1 << 20 && maxClipBytes <= Integer.MAX_VALUE - 64,
        "decode.max_clip_bytes",
        "from 1 MiB to 2 GiB",
        maxClipBytes);
  }

  /** 30 s with margins of 0.25 s, a limit of one minute, up to 64 channels, 768 kHz and 512 MiB. */
  public static DecodeOptions defaults() {
    return of(30, 1, 60);
  }

  /** The defaults with another window, number of excerpts and time limit. */
  public static DecodeOptions of(double windowSeconds, int windowCount, double timeLimitSeconds) {
    return new DecodeOptions(
        windowSeconds, windowCount, 0.25, timeLimitSeconds, CHANNEL_LIMIT, 768_000, 512L << 20);
  }

  private static void check(boolean valid, String option, String range, Object value) {
    if (!valid) {
      throw new IllegalArgumentException(option + " must be " + range + ", but was " + value);
    }
  }
}
