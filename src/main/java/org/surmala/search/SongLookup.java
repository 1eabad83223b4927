package org.surmala.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.io.Snapshots;
import org.surmala.io.WholeFile;
import org.surmala.pipeline.RunManifest;
import org.surmala.report.M3u;
import org.surmala.report.ReportedSong;
import org.surmala.report.ReportedSongs;
import org.surmala.report.SongPoint;
import org.surmala.words.Noun;

/** Searches the results of a run, without running a pipeline. */
public final class SongLookup {
  private static final int MOST_CANDIDATES = 10;

  private final String results;
  private final Path data;
  private final MappedSongs mapped;
  private final Noun noun;

  private SongLookup(String results, Path data, MappedSongs mapped, Noun noun) {
    this.results = results;
    this.data = data;
    this.mapped = mapped;
    this.noun = noun;
  }

  /**
   * A song that was asked about.
   *
   * @param name as people know it
   * @param song its number in the collection; none for a song outside it
   * @param point under the model
   */
  public record Asked(String name, OptionalInt song, SongPoint point) {
    private boolean isNot(int other) {
      return song.isEmpty() || other != song.getAsInt();
    }
  }

  /**
   * A song that answers.
   *
   * @param distance to the song that was asked about, Euclidean, in the latent's units
   */
  public record Similar(KnownSong song, double distance) {}

  /**
   * Opens the results of a run.
   *
   * @param results folder of the results
   * @param data its data folder, which paths of songs are relative to
   * @throws UsageException when there are none
   * @throws IOException when they cannot be read
   */
  public static SongLookup open(String results, String data) throws IOException {
    String folder = state(PathText.folder(results));
    return new SongLookup(
        folder, PathText.toPath(data), MappedSongs.read(folder), RunManifest.noun(folder));
  }

  /** Results that a watch keeps change at one moment: all files are read in one state of them. */
  private static String state(String results) throws IOException {
    Path current =
        RemoteFiles.isRemote(results) ? null : Snapshots.current(PathText.toPath(results));
    return current == null ? results : PathText.folder(current);
  }

  /** What was clustered. */
  public Noun noun() {
    return noun;
  }

  /** The songs of the collection, by their numbers. */
  public List<KnownSong> songs() {
    return mapped.songs();
  }

  /**
   * Finds the song that a text means: a file of sound, in the collection or outside it, or a song
   * of the collection by path, title or id, as {@link SongFinder} does.
   *
   * @throws UsageException when there is none, or more than one; the message names these
   * @throws IOException when a song outside the collection cannot be read
   */
  public Asked ask(String text) throws IOException {
    Path file = file(text);
    if (file != null) {
      return ask(file);
    }
    List<Integer> found = new SongFinder(songs()).find(text);
    if (found.isEmpty() && text.indexOf('\uFFFD') >= 0) {
      throw new UsageException(
          "'"
              + text
              + "' is not in UTF-8, and such a file cannot be opened; rename it, or convert its"
              + " folder: convmv -r -f latin1 -t utf8 --notest FOLDER");
    }
    if (found.isEmpty()) {
      throw new UsageException(
          "no "
              + noun
              + " of the collection matches '"
              + text
              + "', and no file has this name; give a part of its title, its path, or a file");
    }
    if (found.size() > 1) {
      throw new UsageException(ambiguous(text, found));
    }
    return asked(found.get(0));
  }

  private Asked ask(Path file) throws IOException {
    // By its path first: a file that was tagged since is still the song.
    OptionalInt known = number(song -> data.resolve(song.filepath()).normalize().equals(file));
    if (known.isEmpty()) {
      RunManifest.requireSongs(results, "a file cannot be compared with them");
      QuerySong outside = QuerySong.of(file);
      known = number(song -> song.id().equals(outside.id()));
      if (known.isEmpty()) {
        return new Asked(
            file.getFileName().toString(), known, outside.point(results, mapped.modelVersion()));
      }
    }
    return asked(known.getAsInt());
  }

  private static @Nullable Path file(String text) {
    try {
      Path file = PathText.toPath(text);
      return Files.isRegularFile(file) ? file : null;
    } catch (IllegalArgumentException titleThatIsNoPath) {
      return null;
    }
  }

  private OptionalInt number(Predicate<KnownSong> is) {
    return IntStream.range(0, songs().size()).filter(i -> is.test(songs().get(i))).findFirst();
  }

  private Asked asked(int song) {
    return new Asked(songs().get(song).name(), OptionalInt.of(song), mapped.places().point(song));
  }

  private String ambiguous(String text, List<Integer> found) {
    StringBuilder message = new StringBuilder();
    message.append(
        "'" + text + "' may be any of " + noun.count(found.size()) + "; give a path or an id:");
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

  /**
   * The songs most like another, without that one.
   *
   * @param count how many at most
   * @param diverse whether they are chosen to be unlike one another: {@link MarginalRelevance}
   */
  public List<Similar> similar(Asked asked, int count, boolean diverse) {
    int candidates = diverse ? count * MarginalRelevance.CANDIDATES : count;
    List<RankedSong> nearest = mapped.places().nearest(asked.point(), asked::isNot, candidates);
    List<RankedSong> chosen =
        diverse ? MarginalRelevance.choose(mapped.places(), nearest, count) : nearest;
    return chosen.stream()
        .map(neighbour -> new Similar(songs().get(neighbour.song()), neighbour.distance()))
        .toList();
  }

  /**
   * A cluster's core, the songs nearest to its centre first.
   *
   * @throws UsageException when there is no such cluster
   */
  public List<KnownSong> core(String cluster, int count) {
    List<Integer> core = playlists().core(cluster, count);
    if (core.isEmpty()) {
      throw new UsageException(
          "--cluster: there is no '"
              + cluster
              + "'; give one of "
              + String.join(
                  "; ",
                  songs().stream()
                      .map(song -> song.mark() + " (" + song.cluster() + ")")
                      .sorted()
                      .distinct()
                      .toList()));
    }
    return numbered(core);
  }

  /** The song itself, where it is in the collection, and those like it, each artist once. */
  public List<KnownSong> like(Asked asked, int count) {
    List<Integer> first = asked.song().stream().boxed().toList();
    return numbered(playlists().like(asked.point(), asked::isNot, first, count));
  }

  /**
   * A smooth way from one song of the collection to another.
   *
   * @throws UsageException when one is not of the collection, or both are one song
   */
  public List<KnownSong> between(Asked from, Asked to, int count) {
    if (from.song().isEmpty() || to.song().isEmpty()) {
      throw new UsageException(
          "--from and --to must be songs of the collection; first run with '"
              + (from.song().isEmpty() ? from : to).name()
              + "' among its songs");
    }
    if (from.song().equals(to.song())) {
      throw new UsageException(
          "--from and --to are the same song, '" + from.name() + "'; give two");
    }
    return numbered(playlists().between(from.song().getAsInt(), to.song().getAsInt(), count));
  }

  private Playlist playlists() {
    return new Playlist(songs(), mapped.places());
  }

  private List<KnownSong> numbered(List<Integer> numbers) {
    return numbers.stream().map(songs()::get).toList();
  }

  /**
   * The text of a playlist.
   *
   * @param file it will be written to; paths are relative to its folder
   */
  public String m3u(String title, List<KnownSong> songs, Path file) throws IOException {
    RunManifest.requireSongs(results, "playlists cannot play them");
    Map<String, ReportedSong> reported = ReportedSongs.read(results);
    List<ReportedSong> listed = new ArrayList<>();
    for (KnownSong song : songs) {
      listed.add(
          Objects.requireNonNull(
              reported.get(song.id()), () -> "records/ has no song " + song.id() + "; run again"));
    }
    return M3u.text(title, folder(file), listed);
  }

  /** Writes a playlist, in place of one that may be there. */
  public void writeM3u(String title, List<KnownSong> songs, Path file) throws IOException {
    byte[] playlist = m3u(title, songs, file).getBytes(StandardCharsets.UTF_8);
    WholeFile.sweep(folder(file), file.getFileName().toString());
    WholeFile.write(folder(file), file.getFileName().toString(), out -> out.write(playlist));
  }

  private static String folder(Path file) {
    return PathText.folder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }
}
