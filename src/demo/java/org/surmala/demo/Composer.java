package org.surmala.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Composes forty songs, twenty in an English-pop manner and twenty in a Bangla manner, and plays
 * them on instruments that are synthesised here. They are exercises in style and not recordings:
 * nothing that is measured on them holds for real music.
 *
 * <p>No two songs of a language share their tempo, or their key and mode; each has another
 * combination of style and lead. Two Bangla songs use guitar chords and a drum kit, and two English
 * ones have a sitar over a drone or a harmonium in the lead: these four lie near the border.
 *
 * <p>Length and loudness depend on a song's number within its language only: neither tells the
 * language.
 *
 * <p>The same seed gives the same samples on every Java platform. Immutable and safe for use by
 * many threads.
 */
public final class Composer {
  private static final int OF_EACH = 20;
  private static final double MIN_SECONDS = 38;
  private static final double MAX_SECONDS = 50;
  private static final double MIN_LOUDNESS = -20;
  private static final double MAX_LOUDNESS = -16;

  /** The golden section spreads any number of points evenly over a range. */
  private static final double GOLDEN = 0.6180339887498949;

  private final List<SongPlan> plans;

  /**
   * @param seed of all that is not given by a song's number: melodies, lyrics, who plays how
   */
  public Composer(long seed) {
    Random random = new Random(seed);
    List<SongPlan> all = new ArrayList<>();
    for (int i = 0; i < OF_EACH; i++) {
      all.add(english(i, all, random));
    }
    for (int i = 0; i < OF_EACH; i++) {
      all.add(bangla(i, all, random));
    }
    this.plans = List.copyOf(all);
  }

  /** How many songs there are. */
  public int count() {
    return plans.size();
  }

  /**
   * The language of a song: english or bangla.
   *
   * @param index 0 to {@link #count} - 1
   */
  public String language(int index) {
    return plans.get(index).language();
  }

  /** The title of a song, in its own script. */
  public String title(int index) {
    return plans.get(index).title();
  }

  /** The titles of the songs that lie near the border between the languages. */
  public List<String> borderTitles() {
    return plans.stream().filter(SongPlan::border).map(SongPlan::title).toList();
  }

  /** Composes and plays a song; takes about a second of one core. */
  public ComposedSong compose(int index) {
    SongPlan plan = plans.get(index);
    float[][] channels =
        plan.language().equals("english") ? PopSong.play(plan) : BanglaSong.play(plan);
    return new ComposedSong(plan.title(), plan.artist(), plan.lyrics(), channels, Sound.RATE);
  }

  /** What was decided of a song beforehand. */
  SongPlan plan(int index) {
    return plans.get(index);
  }

  private static SongPlan english(int i, List<SongPlan> before, Random random) {
    PopStyle[] styles = PopStyle.values();
    PopStyle style = styles[i % styles.length];
    String title = DemoWords.ENGLISH_TITLES.get(i);
    Lead lead = style.lead(i / styles.length);
    return new SongPlan(
        "english",
        title,
        DemoWords.ENGLISH_ARTISTS.get(i % DemoWords.ENGLISH_ARTISTS.size()),
        lyrics(title, DemoWords.ENGLISH_LINES, random),
        seconds(i),
        unusedTempo("english", style.tempo(share(i)), before),
        48 + i * 7 % 12,
        (i % 3 == 1) == (i < 12) ? "minor" : "major",
        style.name(),
        lead,
        loudness(i),
        lead == Lead.SITAR || lead == Lead.HARMONIUM,
        random.nextLong());
  }

  private static SongPlan bangla(int i, List<SongPlan> before, Random random) {
    BanglaStyle style = BanglaStyle.of(i);
    String title = DemoWords.BANGLA_TITLES.get(i);
    Raga[] ragas = Raga.values();
    return new SongPlan(
        "bangla",
        title,
        DemoWords.BANGLA_ARTISTS.get(i % DemoWords.BANGLA_ARTISTS.size()),
        lyrics(title, DemoWords.BANGLA_LINES, random),
        seconds(i),
        unusedTempo("bangla", style.tempo(share(i)), before),
        48 + (i * 5 + i / 12) % 12,
        ragas[i % ragas.length].name(),
        style.name(),
        style.lead(i / 4),
        loudness(i),
        style == BanglaStyle.ADHUNIK,
        random.nextLong());
  }

  private static double share(int i) {
    return (i + 1) * GOLDEN % 1;
  }

  private static double seconds(int i) {
    return MIN_SECONDS + (MAX_SECONDS - MIN_SECONDS) * share(i);
  }

  private static double loudness(int i) {
    return MIN_LOUDNESS + (MAX_LOUDNESS - MIN_LOUDNESS) * share(OF_EACH + i);
  }

  private static int unusedTempo(String language, int wanted, List<SongPlan> before) {
    Set<Integer> used = new HashSet<>();
    for (SongPlan plan : before) {
      if (plan.language().equals(language)) {
        used.add(plan.tempo());
      }
    }
    int tempo = wanted;
    while (used.contains(tempo)) {
      tempo++;
    }
    return tempo;
  }

  /** Two verses of four lines, each closed by the title. */
  private static String lyrics(String title, List<String> lines, Random random) {
    List<String> left = new ArrayList<>(lines);
    List<String> verses = new ArrayList<>();
    for (int verse = 0; verse < 2; verse++) {
      List<String> sung = new ArrayList<>();
      for (int line = 0; line < 4; line++) {
        sung.add(left.remove(random.nextInt(left.size())));
      }
      sung.add(title);
      verses.add(String.join("\n", sung));
    }
    return String.join("\n\n", verses);
  }
}
