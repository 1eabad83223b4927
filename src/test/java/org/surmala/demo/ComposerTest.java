package org.surmala.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.surmala.dsp.LoudnessMeter;

final class ComposerTest {
  private static final Pattern BENGALI = Pattern.compile("[\\p{IsBengali}\\s]+");

  private final Composer composer = new Composer(7);

  @Test
  void hasTwentySongsOfEachLanguage() {
    assertThat(composer.count()).isEqualTo(40);
    assertThat(plans("english")).hasSize(20);
    assertThat(plans("bangla")).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"english", "bangla"})
  void givesEachSongItsOwnTempoKeyAndArrangement(String language) {
    List<SongPlan> plans = plans(language);
    assertThat(distinct(plans, SongPlan::title)).isEqualTo(20);
    assertThat(distinct(plans, SongPlan::tempo)).isEqualTo(20);
    assertThat(distinct(plans, plan -> plan.tonic() + plan.mode())).isEqualTo(20);
    assertThat(distinct(plans, plan -> plan.style() + plan.lead())).isEqualTo(20);
    assertThat(distinct(plans, SongPlan::lyrics)).isEqualTo(20);
  }

  @Test
  void writesEachLanguageInItsScript() {
    for (int i = 0; i < composer.count(); i++) {
      SongPlan plan = composer.plan(i);
      boolean bangla = plan.language().equals("bangla");
      for (String text : List.of(plan.title(), plan.artist(), plan.lyrics())) {
        assertThat(BENGALI.matcher(text).matches()).as(text).isEqualTo(bangla);
      }
      assertThat(plan.lyrics()).endsWith(plan.title());
    }
  }

  /** So that no property of the files tells the language. */
  @Test
  void givesBothLanguagesTheSameLengthsAndLoudnesses() {
    assertThat(plans("english").stream().map(SongPlan::seconds))
        .containsExactlyElementsOf(plans("bangla").stream().map(SongPlan::seconds).toList());
    assertThat(plans("english").stream().map(SongPlan::loudness))
        .containsExactlyElementsOf(plans("bangla").stream().map(SongPlan::loudness).toList());
  }

  @Test
  void namesTheSongsThatBorrowTheOtherLanguagesInstruments() {
    assertThat(composer.borderTitles())
        .containsExactly(
            "River Road Raga", "The Long Way to Town", "শহরের বৃষ্টি", "শেষ ট্রামের আলো");
  }

  /** One song of each style and each lead. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6, 12, 13, 19, 20, 21, 27, 33, 39})
  void playsEachStyle(int index) {
    SongPlan plan = composer.plan(index);

    ComposedSong song = composer.compose(index);

    assertThat(song.sampleRate()).isEqualTo(44_100);
    assertThat(song.channels()).hasNumberOfRows(2);
    float[] left = song.channels()[0];
    float[] right = song.channels()[1];
    assertThat(left).hasSameSizeAs(right);
    double seconds = left.length / 44_100.0;
    assertThat(seconds).isBetween(38.0, 50.0).isCloseTo(plan.seconds(), within(0.001));
    assertThat(Math.max(peak(left), peak(right))).isBetween(0.2f, 0.97f);
    assertThat(Math.abs(mean(left))).isLessThan(0.005);
    assertThat(Arrays.equals(left, right)).as("stereo").isFalse();

    LoudnessMeter meter = new LoudnessMeter(44_100);
    int middle = left.length / 2;
    float[] window = new float[30 * 44_100];
    for (int i = 0; i < window.length; i++) {
      int at = middle - window.length / 2 + i;
      window[i] = (left[at] + right[at]) / 2;
    }
    assertThat(meter.integrated(window)).isCloseTo(plan.loudness(), within(0.1));
    for (int second = -15; second < 15; second += 5) {
      float[] part =
          Arrays.copyOfRange(left, middle + second * 44_100, middle + (second + 5) * 44_100);
      assertThat(meter.integrated(part)).as("from %d s", second).isGreaterThan(-35);
    }
  }

  @Test
  void playsTheSameFromTheSameSeedAndAnotherFromAnother() {
    ComposedSong song = composer.compose(37);

    assertThat(new Composer(7).compose(37).channels()).isDeepEqualTo(song.channels());
    assertThat(new Composer(8).compose(37).channels()[0]).isNotEqualTo(song.channels()[0]);
  }

  /** So that a song of one collection is the same song in another. */
  @Test
  void playsTheSameAfterOtherSongs() {
    ComposedSong alone = new Composer(7).compose(4);
    composer.compose(37);

    assertThat(composer.compose(4).channels()).isDeepEqualTo(alone.channels());
  }

  private List<SongPlan> plans(String language) {
    return IntStream.range(0, composer.count())
        .mapToObj(composer::plan)
        .filter(plan -> plan.language().equals(language))
        .toList();
  }

  private static <T> int distinct(List<SongPlan> plans, Function<SongPlan, T> property) {
    Set<T> values = new HashSet<>();
    plans.forEach(plan -> values.add(property.apply(plan)));
    return values.size();
  }

  private static float peak(float[] samples) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  private static double mean(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample;
    }
    return sum / samples.length;
  }
}
