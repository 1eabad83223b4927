package org.surmala.search;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.surmala.io.SongTitle;

/**
 * Finds songs by what a person types: a path or the end of one, with or without its extension, a
 * title with or without its artist, the beginning of an id, or a part of a title. Case, accents and
 * Unicode's ways of writing the same letter do not matter; in a path with its extension they do.
 */
public final class SongFinder {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,64}");
  // Of Latin, Greek and Cyrillic letters. The vowel signs of Indic scripts are no accents.
  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]+");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final double LEAST_WORD_SIMILARITY = 0.85;
  private static final double LEAST_TITLE_SIMILARITY = 0.92;

  private final List<KnownSong> songs;

  /** A finder among these songs. */
  public SongFinder(List<KnownSong> songs) {
    this.songs = List.copyOf(songs);
  }

  /**
   * The songs that a text may mean, by their numbers, ascending. The first of these ways that finds
   * any is taken: the whole path; the end of a path; the whole title, or artist - title; the path
   * or its end without the extension; the beginning of the id, of four digits or more; a part of
   * artist - title.
   */
  public List<Integer> find(String text) {
    String path = text.strip().replace('\\', '/');
    String name = folded(text);
    String digits = text.strip().toLowerCase(Locale.ROOT);
    List<Predicate<KnownSong>> ways =
        List.of(
            song -> song.filepath().equals(path),
            song -> song.filepath().endsWith("/" + path),
            song -> folded(song.title()).equals(name) || folded(song.name()).equals(name),
            song -> ("/" + folded(withoutExtension(song))).endsWith("/" + name),
            song -> ID.matcher(digits).matches() && song.id().startsWith(digits),
            song -> !name.isEmpty() && folded(song.name()).contains(name));
    for (Predicate<KnownSong> way : ways) {
      List<Integer> found =
          IntStream.range(0, songs.size()).filter(i -> way.test(songs.get(i))).boxed().toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /**
   * The songs that a misspelt text may mean, by their numbers, the likeliest first, then ascending.
   * Words are compared by the Jaro–Winkler similarity (Winkler 1990), from 0 to 1. A song counts if
   * each word of the text is like some word of artist - title (0.85 or more), by their mean; or if
   * the whole text, without blanks and punctuation, is like the title or artist - title (0.92 or
   * more).
   *
   * @param count how many at most
   */
  public List<Integer> suggest(String text, int count) {
    List<String> typed = words(text);
    double[] likeness =
        songs.stream().mapToDouble(song -> likeness(typed, song.title(), song.name())).toArray();
    return IntStream.range(0, songs.size())
        .filter(song -> likeness[song] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(song -> -likeness[song]))
        .limit(count)
        .toList();
  }

  /** The names that a misspelt text may mean, the likeliest first, by the same measure. */
  static List<String> alike(String text, List<String> names, int count) {
    List<String> typed = words(text);
    return names.stream()
        .filter(name -> likeness(typed, name, name) > 0)
        .sorted(Comparator.comparingDouble(name -> -likeness(typed, name, name)))
        .limit(count)
        .toList();
  }

  /** How alike the text and a song's title or artist - title are; 0 when they are not. */
  private static double likeness(List<String> typed, String title, String artistAndTitle) {
    if (typed.isEmpty()) {
      return 0;
    }
    List<String> name = words(artistAndTitle);
    double sum = 0;
    for (String word : typed) {
      double best = name.stream().mapToDouble(other -> similarity(word, other)).max().orElse(0);
      sum = best < LEAST_WORD_SIMILARITY ? Double.NEGATIVE_INFINITY : sum + best;
    }
    String whole = String.join("", typed);
    double likest =
        Math.max(
            similarity(whole, String.join("", words(title))),
            similarity(whole, String.join("", name)));
    return Math.max(Math.max(0, sum / typed.size()), likest < LEAST_TITLE_SIMILARITY ? 0 : likest);
  }

  private static double similarity(String one, String other) {
    return new JaroWinklerSimilarity().apply(one, other);
  }

  private static List<String> words(String text) {
    return WORD.matcher(folded(text)).results().map(MatchResult::group).toList();
  }

  private static String withoutExtension(KnownSong song) {
    String path = song.filepath();
    return path.substring(0, path.lastIndexOf('/') + 1) + SongTitle.stem(path);
  }

  static String folded(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    String plain = ACCENTS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
    return SPACES.matcher(plain).replaceAll(" ").strip();
  }
}
