package org.surmala.decode;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * HE-AAC, which the linked FFmpeg does not encode, after ISO/IEC 14496-3: what says that a stream
 * is of spectral band replication (SBR), around a core of AAC-LC. The decoder then doubles the
 * rate, and with parametric stereo (PS) makes two channels of one.
 */
final class HeAac {
  private static final byte[] SYNC = {0x56, (byte) 0xE5, 0};
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000
  };

  /** At 22,050 and 24,000 Hz so many are of four lines. */
  private static final int BANDS = 11;

  private final StringBuilder bits = new StringBuilder();

  private HeAac() {}

  /**
   * A file of AAC-LC in MP4 with another AudioSpecificConfig: SBR by the extension behind the
   * core's (version 1), or with PS in front of it (version 2).
   *
   * @param rate of the core, Hz
   */
  static byte[] signalled(byte[] mp4, int rate, int version) {
    byte[] changed = mp4.clone();
    int sync = -1;
    for (int i = 2; i + SYNC.length <= changed.length && sync < 0; i++) {
      sync = Arrays.equals(changed, i, i + SYNC.length, SYNC, 0, SYNC.length) ? i : -1;
    }
    HeAac config = new HeAac();
    if (version == 1) {
      config.put(5, 2).put(4, index(rate)).put(4, (changed[sync - 1] >> 3) & 15).put(3, 0);
      config.put(11, 0x2b7).put(5, 5).put(1, 1).put(4, index(2 * rate));
    } else {
      config.put(5, 29).put(4, index(rate)).put(4, 1).put(4, index(2 * rate)).put(5, 2).put(3, 0);
    }
    byte[] bytes = Arrays.copyOf(config.bytes(), 5);
    System.arraycopy(bytes, 0, changed, sync - 2, bytes.length);
    return changed;
  }

  /**
   * ADTS, whose headers say nothing of SBR: a fill element of each frame does. Each frame has one
   * line of the spectrum, another by chance.
   *
   * @param rate of the core, Hz
   */
  static byte[] adts(double seconds, int rate, int channels) {
    SplittableRandom random = new SplittableRandom(3);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int frame = 0; frame < seconds * rate / 1024; frame++) {
      HeAac block = new HeAac();
      block.put(3, channels - 1).put(4, 0);
      if (channels == 2) {
        // No common window.
        block.put(1, 0);
      }
      for (int channel = 0; channel < channels; channel++) {
        block.channel(random);
      }
      // A fill element of one byte: SBR data that has no header yet.
      block.put(3, 6).put(4, 1).put(4, 13).put(1, 0).put(3, 0);
      byte[] body = block.put(3, 7).bytes();
      HeAac header = new HeAac();
      header.put(12, 0xfff).put(4, 1).put(2, 1).put(4, index(rate)).put(1, 0).put(3, channels);
      file.writeBytes(header.put(4, 0).put(13, 7 + body.length).put(11, 0x7ff).put(2, 0).bytes());
      file.writeBytes(body);
    }
    return file.toByteArray();
  }

  /** An individual_channel_stream with bands of four lines, all but one of them zero. */
  private void channel(SplittableRandom random) {
    put(8, 150 + random.nextInt(8));
    put(1, 0).put(2, 0).put(1, 0).put(6, BANDS).put(1, 0);
    // One section of codebook 1.
    put(4, 1).put(5, BANDS);
    for (int band = 0; band < BANDS; band++) {
      // Scale factors: no difference.
      put(1, 0);
    }
    // Neither pulses, noise shaping nor gain control.
    put(3, 0);
    int sounding = random.nextInt(BANDS);
    for (int band = 0; band < BANDS; band++) {
      if (band == sounding) {
        // The eight codewords of five bits are those of one line of plus or minus one.
        put(5, 16 + random.nextInt(8));
      } else {
        put(1, 0);
      }
    }
  }

  private static int index(int rate) {
    return Arrays.stream(RATES).boxed().toList().indexOf(rate);
  }

  private HeAac put(int count, int value) {
    String digits = Integer.toBinaryString(value | 1 << count);
    bits.append(digits, digits.length() - count, digits.length());
    return this;
  }

  private byte[] bytes() {
    byte[] bytes = new byte[(bits.length() + 7) / 8];
    for (int i = 0; i < bits.length(); i++) {
      bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
    }
    return bytes;
  }
}
