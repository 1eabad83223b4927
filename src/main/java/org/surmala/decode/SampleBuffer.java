package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBL;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_DBLP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S32P;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_U8P;
import static org.bytedeco.ffmpeg.global.avutil.av_sample_fmt_is_planar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.ShortPointer;

/**
 * A window of a song's samples; frames are copied to their positions. Full scale is 1: integers are
 * divided by 2^(bits - 1).
 */
final class SampleBuffer {
  private final long from;
  private final long to;
  private final int channels;
  private final ByteBuffer bytes;
  private final FloatBuffer samples;
  private float[] block = new float[0];
  private float[] floats = new float[0];
  private short[] shorts = new short[0];
  private int[] ints = new int[0];
  private double[] doubles = new double[0];
  private byte[] octets = new byte[0];
  private long reached;
  private long covered;
  private long firstNotFinite = -1;

  /**
   * @param from first sample of the window, in the song
   * @param to sample after the last one
   */
  SampleBuffer(long from, long to, int channels) {
    this.from = from;
    this.to = to;
    this.channels = channels;
    bytes = ByteBuffer.allocate(Math.toIntExact((to - from) * channels * Float.BYTES));
    samples = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    this.reached = from;
  }

  /** First sample of the window. */
  long from() {
    return from;
  }

  /** Sample after the last one of the window. */
  long to() {
    return to;
  }

  /** Sample after the last copied one. */
  long reached() {
    return reached;
  }

  /** Number of copied samples, each counted once. */
  long covered() {
    return covered;
  }

  boolean isFull() {
    return reached >= to;
  }

  /**
   * Copies the samples of a frame that are in the window.
   *
   * @param position position of the frame's first sample in the song
   * @return false if the frame's sample format is unknown
   */
  boolean add(AVFrame frame, long position) {
    int count = frame.nb_samples();
    int skip = (int) Math.max(0, Math.min(count, reached - position));
    int end = (int) Math.max(0, Math.min(count, to - position));
    if (skip >= end) {
      return true;
    }
    int format = frame.format();
    boolean planar = av_sample_fmt_is_planar(format) != 0;
    int planes = planar ? channels : 1;
    int stride = planar ? 1 : channels;
    int size = (end - skip) * channels;
    block = block.length < size ? new float[size] : block;
    for (int plane = 0; plane < planes; plane++) {
      int length = (end - skip) * stride;
      if (!load(frame.extended_data(plane), format, skip * stride, length)) {
        return false;
      }
      for (int i = 0, at = plane; i < length; i++, at += planes) {
        block[at] = floats[i];
      }
    }
    samples.put(Math.toIntExact((position + skip - from) * channels), block, 0, size);
    for (int i = 0; i < size && firstNotFinite < 0; i++) {
      firstNotFinite = Float.isFinite(block[i]) ? -1 : position + skip + i / channels;
    }
    covered += end - skip;
    reached = position + end;
    return true;
  }

  private boolean load(BytePointer data, int format, int start, int length) {
    if (floats.length < length) {
      floats = new float[length];
    }
    if (format == AV_SAMPLE_FMT_FLT || format == AV_SAMPLE_FMT_FLTP) {
      new FloatPointer(data).position(start).get(floats, 0, length);
    } else if (format == AV_SAMPLE_FMT_S16 || format == AV_SAMPLE_FMT_S16P) {
      shorts = shorts.length < length ? new short[length] : shorts;
      new ShortPointer(data).position(start).get(shorts, 0, length);
      for (int i = 0; i < length; i++) {
        floats[i] = shorts[i] * 0x1p-15f;
      }
    } else if (format == AV_SAMPLE_FMT_S32 || format == AV_SAMPLE_FMT_S32P) {
      ints = ints.length < length ? new int[length] : ints;
      new IntPointer(data).position(start).get(ints, 0, length);
      for (int i = 0; i < length; i++) {
        floats[i] = ints[i] * 0x1p-31f;
      }
    } else if (format == AV_SAMPLE_FMT_DBL || format == AV_SAMPLE_FMT_DBLP) {
      doubles = doubles.length < length ? new double[length] : doubles;
      new DoublePointer(data).position(start).get(doubles, 0, length);
      for (int i = 0; i < length; i++) {
        floats[i] = (float) doubles[i];
      }
    } else if (format == AV_SAMPLE_FMT_U8 || format == AV_SAMPLE_FMT_U8P) {
      octets = octets.length < length ? new byte[length] : octets;
      new BytePointer(data).position(start).get(octets, 0, length);
      for (int i = 0; i < length; i++) {
        floats[i] = ((octets[i] & 0xff) - 128) * 0x1p-7f;
      }
    } else {
      return false;
    }
    return true;
  }

  /** Position of the first sample that is not finite, or -1. */
  long firstNotFinite() {
    return firstNotFinite;
  }

  /** The mean square of a range in its loudest channel; 0 if it is not finite. */
  double power(long begin, long end) {
    double loudest = 0;
    int size = Math.toIntExact((end - begin) * channels);
    block = block.length < size ? new float[size] : block;
    samples.get(Math.toIntExact((begin - from) * channels), block, 0, size);
    for (int channel = 0; channel < channels; channel++) {
      loudest = Math.max(loudest, energy(block, channel, channels, size) / (end - begin));
    }
    return Double.isFinite(loudest) ? loudest : 0;
  }

  /** The sum of squares of every {@code step}-th sample. */
  private static double energy(float[] samples, int first, int step, int last) {
    // Four sums side by side, so that an addition need not wait for the one before.
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = first;
    for (; i < last - 3 * step; i += 4 * step) {
      double a = samples[i];
      double b = samples[i + step];
      double c = samples[i + 2 * step];
      double d = samples[i + 3 * step];
      sum0 += a * a;
      sum1 += b * b;
      sum2 += c * c;
      sum3 += d * d;
    }
    for (; i < last; i += step) {
      sum0 += (double) samples[i] * samples[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** The samples up to a position, as float32, little-endian; not a copy. */
  ByteBuffer toBytes(long end) {
    return bytes.slice(0, Math.toIntExact((Math.min(end, to) - from) * channels * Float.BYTES));
  }
}
