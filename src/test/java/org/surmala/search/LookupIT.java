package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.RunRequest;
import org.surmala.config.UsageException;
import org.surmala.demo.Encoding;
import org.surmala.pipeline.RunOutcome;
import org.surmala.pipeline.SongRun;
import org.surmala.pipeline.TestRuns;
import org.surmala.pipeline.TestSongs;
import org.surmala.search.SongLookup.Asked;
import org.surmala.search.SongLookup.Similar;
import org.surmala.tag.NoteField;
import org.surmala.tag.SongTagging;
import org.surmala.tag.SongTags;
import org.surmala.tag.TagField;
import org.surmala.tag.TagRequest;

/** Songs looked up in, and tagged from, what a real run has left. */
final class LookupIT {
  private static final int SONGS = 24;

  @TempDir private static Path master;
  @TempDir private Path outside;

  @BeforeAll
  static void run() throws IOException {
    TestSongs.write(master.resolve("songs"), 0, SONGS, 8);
    run(master);
  }

  private static RunOutcome run(Path folder) throws IOException {
    RunRequest request =
        TestRuns.request(folder.resolve("songs"), folder, "results", "data", List.of());
    // The model of the map, and what it is measured against: look-ups read no other.
    request.settings().set("models.list", "raw,neighbour_vae");
    request.settings().set("neighbour_vae.epochs", "20");
    return new SongRun(request, progress -> {}).execute();
  }

  private static SongLookup lookup() throws IOException {
    return SongLookup.open(master.resolve("results").toString(), master.resolve("data").toString());
  }

  private static Path file(SongLookup lookup, int song) {
    return master.resolve("data").resolve(lookup.songs().get(song).filepath()).normalize();
  }

  @Test
  void givenASongOfTheCollection_whenAskedByPathTitleOrId_thenItIsFoundWithItsOwnPlace()
      throws IOException {
    SongLookup lookup = lookup();
    for (int song = 0; song < SONGS; song++) {
      KnownSong known = lookup.songs().get(song);

      for (String text :
          List.of(
              file(lookup, song).toString(),
              file(lookup, song).toString().replaceFirst("\\.[a-z0-9]+$", ""),
              known.filepath(),
              known.title(),
              known.id())) {
        assertThat(lookup.ask(text).song()).as(text).hasValue(song);
      }
    }
  }

  @Test
  void givenAPartOfManyTitles_whenAsked_thenTheErrorNamesTheCandidates() throws IOException {
    SongLookup lookup = lookup();

    assertThatThrownBy(() -> lookup.ask("song"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("'song' may be any of 24 songs; give a path or an id:\n  ")
        .hasMessageEndingWith("\n  …")
        .hasMessageContaining("Pluck - Song ");
    assertThatThrownBy(() -> lookup.ask("no such thing"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("no song of the collection matches 'no such thing'");
  }

  @Test
  void givenACopyElsewhere_whenAsked_thenItIsTheSongOfTheCollection() throws IOException {
    SongLookup lookup = lookup();
    Path copy = Files.copy(file(lookup, 5), outside.resolve("another name.bin"));

    assertThat(lookup.ask(copy.toString()).song()).hasValue(5);
  }

  /** Listening, features and model must be those of the run, to the last bit. */
  @Test
  void givenASongOfTheCollection_whenPlacedAsOneOutside_thenItsPlaceIsThatOfTheRun()
      throws IOException {
    SongLookup lookup = lookup();
    String results = master.resolve("results") + "/";
    MappedSongs mapped = MappedSongs.read(results, master.resolve("data") + "/");

    for (int song = 0; song < SONGS; song += 5) {
      double[] place =
          QuerySong.of(file(lookup, song)).embed(results, mapped.modelVersion()).point().latent();

      assertThat(place).isEqualTo(mapped.index().of(song));
    }
  }

  @Test
  void givenASongOutside_whenAsked_thenSongsOfItsKindAreNearest() throws IOException {
    Path file = outside.resolve("new.wav");
    TestSongs.write(file, Encoding.wav(), 1_000, true, 8);

    Asked asked = lookup().ask(file.toString());
    List<Similar> similar = lookup().similar(SimilarQuery.of(asked), 5, false, SongRules.ALL);

    assertThat(asked)
        .extracting(Asked::name, Asked::song)
        .containsExactly("new.wav", OptionalInt.empty());
    assertThat(similar).extracting(found -> found.song().artist()).containsOnly("Pluck");
    // Their order is by mutual proximity, so distances need not ascend.
    assertThat(similar).extracting(Similar::distance).allMatch(distance -> distance > 0);
  }

  @Test
  void givenAFileWithoutSound_whenAsked_thenTheErrorSaysSo() throws IOException {
    Path file = Files.writeString(outside.resolve("x.mp3"), "no sound");

    assertThatThrownBy(() -> lookup().ask(file.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("x.mp3: not_audio: ");
  }

  @Test
  void givenTwoSongs_whenAWayIsWritten_thenThePlaylistHasTheirPaths() throws IOException {
    SongLookup lookup = lookup();
    Path playlist = master.resolve("lists/way.m3u8");

    List<KnownSong> way = lookup.between(lookup.ask("Song 0"), lookup.ask("Song 1"), rules(6));
    lookup.writeM3u("A way", way, playlist);

    List<String> lines = Files.readAllLines(playlist);
    assertThat(lines).startsWith("#EXTM3U", "#PLAYLIST:A way").hasSize(2 + 2 * way.size());
    assertThat(lines.get(2)).isEqualTo("#EXTINF:8,Pluck - Song 0");
    assertThat(lines.get(3)).isEqualTo("../songs/bright/song 000.wav");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("../songs/dark/song 001.wav");
    for (int i = 3; i < lines.size(); i += 2) {
      assertThat(playlist.resolveSibling(lines.get(i))).exists();
    }
  }

  @Test
  void givenAClusterThatIsNot_whenItsCoreIsAsked_thenTheErrorNamesThoseThatAre()
      throws IOException {
    SongLookup lookup = lookup();

    assertThat(lookup.core("A", rules(3)))
        .extracting(KnownSong::mark)
        .containsExactly("A", "A", "A");
    String name = lookup.core("a", rules(1)).get(0).cluster();
    assertThat(lookup.core(name, rules(3))).isEqualTo(lookup.core("A", rules(3)));
    assertThatThrownBy(() -> lookup.core("Q", rules(3)))
        .isInstanceOf(UsageException.class)
        .hasMessageMatching(
            "--cluster: there is no 'Q'; give one of A \\([^()]+\\); B \\([^()]+\\)(; C"
                + " \\([^()]+\\))?");
  }

  @Test
  void givenSeedsAndAnAntiSeed_whenAsked_thenNoneOfThemIsAmongTheAnswers() throws IOException {
    SongLookup lookup = lookup();
    SimilarQuery query =
        new SimilarQuery(
            List.of(lookup.ask("Song 0"), lookup.ask("Song 2")), List.of(lookup.ask("Song 4")));

    List<Similar> similar = lookup.similar(query, SONGS, false, SongRules.ALL);

    assertThat(query.name()).isEqualTo("Pluck - Song 0 + Pluck - Song 2, not Pluck - Song 4");
    assertThat(similar)
        .isNotEmpty()
        .extracting(found -> found.song().title())
        .doesNotContain("Song 0", "Song 2", "Song 4");
    assertThat(lookup.sharedTraits(query, similar))
        .hasSameSizeAs(similar)
        .anyMatch(words -> !words.isEmpty())
        .allMatch(words -> words.size() <= 3);
  }

  @Test
  void givenRules_whenSimilarSongsAreAsked_thenEachMeetsThem() throws IOException {
    SongLookup lookup = lookup();
    SimilarQuery query = SimilarQuery.of(lookup.ask("Song 0"));

    assertThat(
            lookup.similar(
                query,
                SONGS,
                false,
                new SongRules(
                    "language = dark and duration_s in 7..9", List.of(), null, 0, 0, true)))
        .isNotEmpty()
        .allMatch(found -> found.song().filepath().contains("/dark/"));
    assertThat(
            lookup.similar(
                query, SONGS, false, new SongRules(null, List.of("bright/"), null, 0, 0, true)))
        .isNotEmpty()
        .allMatch(found -> found.song().filepath().contains("/dark/"));
    assertThat(
            lookup.similar(query, SONGS, false, new SongRules(null, List.of(), null, 2, 0, true)))
        .hasSize(4); // two of each of the two artists
    assertThatThrownBy(
            () ->
                lookup.similar(
                    query, 3, false, new SongRules("languge = x", List.of(), null, 0, 0, false)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "--where 'languge = x', character 1: there is no column 'languge'; did you mean"
                + " 'language'?");
    assertThatThrownBy(
            () ->
                lookup.similar(
                    query, 3, false, new SongRules("language = x", List.of(), null, 0, 0, false)))
        .isInstanceOf(UsageException.class)
        .hasMessage("no song of the collection meets --where language = x; loosen the condition");
  }

  @Test
  void givenASeed_whenAPathIsAsked_thenItIsAnotherOneButTheSameEachTime() throws IOException {
    SongLookup lookup = lookup();
    Asked from = lookup.ask("Song 0");
    Asked to = lookup.ask("Song 1");

    List<List<KnownSong>> paths = new ArrayList<>();
    for (long seed : new long[] {1, 2, 3, 4, 1}) {
      paths.add(
          lookup.between(
              from, to, new PlaylistRules(SongRules.ALL, 6, null, null, null, seed, false)));
    }

    assertThat(paths.get(4)).isEqualTo(paths.get(0));
    assertThat(paths.subList(0, 4).stream().distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void givenAWeightAndHarmonicOrder_whenAPlaylistIsAsked_thenItHasTheSameSongsInAnotherOrder()
      throws IOException {
    SongLookup lookup = lookup();
    Asked first = lookup.ask("Song 0");

    List<KnownSong> plain =
        lookup.like(
            first, new PlaylistRules(SongRules.ALL, 9, null, 1.1, "duration_s", null, false));
    List<KnownSong> harmonic =
        lookup.like(
            first, new PlaylistRules(SongRules.ALL, 9, null, 1.1, "duration_s", null, true));

    assertThat(plain).hasSize(8); // of 8 seconds each
    assertThat(harmonic).startsWith(plain.get(0)).containsExactlyInAnyOrderElementsOf(plain);
  }

  @Test
  void givenAPlaylistThatIsNoFile_whenWritten_thenItsPathsAreAbsolute() throws IOException {
    SongLookup lookup = lookup();

    String text = lookup.m3u("All", lookup.songs());

    assertThat(text.lines().filter(line -> !line.startsWith("#")).map(Path::of))
        .hasSize(SONGS)
        .allSatisfy(path -> assertThat(path).isAbsolute().exists());
  }

  @Test
  void givenArtists_whenTheNearestAreAsked_thenTheOtherIsFound() throws IOException {
    SongGroups artists = lookup().groups(SongGroups.Kind.ARTIST);

    assertThat(artists.nearest(artists.find("pluck"), 5))
        .singleElement()
        .satisfies(found -> assertThat(found.distance()).isPositive());
  }

  @Test
  void givenFacts_whenTagged_thenTempoKeyAndMoodAreInTheirFields() throws Exception {
    TestRuns.copy(master.resolve("songs"), outside.resolve("songs"));
    run(outside);
    TagField[] facts = {TagField.BPM, TagField.KEY, TagField.MOOD};

    SongTagging.Outcome outcome = tagging(outside, facts).write();

    Map<String, KnownSong> known = new TreeMap<>();
    SongLookup.open(outside.resolve("results").toString(), outside.resolve("data").toString())
        .songs()
        .forEach(song -> known.put(song.filepath(), song));
    for (SongTagging.Change change : outcome.changes()) {
      Path file = outside.resolve("data").resolve(change.song().filepath()).normalize();
      String name = file.toString();
      Map<TagField, String> texts = SongTags.read(file, name.substring(name.lastIndexOf('.') + 1));
      assertThat(texts).as(name).containsAllEntriesOf(change.facts());
      Double bpm = change.song().bpm();
      assertThat(texts.get(TagField.BPM)).isEqualTo(bpm == null ? "" : "" + Math.round(bpm));
    }
    assertThat(outcome.changes()).anyMatch(change -> change.facts().containsKey(TagField.KEY));
    assertThat(outcome.changes()).anyMatch(change -> change.facts().containsKey(TagField.MOOD));
    assertThat(tagging(outside, facts).write().changes()).isEmpty();
  }

  @Test
  void givenNoResults_whenOpened_thenTheErrorSaysWhatToRunFirst() {
    assertThatThrownBy(() -> SongLookup.open(outside.toString(), outside.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("first run: surmala run --songs PATH --results");
  }

  @Test
  void givenAPlan_whenMade_thenNothingIsTouched() throws IOException {
    Map<String, ByteBuffer> before = bytes(master);

    SongTagging.Outcome outcome = tagging(master).plan();

    assertThat(outcome.changes()).hasSize(SONGS - refused(outcome));
    assertThat(bytes(master)).isEqualTo(before);
  }

  /** The tagged files have other hashes; a run that took them for new songs would decode them. */
  @Test
  void givenTaggedSongs_whenRunAgain_thenNothingIsDecodedAndTheResultsAreTheSame()
      throws IOException {
    TestRuns.copy(master.resolve("songs"), outside.resolve("songs"));
    run(outside);
    Map<String, ByteBuffer> originals = bytes(outside.resolve("songs"));
    byte[] assignments = Files.readAllBytes(outside.resolve("results/assignments.csv"));

    SongTagging.Outcome first = tagging(outside).write();
    SongTagging.Outcome second = tagging(outside).write();
    RunOutcome again = run(outside);

    assertThat(first.changes()).hasSize(SONGS - refused(first));
    assertThat(second)
        .isEqualTo(new SongTagging.Outcome(List.of(), first.changes().size(), first.refusals()));
    assertThat(again.decoded()).isZero();
    assertThat(Files.readAllBytes(outside.resolve("results/assignments.csv")))
        .isEqualTo(assignments);
    assertThat(bytes(outside.resolve("songs"))).hasSameSizeAs(originals);

    // As when the process had died after it wrote the catalog, before it renamed the last copies.
    for (Map.Entry<String, ByteBuffer> original : originals.entrySet()) {
      Files.write(outside.resolve("songs").resolve(original.getKey()), original.getValue().array());
    }
    assertThat(run(outside).decoded()).isZero();
  }

  @Test
  void givenASongThatChangedSinceTheRun_whenTagged_thenItIsLeftAlone() throws IOException {
    TestRuns.copy(master.resolve("songs"), outside.resolve("songs"));
    run(outside);
    Path changed = outside.resolve("songs/bright/song 000.wav");
    Files.copy(
        outside.resolve("songs/dark/song 001.wav"), changed, StandardCopyOption.REPLACE_EXISTING);
    byte[] before = Files.readAllBytes(changed);

    SongTagging.Outcome outcome = tagging(outside).write();

    assertThat(Files.readAllBytes(changed)).isEqualTo(before);
    assertThat(outcome.refusals())
        .extracting(refusal -> refusal.song().title() + ": " + refusal.reason())
        .contains("Song 0: the file changed after the run; run again first");
  }

  private static int refused(SongTagging.Outcome outcome) {
    assertThat(outcome.refusals())
        .isNotEmpty()
        .allMatch(refusal -> refusal.song().filepath().endsWith(".opus"))
        .allMatch(refusal -> refusal.reason().equals("Surmala writes no tags to .opus files"));
    return outcome.refusals().size();
  }

  private static SongTagging tagging(Path folder, TagField... facts) {
    return new SongTagging(
        folder.resolve("results").toString(),
        folder.resolve("data").toString(),
        new TagRequest(NoteField.GROUPING, 2, Set.of(facts), false),
        progress -> {});
  }

  private static Map<String, ByteBuffer> bytes(Path folder) throws IOException {
    Map<String, ByteBuffer> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes.put(folder.relativize(file).toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
      }
    }
    return bytes;
  }

  private static PlaylistRules rules(int count) {
    return PlaylistRules.of(SongRules.ALL, count);
  }
}
