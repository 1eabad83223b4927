package org.surmala.featurize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.SongRef;

/** Segments made of signals with known answers. */
final class Segments {
  static final int RATE = 22050;

  private Segments() {}

  /** So many seconds of a function of the sample's index. */
  static float[] samples(double seconds, IntToDoubleFunction signal) {
    float[] samples = new float[(int) Math.round(seconds * RATE)];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = (float) signal.applyAsDouble(n);
    }
    return samples;
  }

  static AudioSegment of(float[] samples) {
    return of(samples, 0);
  }

  static AudioSegment of(float[] samples, int padded) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return AudioSegment.newBuilder()
        .setSong(
            SongRef.newBuilder()
                .setId("ab".repeat(32))
                .setUri("file:///songs/a.wav")
                .setFilepath("a.wav")
                .setSize(1)
                .setModified(0)
                .build())
        .setInfo(
            AudioInfo.newBuilder()
                .setDurationSeconds(60)
                .setSampleRate(44100)
                .setChannels(2)
                .setCodec("pcm_s16le")
                .setBitRate(1411200)
                .build())
        .setSampleRate(RATE)
        .setStartSeconds(15)
        .setLoudnessLufs(-14)
        .setGainDb(-9)
        .setPaddedSamples(padded)
        .setSamples(bytes)
        .build();
  }
}
