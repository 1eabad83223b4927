package org.surmala.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.surmala.dsp.LoudnessMeter;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.RatedSamples;
import org.surmala.schema.SongRef;
import org.surmala.segment.SegmentOptions.ShortSongs;

final class SegmenterTest {
  private static final int RATE = 22_050;
  private static final SegmentOptions AS_IT_IS =
      new SegmentOptions(30, 10, ShortSongs.PAD, false, -23);

  /** Every sample tells where in the song it is, up to 95 s. */
  @ParameterizedTest
  @CsvSource({
    "90, 0, 90",
    "90, 29.5, 61",
    "90, 30, 60",
    "31, 0, 31",
    "30, 0, 30",
    "60.5, 15, 46",
  })
  void cutsTheExactMiddle(double duration, double clipStart, double clipEnd) throws SongException {
    AudioClip clip = clip(ramp(clipStart, clipEnd), duration, clipStart);

    AudioSegment segment = new Segmenter(AS_IT_IS).segment(clip);

    int first = (int) Math.round((duration - 30) / 2 * RATE);
    assertThat(samples(segment)).isEqualTo(ramp((double) first / RATE, (double) first / RATE + 30));
    assertThat(segment.getStartSeconds()).isCloseTo((double) first / RATE, within(1e-9));
    assertThat(segment.getPaddedSamples()).isZero();
    assertThat(segment.getGainDb()).isZero();
    assertThat(segment.getSampleRate()).isEqualTo(RATE);
    assertThat(segment.getSong()).isEqualTo(clip.getSong());
    assertThat(segment.getInfo()).isEqualTo(clip.getInfo());
  }

  @Test
  void movesTheWindowIntoAClipThatEndsBeforeTheStatedDuration() throws SongException {
    AudioClip clip = clip(ramp(29.5, 59.9), 90, 29.5);

    AudioSegment segment = new Segmenter(AS_IT_IS).segment(clip);

    assertThat(segment.getStartSeconds()).isCloseTo(29.9, within(1.0 / RATE));
    assertThat(segment.getPaddedSamples()).isZero();
    assertThat(samples(segment)[0]).isEqualTo(rampAt((int) Math.round(29.9 * RATE)));
  }

  @Test
  void padsAShortSongWithSilence() throws SongException {
    float[] song = noise(12 * RATE, 0.1, 1);

    AudioSegment segment = new Segmenter(AS_IT_IS).segment(clip(song, 12, 0));

    assertThat(segment.getPaddedSamples()).isEqualTo(18 * RATE);
    assertThat(segment.getStartSeconds()).isZero();
    assertThat(samples(segment)).isEqualTo(Arrays.copyOf(song, 30 * RATE));
  }

  @Test
  void loopsAShortSong() throws SongException {
    float[] song = noise(12 * RATE, 0.1, 1);
    SegmentOptions loop = new SegmentOptions(30, 10, ShortSongs.LOOP, false, -23);

    AudioSegment segment = new Segmenter(loop).segment(clip(song, 12, 0));

    assertThat(segment.getPaddedSamples()).isEqualTo(18 * RATE);
    float[] expected = new float[30 * RATE];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = song[i % song.length];
    }
    assertThat(samples(segment)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(ShortSongs.class)
  void refusesWhatIsShorterThanTheShortest(ShortSongs policy) {
    SegmentOptions options = new SegmentOptions(30, 10, policy, false, -23);
    AudioClip clip = clip(noise((int) (9.99 * RATE), 0.1, 1), 9.99, 0);

    assertThatExceptionOfType(SongException.class)
        .isThrownBy(() -> new Segmenter(options).segment(clip))
        .withMessageContaining("9.990 s")
        .extracting(SongException::code)
        .isEqualTo(FailureCode.TOO_SHORT);
  }

  @Test
  void refusesWhatIsShorterThanTheWindowWhenTold() throws SongException {
    SegmentOptions options = new SegmentOptions(30, 10, ShortSongs.REFUSE, false, -23);

    assertThatExceptionOfType(SongException.class)
        .isThrownBy(() -> new Segmenter(options).segment(clip(noise(29 * RATE, 0.1, 1), 29, 0)))
        .withMessage("29.000 s long; at least 30.000 s are required")
        .extracting(SongException::code)
        .isEqualTo(FailureCode.TOO_SHORT);
    assertThat(new Segmenter(options).segment(clip(noise(30 * RATE, 0.1, 1), 30, 0)))
        .extracting(AudioSegment::getPaddedSamples)
        .isEqualTo(0);
  }

  /** A clip that holds much less than its song is said to last must not become padding. */
  @Test
  void refusesAClipThatIsShorterThanTheShortest() {
    AudioClip clip = clip(noise(5 * RATE, 0.1, 1), 180, 75);

    assertThatExceptionOfType(SongException.class)
        .isThrownBy(() -> new Segmenter(AS_IT_IS).segment(clip))
        .extracting(SongException::code)
        .isEqualTo(FailureCode.TOO_SHORT);
  }

  @Test
  void refusesSilence() {
    assertThatExceptionOfType(SongException.class)
        .isThrownBy(
            () -> new Segmenter(SegmentOptions.defaults()).segment(clip(new float[661_500], 30, 0)))
        .withMessageContaining("-70 LUFS")
        .extracting(SongException::code)
        .isEqualTo(FailureCode.SILENT);
  }

  /** 16-bit dither around zero is silence to everyone who listens. */
  @Test
  void refusesWhatIsBelowTheAbsoluteGateOfLoudness() {
    assertThatExceptionOfType(SongException.class)
        .isThrownBy(
            () ->
                new Segmenter(SegmentOptions.defaults())
                    .segment(clip(noise(661_500, 1.0 / 32768, 1), 30, 0)))
        .extracting(SongException::code)
        .isEqualTo(FailureCode.SILENT);
  }

  @ParameterizedTest
  @CsvSource({"0.001, -23", "0.1, -23", "0.5, -23", "0.1, -16", "0.1, -40"})
  void bringsEachSongToTheSameLoudness(double level, double lufs) throws SongException {
    SegmentOptions options = new SegmentOptions(30, 10, ShortSongs.PAD, true, lufs);
    float[] song = noise(30 * RATE, level, 7);
    LoudnessMeter meter = new LoudnessMeter(RATE);

    AudioSegment segment = new Segmenter(options).segment(clip(song, 30, 0));

    assertThat(segment.getLoudnessLufs()).isEqualTo(meter.integrated(song));
    assertThat(meter.integrated(samples(segment))).isCloseTo(lufs, within(1e-3));
    assertThat(segment.getGainDb()).isCloseTo(lufs - segment.getLoudnessLufs(), within(1e-9));
  }

  @Test
  void measuresTheLoudnessOfTheSongAndNotOfItsPadding() throws SongException {
    float[] song = noise(15 * RATE, 0.1, 7);

    AudioSegment segment = new Segmenter(SegmentOptions.defaults()).segment(clip(song, 15, 0));

    assertThat(segment.getLoudnessLufs()).isEqualTo(new LoudnessMeter(RATE).integrated(song));
  }

  @Test
  void givesUpLoudnessRatherThanClip() throws SongException {
    float[] song = noise(30 * RATE, 0.001, 3);
    song[100_000] = -0.9f;

    AudioSegment segment = new Segmenter(SegmentOptions.defaults()).segment(clip(song, 30, 0));

    float peak = 0;
    for (float sample : samples(segment)) {
      peak = Math.max(peak, Math.abs(sample));
    }
    assertThat(peak).isEqualTo(Segmenter.CEILING, within(1e-6f));
    assertThat(segment.getGainDb())
        .isCloseTo(20 * Math.log10(Segmenter.CEILING / 0.9), within(1e-5));
    assertThat(segment.getLoudnessLufs() + segment.getGainDb()).isLessThan(-30);
  }

  @Test
  void leavesTheClipAsItIs() throws SongException {
    AudioClip clip = clip(noise(30 * RATE, 0.1, 7), 30, 0);
    ByteBuffer before = ByteBuffer.wrap(clip.getSamples().array().clone());

    new Segmenter(SegmentOptions.defaults()).segment(clip);

    assertThat(clip.getSamples()).isEqualTo(before);
  }

  /** Every sample tells where in the song it is; the model's have the segment's gain. */
  @Test
  void cutsTheSameStretchForAModel() throws SongException {
    AudioClip clip = clip(ramp(29.5, 61), 90, 29.5);
    float[] slow = new float[(int) (31.5 * 1_000)];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = i / 1_000f;
    }
    clip.setModelSamples(rated(slow, 1_000));

    AudioSegment asItIs = new Segmenter(AS_IT_IS).segment(clip);
    AudioSegment louder = new Segmenter(SegmentOptions.defaults()).segment(clip);

    float[] samples = samples(asItIs.getModelSamples());
    assertThat(samples).hasSize(30_000);
    assertThat(samples[0]).isEqualTo(0.5f);
    assertThat(samples[29_999]).isEqualTo(30.499f);
    float gain = (float) Math.pow(10, louder.getGainDb() / 20);
    assertThat(gain).isNotCloseTo(1, within(0.01f));
    assertThat(samples(louder.getModelSamples())[20_000]).isEqualTo(20.5f * gain);
    assertThat(asItIs.getEmbedding()).isNull();
  }

  @Test
  void leavesPaddingOutForAModel() throws SongException {
    AudioClip clip = clip(ramp(0, 12), 12, 0);
    clip.setModelSamples(rated(new float[12_000], 1_000));

    assertThat(samples(new Segmenter(AS_IT_IS).segment(clip).getModelSamples())).hasSize(12_000);
  }

  private static RatedSamples rated(float[] samples, int rate) {
    ByteBuffer bytes =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return new RatedSamples(rate, bytes);
  }

  private static float[] samples(RatedSamples rated) {
    float[] samples = new float[rated.getSamples().remaining() / Float.BYTES];
    rated.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  @Test
  void refusesStereo() {
    AudioClip clip = clip(new float[100], 30, 0);
    clip.setChannels(2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Segmenter(AS_IT_IS).segment(clip))
        .withMessageContaining("2 channels");
  }

  static AudioClip clip(float[] samples, double duration, double start) {
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
            .setDurationSeconds(duration)
            .setSampleRate(44_100)
            .setChannels(2)
            .setCodec("pcm_s16le")
            .setBitRate(0)
            .build(),
        RATE,
        1,
        start,
        null,
        bytes,
        null);
  }

  static float[] samples(AudioSegment segment) {
    float[] samples = new float[segment.getSamples().remaining() / Float.BYTES];
    segment.getSamples().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples);
    return samples;
  }

  static float[] noise(int length, double level, long seed) {
    Random random = new Random(seed);
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) (level * (2 * random.nextDouble() - 1));
    }
    return noise;
  }

  private static float[] ramp(double startSeconds, double endSeconds) {
    int first = (int) Math.round(startSeconds * RATE);
    int end = (int) Math.round(endSeconds * RATE);
    float[] ramp = new float[end - first];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = rampAt(first + i);
    }
    return ramp;
  }

  /** Exact in a float for 2 million samples; audible, for its sign changes. */
  private static float rampAt(int sample) {
    return (sample % 2 == 0 ? 1 : -1) * sample / (float) (1 << 22);
  }
}
