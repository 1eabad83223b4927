package org.surmala.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Monkey's Audio (APE) 3.99, level "fast", which the linked FFmpeg does not encode: the range coder
 * alone. What it codes are residuals by chance; the decoder's predictor makes a noise of them.
 */
final class MonkeysAudio {
  private static final int VERSION = 3_990;
  private static final int DESCRIPTOR = 52;
  private static final int HEADER = 24;
  private static final int FRAME = 9_216;

  /** Cumulative frequencies of how many pivots fit in a residual, out of 2^16. */
  private static final int[] OVERFLOWS = {0, 19_578, 36_160, 48_417, 56_323, 60_899, 63_265};

  /** The range coder's code so far, without the bytes that a carry may still reach. */
  private final ByteArrayOutputStream frame = new ByteArrayOutputStream();

  private long low;
  private long range = 1L << 31;
  private int held;
  private int waiting;
  private long sum = 16 << 10;

  private MonkeysAudio() {}

  /** A file of one channel of 16 bits, some seconds long. */
  static byte[] file(double seconds, int rate) {
    int samples = (int) Math.round(seconds * rate);
    int frames = (samples + FRAME - 1) / FRAME;
    SplittableRandom random = new SplittableRandom(11);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteBuffer head = ByteBuffer.allocate(DESCRIPTOR + HEADER + 4 * frames);
    head.order(ByteOrder.LITTLE_ENDIAN).position(DESCRIPTOR + HEADER);
    for (int i = 0; i < frames; i++) {
      head.putInt(head.capacity() + data.size());
      data.writeBytes(new MonkeysAudio().code(Math.min(FRAME, samples - i * FRAME), random));
    }
    head.position(0);
    head.put("MAC ".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) VERSION)
        .putShort((short) 0);
    head.putInt(DESCRIPTOR).putInt(HEADER).putInt(4 * frames).putInt(0);
    head.putInt(data.size()).putInt(0).putInt(0).position(DESCRIPTOR);
    // Bit 5: the file has no header of a WAV.
    head.putShort((short) 1_000).putShort((short) 32).putInt(FRAME);
    head.putInt(samples - (frames - 1) * FRAME).putInt(frames);
    head.putShort((short) 16).putShort((short) 1).putInt(rate);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head.array());
    file.writeBytes(data.toByteArray());
    return file.toByteArray();
  }

  /** One frame: a checksum that nobody asks for, a byte that is passed over, the code. */
  private byte[] code(int samples, SplittableRandom random) {
    for (int i = 0; i < samples; i++) {
      residual(random.nextInt(2_000));
    }
    for (int i = 0; i < 5; i++) {
      shift();
    }
    byte[] code = frame.toByteArray();
    ByteBuffer bytes = ByteBuffer.allocate((4 + code.length + 4 + 3) / 4 * 4);
    bytes.position(4);
    bytes.put(code).position(0);
    // The decoder reads words of 32 bits, the highest byte first.
    ByteBuffer swapped = ByteBuffer.allocate(bytes.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      swapped.putInt(bytes.getInt());
    }
    return swapped.array();
  }

  /** An unsigned residual: how many pivots fit in it, then the rest. */
  private void residual(int value) {
    int pivot = (int) Math.max(1, sum / 32);
    int overflow = Math.min(value / pivot, OVERFLOWS.length - 2);
    int rest = Math.min(pivot - 1, value - overflow * pivot);
    encode(OVERFLOWS[overflow], OVERFLOWS[overflow + 1], range() >> 16);
    encode(rest, rest + 1, range() / pivot);
    long coded = (long) overflow * pivot + rest;
    sum += (coded + 1) / 2 - (sum + 16) / 32;
  }

  private long range() {
    while (range <= 1 << 23) {
      shift();
      range <<= 8;
    }
    return range;
  }

  private void encode(int from, int to, long unit) {
    low += unit * from;
    range = unit * (to - from);
  }

  /** Gives the highest byte away, as soon as no carry can reach it (Schindler 1999). */
  private void shift() {
    if (low < 0xffL << 23) {
      give(0);
      held = (int) (low >> 23);
    } else if (low >= 1L << 31) {
      give(1);
      held = (int) (low >> 23) & 0xff;
    } else {
      waiting++;
    }
    low = (low & (1 << 23) - 1) << 8;
  }

  private void give(int carry) {
    frame.write(held + carry);
    for (; waiting > 0; waiting--) {
      frame.write(carry - 1);
    }
  }
}
