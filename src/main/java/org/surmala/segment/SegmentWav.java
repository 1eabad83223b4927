package org.surmala.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import org.surmala.schema.AudioSegment;

/**
 * A segment as an audio file: RIFF WAVE, 16-bit PCM, mono. Samples are rounded to the nearest step
 * of 1/32768, ties to even, without dither, so that the bytes depend only on the samples; samples
 * beyond full scale (only without normalisation) are clipped.
 */
final class SegmentWav {
  private static final int HEADER_BYTES = 44;
  private static final short PCM = 1;

  /** Samples per block. */
  private static final int BLOCK = 4096;

  private SegmentWav() {}

  /** The bytes of the file. */
  static byte[] encode(AudioSegment segment) {
    FloatBuffer samples =
        segment.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int dataBytes = samples.remaining() * Short.BYTES;
    ByteBuffer file =
        ByteBuffer.allocate(HEADER_BYTES + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ascii("RIFF"))
            .putInt(HEADER_BYTES - 8 + dataBytes)
            .put(ascii("WAVEfmt "))
            .putInt(16)
            .putShort(PCM)
            .putShort((short) 1)
            .putInt(segment.getSampleRate())
            .putInt(segment.getSampleRate() * Short.BYTES)
            .putShort((short) Short.BYTES)
            .putShort((short) Short.SIZE)
            .put(ascii("data"))
            .putInt(dataBytes);
    ShortBuffer steps = file.asShortBuffer();
    float[] block = new float[BLOCK];
    short[] rounded = new short[BLOCK];
    while (samples.hasRemaining()) {
      int length = Math.min(BLOCK, samples.remaining());
      samples.get(block, 0, length);
      round(block, rounded, length);
      steps.put(rounded, 0, length);
    }
    return file.array();
  }

  private static void round(float[] samples, short[] rounded, int length) {
    for (int i = 0; i < length; i++) {
      double step = Math.rint(samples[i] * 32768.0);
      rounded[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, step));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
