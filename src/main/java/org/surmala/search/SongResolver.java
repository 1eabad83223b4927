package org.surmala.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.io.SongTitle;
import org.surmala.pipeline.RunManifest;
import org.surmala.search.SongLookup.Asked;

/**
 * Finds a song by text, among the songs of a collection and other files.
 *
 * @param results folder of the results, ending in a slash
 * @param data the data folder, ending in a slash; paths of songs are relative to it
 */
record SongResolver(SongLookup lookup, String results, String data) {
  private static final int MOST_CANDIDATES = 10;
  private static final int MOST_SUGGESTED = 3;

  private List<KnownSong> songs() {
    return lookup.songs();
  }

  /**
   * Finds the song: see {@link SongLookup#ask}.
   *
   * @throws UsageException if there is none, or more than one; the message lists these
   * @throws IOException if a song outside the collection cannot be read
   */
  Asked resolve(String text) throws IOException {
    Path file = file(text);
    if (file != null) {
      return ask(file);
    }
    List<Integer> found = new SongFinder(songs()).find(text);
    if (found.isEmpty()) {
      found = withoutExtension(text);
    }
    if (found.isEmpty() && text.indexOf('\uFFFD') >= 0) {
      throw new UsageException(
          "'"
              + text
              + "' is not in UTF-8, and such a file cannot be opened; rename it, or convert its"
              + " folder: convmv -r -f latin1 -t utf8 --notest FOLDER");
    }
    if (found.isEmpty()) {
      throw new UsageException(
          unknown(text, new SongFinder(songs()).suggest(text, MOST_SUGGESTED)));
    }
    if (found.size() > 1) {
      throw new UsageException(ambiguous(text, found));
    }
    return lookup.asked(found.get(0));
  }

  private Asked ask(Path file) throws IOException {
    // By path first: a file whose tags changed since is still the same song.
    OptionalInt known = number(song -> location(song).equals(file.toString()));
    if (known.isEmpty()) {
      RunManifest.requireSongs(results, "a file cannot be compared with them");
      QuerySong outside = QuerySong.of(file);
      known = number(song -> song.id().equals(outside.id()));
      if (known.isEmpty()) {
        QuerySong.Embedded embedded = outside.embed(results, lookup.mapped().modelVersion());
        return new Asked(
            file.getFileName().toString(), known, embedded.point(), embedded.features());
      }
    }
    return lookup.asked(known.getAsInt());
  }

  private static @Nullable Path file(String text) {
    try {
      Path file = PathText.toPath(text);
      return Files.isRegularFile(file) ? file : null;
    } catch (IllegalArgumentException titleThatIsNoPath) {
      return null;
    }
  }

  /** The songs that match a path without the extension. */
  private List<Integer> withoutExtension(String text) {
    Path path;
    try {
      path = PathText.toPath(text);
    } catch (IllegalArgumentException titleThatIsNoPath) {
      return List.of();
    }
    return IntStream.range(0, songs().size())
        .filter(
            i -> {
              String location = location(songs().get(i));
              String folder = location.substring(0, location.lastIndexOf('/') + 1);
              return path.toString().equals(folder + SongTitle.stem(location));
            })
        .boxed()
        .toList();
  }

  private String location(KnownSong song) {
    return PathText.absolute(PathText.beside(data, song.filepath()));
  }

  private OptionalInt number(Predicate<KnownSong> is) {
    return IntStream.range(0, songs().size()).filter(i -> is.test(songs().get(i))).findFirst();
  }

  private String unknown(String text, List<Integer> alike) {
    String message = "no " + lookup.noun() + " of the collection matches '" + text + "'";
    if (alike.isEmpty()) {
      return message + ", and no file has this name; give a part of its title, its path, or a file";
    }
    return message
        + "; did you mean "
        + alike.stream()
            .map(song -> "'" + songs().get(song).name() + "'")
            .distinct()
            .collect(Collectors.joining(" or "))
        + "?";
  }

  private String ambiguous(String text, List<Integer> found) {
    StringBuilder message = new StringBuilder();
    message.append(
        "'%s' may be any of %s; give a path or an id:"
            .formatted(text, lookup.noun().count(found.size())));
    for (int song : found.subList(0, Math.min(MOST_CANDIDATES, found.size()))) {
      KnownSong candidate = songs().get(song);
      message
          .append("\n  ")
          .append(candidate.id(), 0, 8)
          .append("  ")
          .append(candidate.name())
          .append("  ")
          .append(candidate.filepath());
    }
    return found.size() > MOST_CANDIDATES ? message.append("\n  …").toString() : message.toString();
  }
}
