package org.surmala.decode;

import org.jspecify.annotations.Nullable;

/**
 * The header of a frame in a format that consists of frames only: MPEG-1, 2 and 2.5 audio, layers I
 * to III (ISO/IEC 11172-3, 13818-3), and AAC in ADTS (ISO/IEC 14496-3, 1.A.2.2).
 *
 * @param kind properties that do not change within a stream: format, version, layer and sample rate
 * @param bytes length of the frame
 * @param samples number of samples, at the header's rate
 * @param sampleRate Hz
 * @param channels number of channels; 0 if only the payload states it
 */
record FrameHeader(int kind, int bytes, int samples, int sampleRate, int channels) {
  /** Bytes that a header takes at most. */
  static final int BYTES = 7;

  private static final int[] MPEG_RATES = {44_100, 48_000, 32_000};
  private static final int[] LAYER_1 = {
    0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448
  };
  private static final int[] LAYER_2 = {
    0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384
  };
  private static final int[] LAYER_3 = {
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
  };
  private static final int[] LOW_LAYER_1 = {
    0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256
  };
  private static final int[] LOW_LAYER_23 = {
    0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
  };
  private static final int[] AAC_RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };

  /** Reads headers of one format. */
  enum Format {
    MPEG {
      @Override
      @Nullable FrameHeader read(ByteWindow bytes, long offset) {
        return mpeg(bytes.intAt(offset));
      }
    },
    ADTS {
      @Override
      @Nullable FrameHeader read(ByteWindow bytes, long offset) {
        return adts(bytes.intAt(offset), bytes.intAt(offset + 3));
      }
    };

    /** The header at an offset of which {@link #BYTES} are available, or null when it is none. */
    abstract @Nullable FrameHeader read(ByteWindow bytes, long offset);
  }

  /** The MPEG audio header in four bytes, or null when it is none; free format is not known. */
  static @Nullable FrameHeader mpeg(int header) {
    if ((header >>> 21) != 0x7ff) {
      return null;
    }
    int version = header >>> 19 & 3;
    int layer = 4 - (header >>> 17 & 3);
    int rateIndex = header >>> 10 & 3;
    int bitRateIndex = header >>> 12 & 15;
    if (version == 1 || layer == 4 || rateIndex == 3 || bitRateIndex == 0 || bitRateIndex == 15) {
      return null;
    }
    boolean low = version != 3;
    int rate = MPEG_RATES[rateIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    int padding = header >>> 9 & 1;
    int[] bitRates =
        switch (layer) {
          case 1 -> low ? LOW_LAYER_1 : LAYER_1;
          case 2 -> low ? LOW_LAYER_23 : LAYER_2;
          default -> low ? LOW_LAYER_23 : LAYER_3;
        };
    int bitRate = 1000 * bitRates[bitRateIndex];
    int samples = layer == 1 ? 384 : layer == 3 && low ? 576 : 1152;
    int bytes =
        layer == 1 ? (12 * bitRate / rate + padding) * 4 : samples / 8 * bitRate / rate + padding;
    int channels = (header >>> 6 & 3) == 3 ? 1 : 2;
    return new FrameHeader(header & 0xfffe0c00, bytes, samples, rate, channels);
  }

  /** The ADTS header in bytes 0 to 3 and 3 to 6, or null when it is none. */
  static @Nullable FrameHeader adts(int first, int second) {
    int rateIndex = first >>> 10 & 15;
    int bytes = second >>> 13 & 0x1fff;
    if ((first & 0xfff60000) != 0xfff00000 || rateIndex >= AAC_RATES.length || bytes < BYTES) {
      return null;
    }
    int channels = first >>> 6 & 7;
    int samples = 1024 * ((second & 3) + 1);
    return new FrameHeader(
        first & 0xfffefc00, bytes, samples, AAC_RATES[rateIndex], channels == 7 ? 8 : channels);
  }
}
