package org.surmala.resample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.dsp.Resampler;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.RatedSamples;
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
    assertThat(samples(mono)).hasSize(RATE);
    assertThat(largestDifference(samples(mono), expected)).isLessThan(1e-6);
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

  /** The second rate's samples are what a resampler to that rate alone gives. */
  @Test
  void resamplesOnceMoreForAModel() throws SongException {
    float[] sound = new float[20_000];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) Math.sin(0.1 * i);
    }
    AudioClip stereo = clip(sound, 2, 44_100);

    AudioClip both = new MonoResampler(RATE, 16_000).resample(stereo);

    assertThat(both.getSamples()).isEqualTo(resampler.resample(stereo).getSamples());
    RatedSamples forModel = both.getModelSamples();
    assertThat(forModel.getSampleRate()).isEqualTo(16_000);
    assertThat(forModel.getSamples())
        .isEqualTo(new MonoResampler(16_000).resample(stereo).getSamples());
    assertThat(resampler.resample(stereo).getModelSamples()).isNull();
    // A clip that has the pipeline's rate already is resampled for the model all the same.
    assertThat(new MonoResampler(RATE, 16_000).resample(clip(sound, 1, RATE)).getModelSamples())
        .isNotNull();
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

  @ParameterizedTest
  @CsvSource({
    // Two channels, the second -factor times the first; the mean is (1 - factor) / 2 of it.
    "1.0, 0, channel 1",
    "0.9, 0, channel 1",
    "1.2, 0, channel 2",
    "0.5, 0, sum",
    // Residue: a ratio of -14 dB, which Vorbis leaves at quality 0, and of -23 dB.
    "1.0, 0.28, channel 1",
    "1.0, 0.1, channel 1",
    // Wide stereo: a correlation of -0.8.
    "1.0, 0.5, sum",
    // Silence beside sound.
    "0, 0, sum"
  })
  void takesTheLouderChannelWhereTwoCancel(double factor, double residue, String mix)
      throws SongException {
    Random random = new Random(7);
    float[] interleaved = new float[2 * RATE];
    for (int i = 0; i < RATE; i++) {
      double value = 0.1 * random.nextGaussian();
      interleaved[2 * i] = (float) value;
      interleaved[2 * i + 1] = (float) (-factor * value + residue * 0.1 * random.nextGaussian());
    }

    AudioClip mono = resampler.resample(clip(interleaved, 2, RATE));

    assertThat(mono.getInfo().getMix()).isEqualTo(mix);
    float[] actual = samples(mono);
    for (int i = 0; i < RATE; i++) {
      float expected =
          switch (mix) {
            case "channel 1" -> interleaved[2 * i];
            case "channel 2" -> interleaved[2 * i + 1];
            default -> 0.5f * (interleaved[2 * i] + interleaved[2 * i + 1]);
          };
      assertThat(actual[i]).isEqualTo(expected);
    }
  }

  @Test
  void seesCancellationUnderAConstantOffset() throws SongException {
    float[] interleaved = new float[2 * RATE];
    for (int i = 0; i < RATE; i++) {
      float value = (float) (0.1 * Math.sin(0.1 * i));
      interleaved[2 * i] = 0.2f + value;
      interleaved[2 * i + 1] = 0.2f - value;
    }

    assertThat(resampler.resample(clip(interleaved, 2, RATE)).getInfo().getMix())
        .isEqualTo("channel 1");
  }

  /** All cancel; the fourth of six or more is loud, and as loud as the fifth. */
  @ParameterizedTest
  @CsvSource({"6, 0, channel 5", "8, 0, channel 5", "6, 0.1, sum", "5, 0, channel 4"})
  void takesNoLowFrequencyChannelForTheSong(int channels, double centre, String mix)
      throws SongException {
    Random random = new Random(8);
    float[] interleaved = new float[channels * RATE];
    for (int i = 0; i < RATE; i++) {
      float value = (float) (0.1 * random.nextGaussian());
      float low = (float) (0.2 * random.nextGaussian());
      interleaved[channels * i] = value;
      interleaved[channels * i + 1] = -value;
      interleaved[channels * i + 2] = (float) (centre * random.nextGaussian());
      interleaved[channels * i + 3] = low;
      interleaved[channels * i + 4] = -low;
    }

    assertThat(resampler.resample(clip(interleaved, channels, RATE)).getInfo().getMix())
        .isEqualTo(mix);
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
        null,
        bytes,
        null);
  }

  private static float[] samples(AudioClip clip) {
    float[] samples = new float[clip.getSamples().remaining() / Float.BYTES];
    clip.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
