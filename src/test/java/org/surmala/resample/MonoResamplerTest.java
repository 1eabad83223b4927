package org.surmala.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.dsp.Resampler;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongRef;

final class MonoResamplerTest {
  private static final int RATE = 22_050;

  private final MonoResampler resampler = new MonoResampler(RATE);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 8})
  void resamplesTheMeanOfTheChannels(int channels) throws SongException {
    Random random = new Random(channels);
    int frames = 48_000;
    float[] interleaved = new float[frames * channels];
    float[] mean = new float[frames];
    for (int i = 0; i < interleaved.length; i++) {
      interleaved[i] = (float) random.nextGaussian() / 10;
      mean[i / channels] += interleaved[i] / channels;
    }

    AudioClip mono = resampler.resample(clip(interleaved, channels, 48_000));

    float[] expected = new Resampler(48_000, RATE).resample(mean);
    float[] actual = samples(mono);
    assertThat(actual).hasSize(22_050);
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThan(1e-6f);
    }
  }

  @Test
  void keepsWhatItIsNotAskedToChange() throws SongException {
    AudioClip clip = clip(new float[4_410], 2, 44_100);

    AudioClip mono = resampler.resample(clip);

    assertThat(mono.getSong()).isEqualTo(clip.getSong());
    assertThat(mono.getInfo()).isEqualTo(clip.getInfo());
    assertThat(mono.getStartSeconds()).isEqualTo(12.5);
    assertThat(mono.getChannels()).isEqualTo(1);
    assertThat(mono.getSampleRate()).isEqualTo(RATE);
    assertThat(clip.getSamples().remaining()).as("the input is not consumed").isEqualTo(17_640);
  }

  @Test
  void hasNothingToDoForMonoAtTheRightRate() throws SongException {
    AudioClip clip = clip(new float[] {0.5f, -0.5f}, 1, RATE);

    assertThat(resampler.resample(clip)).isSameAs(clip);
  }

  @Test
  void mixesStereoAtTheRightRateExactly() throws SongException {
    AudioClip clip = clip(new float[] {0.5f, 0.25f, -0.75f, -0.25f, 1, -1}, 2, RATE);

    assertThat(samples(resampler.resample(clip))).containsExactly(0.375f, -0.5f, 0);
  }

  /** More rates than it keeps, forth and back. */
  @Test
  void givesTheSameForARateThatItHadForgotten() throws SongException {
    float[] sound = new float[10_000];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) Math.sin(0.1 * i);
    }
    AudioClip before = resampler.resample(clip(sound, 1, 44_100));
    for (int rate = 8_000; rate < 20_000; rate += 1_000) {
      resampler.resample(clip(sound, 1, rate));
    }

    assertThat(resampler.resample(clip(sound, 1, 44_100))).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 999, 2_000_000_000})
  void givesUpAFileThatClaimsAnImpossibleRate(int rate) {
    assertThatExceptionOfType(SongException.class)
        .isThrownBy(() -> resampler.resample(clip(new float[4], 1, rate)))
        .withMessageContaining(String.valueOf(rate))
        .extracting(SongException::code)
        .isEqualTo(FailureCode.BAD_HEADER);
  }

  @Test
  void refusesSamplesThatAreNoWholeFrames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resampler.resample(clip(new float[5], 2, RATE)))
        .withMessageContaining("5 samples")
        .withMessageContaining("2 channels");
  }

  static AudioClip clip(float[] samples, int channels, int rate) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return new AudioClip(
        SongRef.newBuilder()
            .setId("id")
            .setUri("/songs/a.wav")
            .setFilepath("a.wav")
            .setSize(1)
            .setModified(2)
            .build(),
        AudioInfo.newBuilder()
            .setDurationSeconds(60)
            .setSampleRate(rate)
            .setChannels(channels)
            .setCodec("pcm_s16le")
            .setBitRate(0)
            .build(),
        rate,
        channels,
        12.5,
        bytes);
  }

  private static float[] samples(AudioClip clip) {
    float[] samples = new float[clip.getSamples().remaining() / Float.BYTES];
    clip.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }
}
