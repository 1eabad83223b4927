package org.surmala.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way to write sound as a file: container, codec, and what each is told.
 *
 * <p>All encoders are part of the FFmpeg that comes with the build. Its Vorbis encoder is FFmpeg's
 * own, which knows stereo only: {@link AudioEncoder} mixes to stereo for it.
 *
 * @param name of this encoding in messages and tests, unique among the factories for one set of
 *     arguments
 * @param extension of a file's name, without the dot
 * @param container FFmpeg's name of the muxer
 * @param codec FFmpeg's name of the encoder
 * @param sampleFormat FFmpeg's name of the sample format to feed; null takes the encoder's first
 * @param codecOptions options of the encoder, as {@code ffmpeg -h encoder=NAME} lists them
 * @param containerOptions options of the muxer
 */
public record Encoding(
    String name,
    String extension,
    String container,
    String codec,
    @Nullable String sampleFormat,
    Map<String, String> codecOptions,
    Map<String, String> containerOptions) {
  private static final int MIN_BIT_RATE = 6_000;
  private static final int MAX_BIT_RATE = 2_000_000;

  /** Copies the maps, keeping their order. */
  public Encoding {
    codecOptions = Map.copyOf(codecOptions);
    containerOptions = Map.copyOf(containerOptions);
  }

  /** WAV, 16 bit. */
  public static Encoding wav() {
    return wav(16);
  }

  /**
   * WAV, integers.
   *
   * @param bits per sample: 8 (unsigned), 16, 24 or 32
   */
  public static Encoding wav(int bits) {
    return switch (bits) {
      case 8 -> plain("wav-8", "wav", "wav", "pcm_u8");
      case 16, 24, 32 -> plain("wav-" + bits, "wav", "wav", "pcm_s" + bits + "le");
      default ->
          throw new IllegalArgumentException("bits must be 8, 16, 24 or 32, but was " + bits);
    };
  }

  /**
   * WAV, floating point.
   *
   * @param bits per sample: 32 or 64
   */
  public static Encoding wavFloat(int bits) {
    checkOneOf("bits", bits, 32, 64);
    return plain("wav-f" + bits, "wav", "wav", "pcm_f" + bits + "le");
  }

  /**
   * AIFF, integers, big-endian.
   *
   * @param bits per sample: 16 or 24
   */
  public static Encoding aiff(int bits) {
    checkOneOf("bits", bits, 16, 24);
    return plain("aiff-" + bits, "aiff", "aiff", "pcm_s" + bits + "be");
  }

  /** FLAC, 16 bit. */
  public static Encoding flac() {
    return flac(16);
  }

  /**
   * FLAC.
   *
   * @param bits per sample: 16 or 24
   */
  public static Encoding flac(int bits) {
    return flac("flac-" + bits, "flac", "flac", bits);
  }

  /** FLAC inside Ogg, 16 bit. */
  public static Encoding oggFlac() {
    return flac("ogg-flac", "ogg", "ogg", 16);
  }

  /** Apple Lossless in M4A, 16 bit. */
  public static Encoding alac() {
    return new Encoding("alac", "m4a", "ipod", "alac", "s16p", Map.of(), Map.of());
  }

  /**
   * MP3 at a constant bit rate, with LAME's header (encoder delay and padding).
   *
   * @param bitRate bits per second: 8,000 to 320,000
   */
  public static Encoding mp3(int bitRate) {
    return lossy("mp3-" + bitRate, "mp3", "mp3", "libmp3lame", bitRate);
  }

  /**
   * MP3 at a variable bit rate.
   *
   * @param quality LAME's V: 0 (best) to 9
   * @param header whether the Xing header (number of frames, seek table, delay and padding) is
   *     written; without it a player can only guess the length
   */
  public static Encoding mp3Variable(int quality, boolean header) {
    checkRange("quality", quality, 0, 9);
    return new Encoding(
        "mp3-v" + quality + (header ? "" : "-bare"),
        "mp3",
        "mp3",
        "libmp3lame",
        null,
        variable(quality),
        Map.of("write_xing", header ? "1" : "0"));
  }

  /**
   * MP3 at a constant bit rate without any header: how old encoders and stream recordings look.
   *
   * @param bitRate bits per second
   */
  public static Encoding mp3Bare(int bitRate) {
    return new Encoding(
        "mp3-" + bitRate + "-bare",
        "mp3",
        "mp3",
        "libmp3lame",
        null,
        Map.of("b", checkBitRate(bitRate)),
        Map.of("write_xing", "0", "id3v2_version", "0"));
  }

  /**
   * Ogg Vorbis, stereo.
   *
   * @param quality 0 to 10 (best)
   */
  public static Encoding vorbis(int quality) {
    checkRange("quality", quality, 0, 10);
    Map<String, String> options = new LinkedHashMap<>(variable(quality));
    options.put("strict", "experimental");
    return new Encoding("vorbis-" + quality, "ogg", "ogg", "vorbis", null, options, Map.of());
  }

  /**
   * Opus in Ogg; always 48 kHz inside.
   *
   * @param bitRate bits per second: 6,000 to 510,000, variable about this mean
   */
  public static Encoding opus(int bitRate) {
    return lossy("opus-" + bitRate, "opus", "opus", "libopus", bitRate);
  }

  /**
   * AAC in M4A.
   *
   * @param bitRate bits per second
   */
  public static Encoding aac(int bitRate) {
    return lossy("aac-" + bitRate, "m4a", "ipod", "aac", bitRate);
  }

  /**
   * AAC in M4A in fragments, as streaming services and recorders write it: the header knows neither
   * length nor index.
   *
   * @param bitRate bits per second
   */
  public static Encoding aacFragmented(int bitRate) {
    return new Encoding(
        "aac-" + bitRate + "-fragmented",
        "m4a",
        "ipod",
        "aac",
        null,
        Map.of("b", checkBitRate(bitRate)),
        Map.of("movflags", "frag_keyframe+empty_moov", "frag_duration", "1000000"));
  }

  /**
   * AAC without a container (ADTS): nothing but frames.
   *
   * @param bitRate bits per second
   */
  public static Encoding aacBare(int bitRate) {
    return lossy("aac-" + bitRate + "-bare", "aac", "adts", "aac", bitRate);
  }

  /**
   * Windows Media Audio 2 in ASF; mono or stereo.
   *
   * @param bitRate bits per second
   */
  public static Encoding wma(int bitRate) {
    return lossy("wma-" + bitRate, "wma", "asf", "wmav2", bitRate);
  }

  /**
   * This encoding with one more option of its encoder.
   *
   * @param option as {@code ffmpeg -h encoder=NAME} lists it
   */
  public Encoding with(String option, String value) {
    Map<String, String> options = new LinkedHashMap<>(codecOptions);
    options.put(option, value);
    return new Encoding(
        name + "-" + option + "-" + value,
        extension,
        container,
        codec,
        sampleFormat,
        options,
        containerOptions);
  }

  private static Encoding plain(String name, String extension, String container, String codec) {
    return new Encoding(name, extension, container, codec, null, Map.of(), Map.of());
  }

  private static Encoding flac(String name, String extension, String container, int bits) {
    checkOneOf("bits", bits, 16, 24);
    return new Encoding(
        name,
        extension,
        container,
        "flac",
        bits == 16 ? "s16" : "s32",
        Map.of("bits_per_raw_sample", Integer.toString(bits)),
        Map.of());
  }

  private static Encoding lossy(
      String name, String extension, String container, String codec, int bitRate) {
    Map<String, String> options = Map.of("b", checkBitRate(bitRate));
    return new Encoding(name, extension, container, codec, null, options, Map.of());
  }

  private static Map<String, String> variable(int quality) {
    // 118 is FF_QP2LAMBDA: FFmpeg's unit of quality.
    return Map.of("flags", "+qscale", "global_quality", Integer.toString(quality * 118));
  }

  private static String checkBitRate(int bitRate) {
    checkRange("bitRate (bits per second)", bitRate, MIN_BIT_RATE, MAX_BIT_RATE);
    return Integer.toString(bitRate);
  }

  private static void checkRange(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          what + " must be from " + low + " to " + high + ", but was " + value);
    }
  }

  private static void checkOneOf(String what, int value, int one, int other) {
    if (value != one && value != other) {
      throw new IllegalArgumentException(
          what + " must be " + one + " or " + other + ", but was " + value);
    }
  }
}
