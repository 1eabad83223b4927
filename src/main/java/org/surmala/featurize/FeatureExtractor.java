package org.surmala.featurize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.FeatureWindows;
import org.surmala.schema.LogMelPatches;
import org.surmala.schema.SegmentFeatures;

/**
 * Extracts the features of segments.
 *
 * <p>The padding of a short song is ignored: its features are those of its own samples.
 *
 * <p>An instance has precomputed tables and scratch memory: build one per thread and reuse it. A
 * segment allocates only its record.
 */
public final class FeatureExtractor {
  /** Root mean square of a frame at −60 dB of full scale. */
  private static final double SILENCE = 1e-3;

  private final FeatureOptions options;
  private final int sampleRate;
  private final String spec;
  private final FrameFeatures frames;
  private final SongVector songVector;
  private float[] samples = new float[0];
  private final float[] vector;

  /**
   * Prepares the analysis.
   *
   * @param sampleRate sample rate of the segments, Hz
   * @param spec version of the feature specification, written into each record
   * @throws IllegalArgumentException if the options do not fit the sample rate
   */
  public FeatureExtractor(FeatureOptions options, int sampleRate, String spec) {
    this.options = options;
    this.sampleRate = sampleRate;
    this.spec = spec;
    frames = new FrameFeatures(options, sampleRate);
    songVector = new SongVector(frames, options, sampleRate);
    vector = new float[songVector.dimensions()];
  }

  /**
   * The features of a segment; equal samples give equal bytes.
   *
   * @throws SongException too_short, if the segment without its padding has fewer frames than a
   *     slope needs (about 0.2 s at 22,050 Hz)
   * @throws IllegalArgumentException if the segment has another sample rate
   */
  public SegmentFeatures extract(AudioSegment segment) throws SongException {
    if (segment.getSampleRate() != sampleRate) {
      throw new IllegalArgumentException(
          "a segment at %s Hz was given to an analysis of %s Hz"
              .formatted(segment.getSampleRate(), sampleRate));
    }
    int length = read(segment);
    if (frames.framesOf(length) < SongVector.DELTA_WIDTH) {
      throw new SongException(
          FailureCode.TOO_SHORT,
          "the song has %s samples at %s Hz; features need %s"
              .formatted(length, sampleRate, (SongVector.DELTA_WIDTH - 1) * options.hopLength()));
    }
    frames.analyse(samples, length);
    songVector.prepare();
    songVector.write(0, frames.frames(), vector);
    Double bpm = songVector.bpm();
    WindowGrid grid = WindowGrid.of(options, sampleRate, frames.frames());
    return SegmentFeatures.newBuilder()
        .setId(segment.getSong().getId())
        .setSpec(spec)
        .setInfo(segment.getInfo())
        .setLoudnessLufs(segment.getLoudnessLufs())
        .setPaddedSamples(segment.getPaddedSamples())
        .setSilenceShare(silenceShare())
        .setDimensions(vector.length)
        .setValues(bytes(vector))
        .setWindows(options.windows() ? windows(grid) : null)
        .setPatches(options.patches() ? patches(grid) : null)
        .setEmbedding(segment.getEmbedding())
        .setBpm(bpm)
        .build();
  }

  /** Reads the segment without its padding; returns its length in samples. */
  private int read(AudioSegment segment) {
    FloatBuffer buffer =
        segment.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int length = Math.max(0, buffer.remaining() - segment.getPaddedSamples());
    if (samples.length < length) {
      samples = new float[length];
    }
    buffer.get(samples, 0, length);
    return length;
  }

  private double silenceShare() {
    float[] rms = frames.of(Feature.RMS);
    int silent = 0;
    for (int frame = 0; frame < frames.frames(); frame++) {
      silent += rms[frame] < SILENCE ? 1 : 0;
    }
    return (double) silent / frames.frames();
  }

  private FeatureWindows windows(WindowGrid grid) {
    ByteBuffer values = allocate(grid.starts().length * vector.length * Float.BYTES);
    for (int start : grid.starts()) {
      songVector.write(start, start + grid.width(), vector);
      for (float value : vector) {
        values.putFloat(value);
      }
    }
    return FeatureWindows.newBuilder()
        .setCount(grid.starts().length)
        .setSeconds(grid.seconds())
        .setDimensions(vector.length)
        .setStarts(seconds(grid))
        .setValues(values.flip())
        .build();
  }

  private LogMelPatches patches(WindowGrid grid) {
    int bands = options.mels();
    int width = grid.width();
    float[] logMel = frames.of(Feature.LOG_MEL);
    ByteBuffer values = allocate(grid.starts().length * bands * width * Float.BYTES);
    for (int start : grid.starts()) {
      for (int band = 0; band < bands; band++) {
        for (int frame = start; frame < start + width; frame++) {
          values.putFloat(logMel[frame * bands + band]);
        }
      }
    }
    return LogMelPatches.newBuilder()
        .setCount(grid.starts().length)
        .setBands(bands)
        .setFrames(width)
        .setFrameSeconds(grid.frameSeconds())
        .setStarts(seconds(grid))
        .setValues(values.flip())
        .build();
  }

  private static ByteBuffer seconds(WindowGrid grid) {
    ByteBuffer seconds = allocate(grid.starts().length * Double.BYTES);
    for (int i = 0; i < grid.starts().length; i++) {
      seconds.putDouble(grid.startSeconds(i));
    }
    return seconds.flip();
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = allocate(values.length * Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.flip();
  }

  private static ByteBuffer allocate(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
