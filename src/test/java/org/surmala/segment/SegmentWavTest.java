package org.surmala.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;

final class SegmentWavTest {
  @Test
  void isReadByTheJdk() throws IOException, UnsupportedAudioFileException {
    float[] samples = {
      0,
      1 / 32768f,
      -1 / 32768f,
      0.5f,
      -0.5f,
      1,
      -1,
      2,
      -2,
      0.6f / 32768,
      1.5f / 32768,
      2.5f / 32768
    };

    byte[] wav = SegmentWav.encode(segment(samples));

    try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
      assertThat(in.getFormat().matches(new AudioFormat(22_050, 16, 1, true, false))).isTrue();
      assertThat(in.getFrameLength()).isEqualTo(samples.length);
      short[] steps = new short[samples.length];
      ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(steps);
      assertThat(steps)
          .containsExactly(
              new int[] {0, 1, -1, 16_384, -16_384, 32_767, -32_768, 32_767, -32_768, 1, 2, 2});
    }
  }

  @Test
  void isAHeaderAndTheSamples() {
    assertThat(SegmentWav.encode(segment(new float[100]))).hasSize(44 + 200);
  }

  private static AudioSegment segment(float[] samples) {
    AudioClip clip = SegmenterTest.clip(samples, 1, 0);
    return new AudioSegment(
        clip.getSong(), clip.getInfo(), 22_050, 0.0, -23.0, 0.0, 0, clip.getSamples(), null, null);
  }
}
