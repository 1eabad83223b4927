package org.surmala.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameHeaderTest {
  /** Sizes by the formula of ISO/IEC 11172-3, 2.4.3.1: layer III, slots = 144 × bit rate / rate. */
  @ParameterizedTest
  @CsvSource({
    "0xfffb9064, 417, 1152, 44100, 2", // MPEG-1 layer III, 128 kbit/s
    "0xfffb9264, 418, 1152, 44100, 2", // the same, padded
    "0xfffbe4c4, 960, 1152, 48000, 1", // 320 kbit/s, mono
    "0xfff380c4, 208, 576, 22050, 1", // MPEG-2 layer III, 64 kbit/s
    "0xffe318c4, 72, 576, 8000, 1", // MPEG-2.5 layer III, 8 kbit/s
    "0xfffda404, 576, 1152, 48000, 2", // MPEG-1 layer II, 192 kbit/s
    "0xffffc004, 416, 384, 44100, 2" // MPEG-1 layer I, 384 kbit/s
  })
  void givenAnMpegHeader_whenRead_thenSizeSamplesRateAndChannelsAreRight(
      String header, int bytes, int samples, int rate, int channels) {
    int word = Long.decode(header).intValue();

    assertThat(FrameHeader.mpeg(word))
        .isEqualTo(new FrameHeader(word & 0xfffe0c00, bytes, samples, rate, channels));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "0xffeb9064", "0xfff99064", "0xfffbf064", "0xfffb0064", "0xfffb9c64"})
  void givenWhatIsNoHeader_whenRead_thenNull(String header) {
    assertThat(FrameHeader.mpeg(Long.decode(header).intValue())).isNull();
  }

  @Test
  void givenAnAdtsHeader_whenRead_thenSizeRateAndChannelsAreRight() {
    // MPEG-4 AAC LC, no CRC, 44,100 Hz, stereo, 371 bytes, one block: ISO/IEC 14496-3, 1.A.2.2.
    assertThat(FrameHeader.adts(0xfff15080, 0x802e7ffc))
        .isEqualTo(new FrameHeader(0xfff05000, 371, 1024, 44_100, 2));
  }
}
