package org.surmala.search;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.gcardone.junidecode.Junidecode;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.jspecify.annotations.Nullable;
import org.surmala.io.SongTitle;

/**
 * Finds songs by typed text: a path or the end of one, with or without extension, a title with or
 * without artist, the start of an id, or a part of a title. Case, accents and Unicode normalisation
 * do not matter, except in a path with extension.
 */
public final class SongFinder {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,64}");
  // Accents of Latin, Greek and Cyrillic letters. The vowel signs of Indic scripts are not accents.
  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]+");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  /** Junidecode's spelling of long vowels. */
  private static final Pattern LONG_VOWEL = Pattern.compile("([aeiou])\\1");

  private static final double LEAST_WORD_SIMILARITY = 0.85;
  private static final double LEAST_TITLE_SIMILARITY = 0.92;

  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

  private final List<KnownSong> songs;
  private @Nullable List<List<Spelling>> spellings;

  /** A finder among these songs. */
  public SongFinder(List<KnownSong> songs) {
    this.songs = List.copyOf(songs);
  }

  /**
   * Indices of the songs that match a text, ascending. The first rule with a match applies: the
   * whole path; the end of a path; the whole title, or artist - title; the path or its end without
   * the extension; the start of the id, with four digits or more; a part of artist - title.
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
   * Indices of the songs that resemble a misspelt text, best first, then ascending. Words are
   * compared by the Jaro–Winkler similarity (Winkler 1990), from 0 to 1. A song matches if each
   * word of the text resembles a word of artist - title (0.85 or more), scored by the mean; or if
   * the whole text, without blanks and punctuation, resembles the title or artist - title (0.92 or
   * more). Names in different scripts are compared in Latin letters.
   *
   * @param count maximum number
   */
  public List<Integer> suggest(String text, int count) {
    List<Spelling> typed = Spelling.of(text, text);
    if (typed.get(0).words().isEmpty()) {
      return List.of();
    }
    List<List<Spelling>> known = spellings();
    double[] likeness = known.stream().mapToDouble(song -> likeness(typed, song)).toArray();
    return IntStream.range(0, songs.size())
        .filter(song -> likeness[song] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble(song -> -likeness[song]))
        .limit(count)
        .toList();
  }

  /** At most {@code count} results of {@link #find}, followed by those of {@link #suggest}. */
  public List<Integer> search(String text, int count) {
    Set<Integer> found = new LinkedHashSet<>(find(text));
    found.addAll(suggest(text, count));
    return found.stream().limit(count).toList();
  }

  /** The spellings of every song, computed at the first call. */
  private synchronized List<List<Spelling>> spellings() {
    List<List<Spelling>> known = spellings;
    if (known == null) {
      known = songs.stream().map(song -> Spelling.of(song.title(), song.name())).toList();
      spellings = known;
    }
    return known;
  }

  /**
   * A name in one script, folded.
   *
   * @param words words of artist - title
   * @param title title without blanks and punctuation
   * @param name artist and title without blanks and punctuation
   */
  private record Spelling(List<String> words, String title, String name) {
    /** The original spelling and, if different, the spelling in Latin letters. */
    static List<Spelling> of(String title, String name) {
      Spelling own = folded(title, name);
      Spelling latin = folded(latin(title), latin(name));
      return own.equals(latin) ? List.of(own) : List.of(own, latin);
    }

    /** Latin letters as people type them: {@code amar} instead of Junidecode's {@code aamaar}. */
    private static String latin(String text) {
      String latin = Junidecode.unidecode(text);
      return latin.equals(text) ? text : LONG_VOWEL.matcher(latin).replaceAll("$1");
    }

    private static Spelling folded(String title, String name) {
      List<String> words = SongFinder.words(name);
      return new Spelling(words, String.join("", SongFinder.words(title)), String.join("", words));
    }
  }

  /** The names that resemble a misspelt text, best first, by the same measure. */
  static List<String> alike(String text, List<String> names, int count) {
    List<Spelling> typed = Spelling.of(text, text);
    if (typed.get(0).words().isEmpty()) {
      return List.of();
    }
    return names.stream()
        .filter(name -> likeness(typed, Spelling.of(name, name)) > 0)
        .sorted(Comparator.comparingDouble(name -> -likeness(typed, Spelling.of(name, name))))
        .limit(count)
        .toList();
  }

  /** The similarity of text and name in the script where it is highest. */
  private static double likeness(List<Spelling> typed, List<Spelling> song) {
    double best = likeness(typed.get(0), song.get(0));
    if (typed.size() > 1 || song.size() > 1) {
      best = Math.max(best, likeness(typed.get(typed.size() - 1), song.get(song.size() - 1)));
    }
    return best;
  }

  /** The similarity of two names; 0 if it is too low. */
  private static double likeness(Spelling typed, Spelling song) {
    double sum = 0;
    for (String word : typed.words()) {
      double best = 0;
      for (String other : song.words()) {
        best = Math.max(best, similarity(word, other));
      }
      if (best < LEAST_WORD_SIMILARITY) {
        sum = Double.NEGATIVE_INFINITY;
        break;
      }
      sum += best;
    }
    double words = Math.max(0, sum / typed.words().size());
    double title =
        Math.max(similarity(typed.name(), song.title()), similarity(typed.name(), song.name()));
    return Math.max(words, title < LEAST_TITLE_SIMILARITY ? 0 : title);
  }

  private static double similarity(String one, String other) {
    return SIMILARITY.apply(one, other);
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
