package org.surmala.featurize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.dsp.Stft;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.model.onnx.EmbeddedSound;
import org.surmala.model.onnx.OnnxPreset;
import org.surmala.model.onnx.SoundEmbedder;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.ModelEmbedding;
import org.surmala.schema.RatedSamples;
import org.surmala.schema.SongRef;
import org.surmala.step.SongStep;

/**
 * Embeds each segment, and each window with a feature vector, by the user's ONNX model ({@link
 * SoundEmbedder}). Its time counts as the stage {@code onnx}.
 */
public final class EmbedSound extends SongStep<AudioSegment, AudioSegment> {
  /** The segments, with their embeddings. */
  public static final TupleTag<AudioSegment> EMBEDDED = new TupleTag<>("embedded") {};

  private final EmbeddingOptions model;
  private final FeatureOptions features;
  private final int sampleRate;

  private EmbedSound(EmbeddingOptions model, FeatureOptions features, int sampleRate) {
    super("EmbedSound", "onnx", EMBEDDED, AudioSegment.class);
    this.model = model;
    this.features = features;
    this.sampleRate = sampleRate;
  }

  /**
   * Embeds by a model.
   *
   * @param features feature options, which define the windows
   * @param sampleRate sample rate of the segments, Hz
   */
  public static EmbedSound with(EmbeddingOptions model, FeatureOptions features, int sampleRate) {
    return new EmbedSound(model, features, sampleRate);
  }

  @Override
  protected Function<AudioSegment, AudioSegment> function() {
    OnnxPreset preset = model.preset();
    SoundEmbedder embedder = new SoundEmbedder(OnnxSessions.open(model), preset);
    Stft frames = new Stft(features.fftSize(), features.hopLength());
    return new Function<>() {
      @Override
      public AudioSegment apply(AudioSegment segment) throws SongException {
        return AudioSegment.newBuilder(segment)
            .setModelSamples(null)
            .setEmbedding(embedding(embedder, preset.sampleRate(), frames, segment))
            .build();
      }

      @Override
      public void close() {
        OnnxSessions.close(model);
      }
    };
  }

  private ModelEmbedding embedding(
      SoundEmbedder embedder, int rate, Stft frames, AudioSegment segment) throws SongException {
    RatedSamples sound = segment.getModelSamples();
    if (sound == null || sound.getSampleRate() != rate) {
      throw new IllegalArgumentException(
          "a segment without samples at " + rate + " Hz was given to the model " + model.model());
    }
    FloatBuffer buffer =
        sound.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] samples = new float[buffer.remaining()];
    buffer.get(samples);
    EmbeddedSound embedded = embedder.embed(samples);
    float[] song = embedded.pooled();
    for (float value : song) {
      if (!Float.isFinite(value)) {
        throw new SongException(
            FailureCode.BAD_EMBEDDING,
            "the model " + model.model() + " gives " + value + " for this song");
      }
    }
    ByteBuffer windows = ByteBuffer.allocate(0);
    if (features.windows()) {
      int own = segment.getSamples().remaining() / Float.BYTES - segment.getPaddedSamples();
      WindowGrid grid =
          WindowGrid.of(features, sampleRate, Math.max(1, frames.frames(Math.max(0, own))));
      windows = allocate(grid.starts().length * song.length);
      for (int i = 0; i < grid.starts().length; i++) {
        put(embedded.pooled(grid.startSeconds(i), grid.seconds()), windows);
      }
      windows.flip();
    }
    ByteBuffer values = allocate(song.length);
    put(song, values);
    return new ModelEmbedding(song.length, values.flip(), windows);
  }

  private static ByteBuffer allocate(int values) {
    return ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(float[] values, ByteBuffer into) {
    for (float value : values) {
      into.putFloat(value);
    }
  }

  @Override
  protected SongRef song(AudioSegment segment) {
    return segment.getSong();
  }
}
