package org.surmala.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
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
import org.surmala.report.StoredVersions;
import org.surmala.schema.SegmentFeatures;
import org.surmala.words.Noun;

/** Searches the results of a run, without running a pipeline. */
public final class SongLookup {
  private final String results;
  private final String data;
  private final MappedSongs mapped;
  private final Noun noun;

  private final int[] versions;
  private @Nullable CollectionTraits traits;

  private SongLookup(String results, String data, MappedSongs mapped, int[] versions, Noun noun) {
    this.results = results;
    this.data = data;
    this.mapped = mapped;
    this.versions = versions;
    this.noun = noun;
  }

  /**
   * A song of a query.
   *
   * @param song its index in the collection; empty for a song outside it
   * @param features features of a song outside the collection; else null
   */
  public record Asked(
      String name, OptionalInt song, SongPoint point, @Nullable SegmentFeatures features) {
    private boolean isNot(int other) {
      return song.isEmpty() || other != song.getAsInt();
    }
  }

  /** A song of an answer, with its Euclidean distance to the query in units of the latent space. */
  public record Similar(KnownSong song, double distance) {}

  /**
   * Opens the results of a run.
   *
   * @param data its data folder; paths of songs are relative to it
   * @throws UsageException if there are none
   * @throws IOException if they cannot be read
   */
  public static SongLookup open(String results, String data) throws IOException {
    String folder = state(PathText.folder(results));
    String dataFolder = PathText.folder(data);
    MappedSongs mapped = MappedSongs.read(folder, dataFolder);
    return new SongLookup(
        folder,
        dataFolder,
        mapped,
        StoredVersions.read(folder, mapped.songs().stream().map(KnownSong::id).toList()),
        RunManifest.noun(folder));
  }

  /** The folder of the current snapshot, so that all files of a watch's results match. */
  private static String state(String results) throws IOException {
    Path current =
        RemoteFiles.isRemote(results) ? null : Snapshots.current(PathText.toPath(results));
    return current == null ? results : PathText.folder(current);
  }

  /** The noun for what was clustered. */
  public Noun noun() {
    return noun;
  }

  /** The songs with their embeddings. */
  public MappedSongs mapped() {
    return mapped;
  }

  /** The songs of the collection, by index. */
  public List<KnownSong> songs() {
    return mapped.songs();
  }

  /**
   * Finds a song by text: an audio file, in the collection or outside it, or a song of the
   * collection by path, title or id ({@link SongFinder}).
   *
   * @throws UsageException if there is none, or more than one; the message lists these
   * @throws IOException if a song outside the collection cannot be read
   */
  public Asked ask(String text) throws IOException {
    return new SongResolver(this, results, data).resolve(text);
  }

  /** A song of the collection. */
  public Asked asked(int song) {
    return new Asked(
        songs().get(song).name(), OptionalInt.of(song), mapped.index().point(song), null);
  }

  /**
   * The songs most similar to the seeds, without the seeds and their versions; with anti-seeds,
   * ranked by {@link AntiSeeds}.
   *
   * @param count maximum number of songs
   * @param diverse whether the answers should differ from one another ({@link MarginalRelevance})
   * @throws UsageException if a rule is invalid, or leaves no song
   */
  public List<Similar> similar(SimilarQuery query, int count, boolean diverse, SongRules rules)
      throws IOException {
    SongSelection selection = selection(rules);
    List<double[]> avoided = query.avoided().stream().map(asked -> asked.point().latent()).toList();
    int most = Math.min(count, songs().size());
    boolean ranksMore = diverse || !avoided.isEmpty();
    for (int pool = ranksMore ? MarginalRelevance.CANDIDATES * most : most; ; pool *= 2) {
      List<RankedSong> nearest =
          mapped
              .index()
              .nearest(query.point(), song -> !query.has(song) && selection.wants(song), pool);
      SongQuota quota = selection.quota();
      IntStream.range(0, songs().size()).filter(query::has).forEach(quota::leaveOut);
      List<RankedSong> allowed =
          AntiSeeds.rank(mapped.index(), nearest, avoided).stream()
              .filter(song -> quota.take(song.song()))
              .toList();
      if (allowed.size() >= most || nearest.size() < pool) {
        return (diverse ? MarginalRelevance.choose(mapped.index(), allowed, count) : allowed)
            .stream()
                .limit(count)
                .map(song -> new Similar(songs().get(song.song()), song.distance()))
                .toList();
      }
    }
  }

  /**
   * For each answer the words that it shares with the mean features of the seeds.
   *
   * @throws UsageException if the results are of a feature table
   */
  public List<List<String>> sharedTraits(SimilarQuery query, List<Similar> answers)
      throws IOException {
    CollectionTraits traits = traits();
    List<double[]> seeds = new ArrayList<>();
    for (Asked seed : query.seeds()) {
      SegmentFeatures features = seed.features();
      double[] row =
          features == null
              ? traits.row(songs().get(seed.song().getAsInt()).id())
              : CollectionTraits.row(features);
      if (row != null) {
        seeds.add(row);
      }
    }
    return answers.stream()
        .map(
            answer ->
                seeds.isEmpty()
                    ? List.<String>of()
                    : traits.shared(answer.song().id(), SimilarQuery.mean(seeds)))
        .toList();
  }

  /** Read at the first call, since it takes time. */
  private synchronized CollectionTraits traits() throws IOException {
    CollectionTraits known = traits;
    if (known == null) {
      known = CollectionTraits.read(results, data, songs());
      traits = known;
    }
    return known;
  }

  /** The artists or the albums of the collection. */
  public SongGroups groups(SongGroups.Kind kind) {
    return new SongGroups(kind, songs(), mapped.index());
  }

  /**
   * The core of a cluster, songs nearest to its centre first.
   *
   * @throws UsageException if there is no such cluster, or a rule is invalid
   */
  public List<KnownSong> core(String cluster, PlaylistRules rules) throws IOException {
    if (songs().stream().noneMatch(song -> song.isIn(cluster) || song.group(cluster).isPresent())) {
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
    return numbered(playlist(rules).core(cluster), rules, false);
  }

  /** The song itself, if it is in the collection, and similar songs. */
  public List<KnownSong> like(Asked asked, PlaylistRules rules) throws IOException {
    List<Integer> first = asked.song().stream().boxed().toList();
    return numbered(playlist(rules).like(asked.point(), asked::isNot, first), rules, false);
  }

  /**
   * A smooth path from one song of the collection to another.
   *
   * @throws UsageException if one is not in the collection, or both are the same song
   */
  public List<KnownSong> between(Asked from, Asked to, PlaylistRules rules) throws IOException {
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
    return numbered(
        playlist(rules).between(from.song().getAsInt(), to.song().getAsInt()), rules, true);
  }

  private SongSelection selection(SongRules rules) throws IOException {
    SongSelection selection =
        SongSelection.of(rules, songs(), versions, () -> SongColumns.read(results, data, songs()));
    selection.requireAny(noun.toString());
    return selection;
  }

  private Playlist playlist(PlaylistRules rules) throws IOException {
    String weight = rules.weight();
    List<@Nullable Double> values =
        weight == null
            ? Collections.nCopies(songs().size(), null)
            : SongColumns.read(results, data, songs()).numbers("--weight", weight);
    return new Playlist(
        songs(),
        mapped.index(),
        selection(rules.songs()),
        rules,
        SongCosts.of(values, rules.seed()));
  }

  private List<KnownSong> numbered(
      List<Integer> numbers, PlaylistRules rules, boolean endsWithLast) {
    List<KnownSong> numbered = numbers.stream().map(songs()::get).toList();
    return rules.harmonic() ? HarmonicOrder.of(numbered, endsWithLast) : numbered;
  }

  /** The text of a playlist with absolute paths. */
  public String m3u(String title, List<KnownSong> songs) throws IOException {
    return M3u.text(title, null, reported(songs));
  }

  private List<ReportedSong> reported(List<KnownSong> songs) throws IOException {
    RunManifest.requireSongs(results, "playlists cannot play them");
    Map<String, ReportedSong> reported = ReportedSongs.read(results);
    List<ReportedSong> listed = new ArrayList<>();
    for (KnownSong song : songs) {
      listed.add(
          Objects.requireNonNull(
              reported.get(song.id()), () -> "records/ has no song " + song.id() + "; run again"));
    }
    return listed;
  }

  /** Writes a playlist with paths relative to it, replacing an existing file. */
  public void writeM3u(String title, List<KnownSong> songs, Path file) throws IOException {
    byte[] playlist =
        M3u.text(title, folder(file), reported(songs)).getBytes(StandardCharsets.UTF_8);
    WholeFile.sweep(folder(file), file.getFileName().toString());
    WholeFile.write(folder(file), file.getFileName().toString(), out -> out.write(playlist));
  }

  private static String folder(Path file) {
    return PathText.folder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }
}
