package org.surmala.model.onnx;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MelScale;
import org.surmala.dsp.Stft;

/**
 * The interface of an ONNX audio model: front end, patches, input, output, and pooling of patch
 * embeddings into one song embedding.
 *
 * @param name name for messages
 * @param sampleRate Hz, mono
 * @param mel the log-mel front end; null for a model that reads samples
 * @param patchLength length of a patch in frames, or in samples if the model reads samples
 * @param patchHop distance between the starts of patches, in the same unit
 * @param repeatsShort whether a sound shorter than a patch is repeated; else it is padded with
 *     silence
 * @param layout axes of the input: n (patches), t (frames or samples), m (mel bands), c (one
 *     channel), such as {@code ntm}
 * @param inputName null for the model's only input
 * @param outputName null for the model's only output
 * @param outputLayout axes of the output: n (patches), d (embedding), t (averaged), such as {@code
 *     nd}; null for {@code nd}, or {@code ntd} for an output with three axes
 * @param batch largest number of patches per run of the model
 */
public record OnnxPreset(
    String name,
    int sampleRate,
    @Nullable Mel mel,
    int patchLength,
    int patchHop,
    boolean repeatsShort,
    String layout,
    @Nullable String inputName,
    @Nullable String outputName,
    @Nullable String outputLayout,
    int batch,
    Pooling pooling) {
  /** Names of the built-in presets. */
  public static final List<String> NAMES =
      List.of("yamnet", "vggish", "musicnn", "effnet", "clap", "wave");

  /** Fifteen minutes at 48 kHz, longer than any window. */
  private static final int MAX_PATCH = 43_200_000;

  /** Pooling of patch embeddings. */
  public enum Pooling {
    /** Their mean. */
    MEAN,
    /** Their mean, then their population standard deviation. */
    MEAN_STD,
    /** The mean of the unit-length embeddings, scaled to unit length: for cosine embeddings. */
    L2
  }

  /** The logarithm of v = max(floor, multiplier · x + offset). */
  public enum Log {
    /** v itself. */
    NONE,
    /** ln v. */
    LN,
    /** log₁₀ v. */
    LOG10,
    /** 10 · log₁₀ v. */
    DB
  }

  /**
   * A log-mel front end.
   *
   * @param fftSize a power of two, 64 to 16384
   * @param windowLength length of the window in samples, 2 to {@code fftSize}
   * @param symmetric whether the Hann window is the symmetric one; else the periodic one
   * @param hopLength samples from frame to frame
   * @param edges position of frames: centred with zero or reflection padding, or within the sound
   * @param power whether bands sum power; else magnitude
   * @param bands mel bands, 1 to 512
   * @param scale mel scale
   * @param unitArea whether bands have area 1 (Slaney's normalisation); else height 1
   * @param lowHz lower edge of the lowest band
   * @param highHz upper edge of the highest band, at most half the sample rate
   * @param log logarithm
   * @param multiplier factor before the logarithm
   * @param offset added before the logarithm
   * @param floor lower limit before the logarithm
   * @param topDb largest distance of a value below the sound's largest value; 0 for no limit
   * @param mean subtracted from each value
   * @param deviation divisor of each value after that
   */
  public record Mel(
      int fftSize,
      int windowLength,
      boolean symmetric,
      int hopLength,
      Stft.Edges edges,
      boolean power,
      int bands,
      MelScale scale,
      boolean unitArea,
      double lowHz,
      double highHz,
      Log log,
      double multiplier,
      double offset,
      double floor,
      double topDb,
      double mean,
      double deviation) {
    public Mel {
      require(
          fftSize >= 64 && fftSize <= 16384 && Integer.bitCount(fftSize) == 1,
          "fft_size",
          "a power of two from 64 to 16384",
          fftSize);
      require(
          windowLength >= 2 && windowLength <= fftSize,
          "window_length",
          "a whole number from 2 to fft_size (" + fftSize + ")",
          windowLength);
      require(
          hopLength >= 1 && hopLength <= 16384,
          "hop_length",
          "a whole number from 1 to 16384",
          hopLength);
      require(bands >= 1 && bands <= 512, "mels", "a whole number from 1 to 512", bands);
      require(lowHz >= 0 && lowHz < highHz, "fmin", "a number from 0 to below fmax", lowHz);
      require(
          multiplier > 0 && multiplier <= 1e12, "log_multiplier", "above 0, to 1e12", multiplier);
      require(offset >= 0 && offset <= 1e12, "log_offset", "a number from 0 to 1e12", offset);
      require(floor >= 0 && floor <= 1e12, "log_floor", "a number from 0 to 1e12", floor);
      require(
          log == Log.NONE || offset > 0 || floor > 0,
          "log_offset",
          "above 0, or give log_floor, because silence has no logarithm",
          offset);
      require(topDb >= 0 && topDb <= 1e6, "top_db", "a number from 0 to 1e6", topDb);
      require(Math.abs(mean) <= 1e12, "mean", "a finite number", mean);
      require(deviation > 0 && deviation <= 1e12, "deviation", "above 0, to 1e12", deviation);
    }
  }

  public OnnxPreset {
    require(
        sampleRate >= 4000 && sampleRate <= 192_000,
        "sample_rate",
        "a whole number of Hz from 4000 to 192000",
        sampleRate);
    if (mel != null) {
      require(
          mel.highHz() <= sampleRate / 2.0,
          "fmax",
          "at most half the sample rate, " + sampleRate / 2.0,
          mel.highHz());
    }
    require(
        patchLength >= 1 && patchLength <= MAX_PATCH,
        "patch_length",
        "a whole number from 1 to " + MAX_PATCH,
        patchLength);
    require(
        patchHop >= 1 && patchHop <= MAX_PATCH,
        "patch_hop",
        "a whole number from 1 to " + MAX_PATCH,
        patchHop);
    String axes = mel == null ? "ntc" : "ntmc";
    require(
        hasEachAtMostOnce(layout, axes)
            && layout.indexOf('t') >= 0
            && (mel == null || layout.indexOf('m') >= 0)
            && layout.indexOf('n') <= 0,
        "layout",
        "axes from n (patches, first), t (time)%s and c (one channel), such as %s"
            .formatted(mel == null ? "" : ", m (mel bands)", mel == null ? "nt" : "ntm"),
        layout);
    if (outputLayout != null) {
      require(
          hasEachAtMostOnce(outputLayout, "ndt")
              && outputLayout.indexOf('d') >= 0
              && outputLayout.indexOf('n') <= 0,
          "output_layout",
          "axes from n (patches, first), t (time, averaged) and d (embedding), such as nd",
          outputLayout);
    }
    require(batch >= 1 && batch <= 1024, "batch", "a whole number from 1 to 1024", batch);
  }

  private static boolean hasEachAtMostOnce(String layout, String axes) {
    return !layout.isEmpty()
        && layout.chars().allMatch(axis -> axes.indexOf(axis) >= 0)
        && layout.chars().distinct().count() == layout.length();
  }

  private static void require(boolean valid, String key, String range, Object found) {
    if (!valid) {
      throw new IllegalArgumentException(key + " must be " + range + ", and is " + found);
    }
  }

  /** Number of values per time step: mel bands, or 1 for samples. */
  int width() {
    return mel == null ? 1 : mel.bands();
  }

  /** The shape of a run's input for a number of patches. */
  long[] shape(int patches) {
    return layout
        .chars()
        .mapToLong(
            axis ->
                switch (axis) {
                  case 'n' -> patches;
                  case 't' -> patchLength;
                  case 'm' -> width();
                  default -> 1;
                })
        .toArray();
  }

  /**
   * The preset as one line of text. Two presets have the same line exactly if they give the same
   * model input and the same embedding for every sound. The line is part of the feature version;
   * the name is not.
   */
  public String canonical() {
    Map<String, Object> parts = new TreeMap<>();
    parts.put("sample_rate", sampleRate);
    parts.put("mel", mel == null ? "none" : mel);
    parts.put("patch_length", patchLength);
    parts.put("patch_hop", patchHop);
    parts.put("repeats_short", repeatsShort);
    parts.put("layout", layout);
    parts.put("input", inputName == null ? "only" : inputName);
    parts.put("output", outputName == null ? "only" : outputName);
    parts.put("output_layout", outputLayout == null ? "auto" : outputLayout);
    parts.put("batch", batch);
    parts.put("pooling", pooling.name().toLowerCase(Locale.ROOT));
    return parts.toString();
  }
}
