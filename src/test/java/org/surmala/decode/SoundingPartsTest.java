package org.surmala.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;
import org.surmala.segment.SegmentOptions;
import org.surmala.segment.Segmenter;

/** Places are worked out by hand from the parts that a song is put together of. */
final class SoundingPartsTest {
  private static final int RATE = 16_000;
  private static final double WINDOW = 30;

  @TempDir Path folder;

  /** A part of a song: seconds, and the amplitude of its noise. */
  private record Part(double seconds, double amplitude) {}

  private static final double LOUD = 0.5;

  /** 54 dB below the song: -60 dB of full scale. */
  private static final double HISS = 0.001;

  private static Part loud(double seconds) {
    return new Part(seconds, LOUD);
  }

  private static Part silence(double seconds) {
    return new Part(seconds, 0);
  }

  private static float[][] sound(Part... parts) {
    int length = 0;
    for (Part part : parts) {
      length += (int) Math.round(part.seconds() * RATE);
    }
    float[][] sound = new float[1][length];
    SplittableRandom random = new SplittableRandom(3);
    int at = 0;
    for (Part part : parts) {
      for (int end = at + (int) Math.round(part.seconds() * RATE); at < end; at++) {
        sound[0][at] = (float) (part.amplitude() * (2 * random.nextDouble() - 1));
      }
    }
    return sound;
  }

  private AudioClip decode(Encoding encoding, Part... parts) throws IOException, SongException {
    Path file = folder.resolve("song." + encoding.extension());
    Files.write(file, AudioEncoder.encode(encoding, sound(parts), RATE, Map.of()));
    return new WindowDecoder(DecodeOptions.of(WINDOW, 1, 60)).decode(Sound.song(file));
  }

  private static AudioSegment segment(AudioClip clip) throws SongException {
    return new Segmenter(SegmentOptions.defaults()).segment(clip);
  }

  private void startsAt(double seconds, Part... parts) throws IOException, SongException {
    AudioSegment segment = segment(decode(Encoding.wav(16), parts));
    assertThat(segment.getStartSeconds()).isCloseTo(seconds, within(0.11));
    assertThat(segment.getPaddedSamples()).isZero();
  }

  @Test
  void hiddenTrackIsNoReasonToCallASongSilent() throws Exception {
    // 170 s sound; their middle, 85 s, lies in the first part: [70, 100).
    startsAt(70, loud(120), silence(120), loud(50));
    // Clamped into the part that holds the middle: 100 s sound, the middle is 50 s.
    startsAt(25, loud(55), silence(120), loud(45));
  }

  @Test
  void gapFarFromTheMiddleIsNoPartOfALongSong() throws Exception {
    // The exact middle, 240 s, sounds; of the 430 s that sound the middle is 215 s.
    startsAt(200, loud(400), silence(50), loud(30));
    // The exact middle, 150 s, sounds; of the 240 s that sound the middle is 120 s.
    startsAt(105, loud(200), silence(60), loud(40));
    // The exact middle, 90 s, sounds; of the 130 s that sound the middle is 65 s.
    startsAt(50, loud(115), silence(50), loud(15));
  }

  @Test
  void hissOfATapeIsAGap() throws Exception {
    startsAt(70, loud(120), new Part(120, HISS), loud(50));
  }

  @Test
  void gapMayBeLongerThanBothSongs() throws Exception {
    startsAt(10, loud(40), silence(400), loud(32));
  }

  @Test
  void silenceAtTheEndIsNoPartOfTheSong() throws Exception {
    // The exact middle is [40, 70).
    startsAt(15, loud(60), silence(50));
  }

  @Test
  void compressedSongsAreTreatedAlike() throws Exception {
    AudioSegment segment = segment(decode(Encoding.mp3(64_000), loud(120), silence(120), loud(50)));
    assertThat(segment.getStartSeconds()).isCloseTo(70, within(0.3));
  }

  @Test
  void partsShorterThanTheWindowAreShortSongs() throws Exception {
    AudioSegment segment =
        segment(decode(Encoding.wav(16), loud(12), silence(30), loud(20), silence(30), loud(8)));
    assertThat(segment.getStartSeconds()).isCloseTo(42, within(0.11));
    assertThat(segment.getPaddedSamples() / (double) segment.getSampleRate())
        .isCloseTo(10, within(0.21));
  }

  @Test
  void quietPassagesAndPausesAreMusic() throws Exception {
    for (AudioClip clip :
        new AudioClip[] {
          decode(Encoding.wav(16), loud(60), new Part(60, LOUD / 100), loud(60)),
          decode(Encoding.wav(16), loud(60), silence(8), loud(60)),
          decode(Encoding.wav(16), loud(45), silence(8), loud(60))
        }) {
      assertThat(clip.getWindowStartSeconds()).isNull();
      double middle = (clip.getInfo().getDurationSeconds() - WINDOW) / 2;
      assertThat(segment(clip).getStartSeconds()).isCloseTo(middle, within(1.0 / RATE));
    }
  }

  @Test
  void songThatSoundsNowhereIsSilent() throws Exception {
    AudioClip clip = decode(Encoding.wav(16), silence(90));
    assertThat(clip.getWindowStartSeconds()).isNull();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                SongException.class, () -> segment(clip)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(FailureCode.SILENT))
        .hasMessageContaining("skipping gaps found no louder one");
  }
}
