package org.surmala.search;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds songs by what a person types: a path or the end of one, a title with or without its artist,
 * the beginning of an id, or a part of a title. Case, accents and Unicode's ways of writing the
 * same letter do not matter.
 */
public final class SongFinder {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{4,64}");
  // Of Latin, Greek and Cyrillic letters. The vowel signs of Indic scripts are no accents.
  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]+");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final List<KnownSong> songs;

  /** A finder among these songs. */
  public SongFinder(List<KnownSong> songs) {
    this.songs = List.copyOf(songs);
  }

  /**
   * The songs that a text may mean, by their numbers, ascending. The first of these ways that finds
   * any is taken: the whole path; the end of a path; the whole title, or artist - title; the
   * beginning of the id, of four digits or more; a part of artist - title.
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

  private static String folded(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    String plain = ACCENTS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
    return SPACES.matcher(plain).replaceAll(" ").strip();
  }
}
