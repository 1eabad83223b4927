package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.io.SongTitle;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SongRef;

/** Playlists as players read them: one line a song, by a path that leads to it. */
final class PlaylistsTest {
  @TempDir Path folder;

  @BeforeAll
  static void registerFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private static ReportedSong song(String uri, String title, @Nullable String artist) {
    SongRef ref =
        SongRef.newBuilder()
            .setId("0".repeat(64))
            .setUri(uri)
            .setFilepath(uri)
            .setTitle(title)
            .setArtist(artist)
            .setSize(1)
            .setModified(1)
            .build();
    AudioInfo info =
        AudioInfo.newBuilder()
            .setDurationSeconds(181.6)
            .setSampleRate(44_100)
            .setChannels(2)
            .setCodec("mp3")
            .setBitRate(0)
            .build();
    return new ReportedSong(ref, info, SongTitle.Source.TAGS, -14, null, null);
  }

  @Test
  void givenNamesOfEveryKind_whenWritten_thenEachSongIsTwoLinesThatResolve() {
    List<ReportedSong> songs =
        List.of(
            song("/music/bangla/আমার গান.mp3", "আমার গান", "শিল্পী"),
            song("/music/AC\\DC.mp3", "AC", null),
            song("/music/b, \"q\".mp3", "Two\nlines", null),
            song("/results/playlists/#1 hit.mp3", "#1", null),
            song("/music/broken\nname.mp3", "x", null),
            song("s3://bucket/far.mp3", "far", null));

    assertThat(M3u.text("A", "/results/playlists/", songs).lines())
        .containsExactly(
            "#EXTM3U",
            "#PLAYLIST:A",
            "#EXTINF:182,শিল্পী - আমার গান",
            "../../music/bangla/আমার গান.mp3",
            "#EXTINF:182,AC",
            "../../music/AC\\DC.mp3",
            "#EXTINF:182,Two lines",
            "../../music/b, \"q\".mp3",
            "#EXTINF:182,#1",
            "./#1 hit.mp3",
            "#EXTINF:182,x",
            "file:///music/broken%0Aname.mp3",
            "#EXTINF:182,far",
            "s3://bucket/far.mp3");
  }

  @Test
  void givenClusters_whenWritten_thenEachHasItsCoreFirstAndForeignFilesStay() throws IOException {
    SyntheticRun run = new SyntheticRun(30, 3, 2, 1);
    ReportOptions options =
        new ReportOptions(folder + "/results/", folder + "/data/", "vae", "kmeans", 1);
    Path playlists = Files.createDirectories(folder.resolve("results/playlists"));
    Files.writeString(playlists.resolve("D.m3u8"), "#EXTM3U\n#SURMALA:CLUSTER\n#PLAYLIST:D\n");
    Files.writeString(playlists.resolve("my own.m3u8"), "#EXTM3U\n#PLAYLIST:mine\n");
    List<ReportedSong> songs =
        IntStream.range(0, 30)
            .mapToObj(i -> ReportedSong.of(run.refs().get(i), run.audio().get(i)))
            .toList();
    Path groups = Files.createDirectories(playlists.resolve(SyntheticRun.NAMES[0]));
    Files.writeString(groups.resolve("gone.m3u8"), "#EXTM3U\n#SURMALA:CLUSTER\n#PLAYLIST:gone\n");
    Files.writeString(groups.resolve("my own.m3u8"), "#EXTM3U\n#PLAYLIST:mine\n");
    ClusterNames names = ClusterNames.of(options, List.of(SyntheticFindings.of(run)));
    Playlists.write(
        options, songs, run.assignments(), names, EditedClusters.none(run.assignments(), names));

    assertThat(playlists)
        .isDirectoryNotContaining("glob:**D.m3u8")
        .isDirectoryContaining("glob:**my own.m3u8");
    // A cluster that is one group has no second playlist of the same songs.
    assertThat(playlists.resolve(SyntheticRun.NAMES[1])).doesNotExist();
    try (Stream<Path> files = Files.list(groups)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("busy.m3u8", "slow; like AC_DC.m3u8", "my own.m3u8");
    }
    List<String> second = Files.readAllLines(groups.resolve("slow; like AC_DC.m3u8"));
    assertThat(second.get(2)).isEqualTo("#PLAYLIST:slow; like AC/DC");
    List<String> expectedOfGroup =
        run.assignments().stream()
            .filter(a -> a.getCluster() == 0 && Objects.equals(a.getGroup(), 2))
            .sorted(Comparator.comparing(a -> Objects.requireNonNull(a.getGroupDistance())))
            .map(a -> Integer.parseInt(a.getId().substring(58), 16) - 0xabc000 + ".mp3")
            .toList();
    assertThat(second.stream().filter(line -> !line.startsWith("#")))
        .hasSameSizeAs(expectedOfGroup)
        .allMatch(line -> line.startsWith("../../"));
    for (int i = 0; i < expectedOfGroup.size(); i++) {
      assertThat(second.get(4 + 2 * i)).endsWith("/" + expectedOfGroup.get(i));
    }
    List<String> lines = Files.readAllLines(playlists.resolve("dark, slow, quiet.m3u8"));
    List<String> expected =
        run.assignments().stream()
            .filter(a -> a.getCluster() == 1)
            .sorted(Comparator.comparing(a -> a.getDistance()))
            .map(a -> Integer.parseInt(a.getId().substring(58), 16) - 0xabc000 + ".mp3")
            .toList();
    assertThat(lines.stream().filter(line -> !line.startsWith("#")))
        .hasSameSizeAs(expected)
        .allMatch(line -> line.startsWith("../"));
    for (int i = 0; i < expected.size(); i++) {
      assertThat(lines.get(4 + 2 * i)).endsWith("/" + expected.get(i));
    }
  }
}
