package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.Findings;
import org.surmala.schema.MapPoint;
import org.surmala.schema.Neighbour;
import org.surmala.schema.SongNeighbours;
import org.surmala.words.Noun;

/**
 * The page of many synthetic songs, opened from the file system: what it holds is asserted, how
 * long it takes is printed.
 */
final class PageScaleIT {
  private static final int CLUSTERS = 12;
  private static final int NEAREST = 5;

  /** Of a point of 10,000, in pixels, seen from near: 1.9, enlarged 2.2 times. */
  private static final double RADIUS = 1.9 * 2.2;

  @TempDir static Path folder;
  private static Chromium browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Chromium.start(folder);
    browser.size(1400, 900, false);
    browser.theme("light");
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void givenTenThousandSongs_whenOpened_thenEachIsAPointInTheShapeOfItsCluster() throws Exception {
    opens(10_000, 1);
    browser.evaluate("document.getElementById('reset').click()");
    // The largest cluster has circles; from the ninth on, triangles: half the product of base and
    // height.
    assertThat(areaOfPoint(0)).isCloseTo(Math.PI * RADIUS * RADIUS, Offset.offset(3.0));
    assertThat(areaOfPoint(9)).isCloseTo(2.16 * 1.88 / 2 * RADIUS * RADIUS, Offset.offset(3.0));
  }

  @Tag("full")
  @Test
  void givenAHundredThousandSongs_whenOpened_thenEachIsAPoint() throws Exception {
    opens(100_000, 5);
  }

  @Test
  void givenFewerSongsThanBefore_whenWritten_thenNoFileOfTheOldPageIsLeft() throws Exception {
    ReportOptions options = options("shrinking");
    IndexPage.write(options, data(options, 5_001), List.of());
    assertThat(files("shrinking/page"))
        .hasSize(1)
        .allMatch(n -> n.matches("songs-[0-9a-f]{16}.js"));

    IndexPage.write(options, data(options, 5_000), List.of());
    assertThat(files("shrinking/page")).isEmpty();
  }

  @Test
  void givenAFileThatIsGone_whenOpened_thenThePageSaysWhatToDo() throws Exception {
    ReportOptions options = options("incomplete");
    IndexPage.write(options, data(options, 5_001), List.of());
    Files.delete(folder.resolve("incomplete/page/" + files("incomplete/page").get(0)));
    browser.call(
        "Page.navigate", Map.of("url", folder.resolve("incomplete/index.html").toUri().toString()));
    browser.until(
        "/page.songs-[0-9a-f]{16}.js is missing: .* Reload it, or copy the folder too.$/.test("
            + "document.getElementById('loading')?.textContent)");
    browser.forgetErrors();
  }

  private static ReportOptions options(String name) {
    return new ReportOptions(folder + "/" + name + "/", folder + "/data/", "vae", "kmeans", 1);
  }

  private static List<String> files(String name) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(name))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static ReportData data(ReportOptions options, int songs) {
    SyntheticRun run = new SyntheticRun(songs, CLUSTERS, 3, 1);
    List<MapPoint> points = new ArrayList<>();
    List<SongNeighbours> neighbours = new ArrayList<>();
    for (int i = 0; i < songs; i++) {
      int song = i;
      List<Float> vector = run.embeddings().get(2 * i).getVector();
      points.add(new MapPoint(SyntheticRun.id(i), (double) vector.get(0), (double) vector.get(1)));
      neighbours.add(
          new SongNeighbours(
              SyntheticRun.id(i),
              IntStream.rangeClosed(1, NEAREST)
                  .mapToObj(k -> new Neighbour(SyntheticRun.id((song + k) % songs), 0.1 * k))
                  .toList()));
    }
    List<Findings> findings = List.of(SyntheticFindings.of(run));
    return AllSongs.data(
        Noun.SONG,
        songs,
        List.of(),
        List.copyOf(ReportedSongs.join(run.refs(), run.audio()).values()).stream()
            .sorted((a, b) -> a.song().getId().compareTo(b.song().getId()))
            .toList(),
        run.assignments(),
        run.metrics(),
        run.clusterings(),
        List.of(),
        List.of(),
        findings,
        ClusterNames.of(options, findings),
        new SongMap("umap", null, points),
        neighbours,
        null,
        null);
  }

  private static void opens(int songs, int files) throws Exception {
    ReportOptions options = options("songs-" + songs);
    IndexPage.write(options, data(options, songs), List.of());
    assertThat(files("songs-" + songs + "/page")).hasSize(files);
    browser.open(folder.resolve("songs-" + songs + "/index.html").toUri());
    double loaded = browser.evaluate("performance.now()").asDouble();
    assertThat(browser.evaluate("surmala.renderer").asText()).isEqualTo("WebGL 2");
    assertThat(browser.evaluate("surmala.shown().length").asInt()).isEqualTo(songs);
    assertThat(browser.evaluate("document.querySelectorAll('.card').length").asInt())
        .isEqualTo(CLUSTERS);
    assertThat(browser.evaluate("document.querySelectorAll('#list .song').length").asInt())
        .isEqualTo(200);
    double[] pan = frames("surmala.pan(k % 20 < 10 ? 9 : -9, 3 - k % 7)");
    double[] zoom = frames("surmala.zoom(k % 30 < 15 ? 1.1 : 1 / 1.1)");
    double search = milliseconds("surmala.search('blue'); surmala.draw()");
    assertThat(browser.evaluate("surmala.shown().length").asInt()).isEqualTo(blues(songs));
    browser.evaluate("surmala.search('')");
    double hover =
        milliseconds("for (let k = 0; k < 1000; k++) surmala.nearest(k % 900, k % 700, 12)") / 1000;
    double lasso =
        milliseconds(
            "surmala.lasso(Array.from({length: 60}, (_, k) =>"
                + " [450 + 300 * Math.cos(k / 9.55), 350 + 300 * Math.sin(k / 9.55)]))");
    assertThat(browser.evaluate("surmala.shown().length").asInt()).isBetween(1, songs - 1);
    browser.call("HeapProfiler.collectGarbage", Map.of());
    double heap = browser.call("Runtime.getHeapUsage", Map.of()).get("usedSize").asDouble() / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%d songs: load %.0f ms; frame, median and 95th percentile: pan %.1f, %.1f ms, zoom %.1f,"
            + " %.1f ms; search %.0f ms; hover %.3f ms; lasso %.0f ms; heap %.0f MB; files %d KB%n",
        songs,
        loaded,
        pan[0],
        pan[1],
        zoom[0],
        zoom[1],
        search,
        hover,
        lasso,
        heap,
        bytes("songs-" + songs) / 1000);
    assertThat(browser.errors()).isEmpty();
  }

  /** Songs whose title has the word: those that the user or a tag names so. */
  private static int blues(int songs) {
    return (int)
        IntStream.range(0, songs)
            .filter(i -> i % 3 != 2 && SyntheticRun.TITLES[i % 10].contains("Blue"))
            .count();
  }

  private static long bytes(String name) throws IOException {
    long bytes = Files.size(folder.resolve(name + "/index.html"));
    for (String file : files(name + "/page")) {
      bytes += Files.size(folder.resolve(name + "/page/" + file));
    }
    return bytes;
  }

  private static double milliseconds(String script) throws IOException {
    return browser
        .evaluate(
            "(() => { const t = performance.now(); "
                + script
                + "; return performance.now() - t; })()")
        .asDouble();
  }

  /** Median and 95th percentile of the time between 120 frames, each after a step. */
  private static double[] frames(String step) throws IOException {
    browser.evaluate(
        "new Promise(done => { const times = []; let k = 0; const frame = t => { times.push(t);"
            + step
            + "; if (++k < 121) requestAnimationFrame(frame); else { window.frames_ ="
            + " times.slice(1).map((t, i) => t - times[i]).sort((a, b) => a - b); done(); } };"
            + " requestAnimationFrame(frame); })");
    return new double[] {
      browser.evaluate("window.frames_[60]").asDouble(),
      browser.evaluate("window.frames_[114]").asDouble()
    };
  }

  /** The pixels that a point of a cluster covers, seen from near. */
  private static double areaOfPoint(int cluster) throws IOException {
    String id =
        new SyntheticRun(10_000, CLUSTERS, 3, 1)
            .assignments().stream()
                .filter(song -> song.getCluster() == cluster)
                .findFirst()
                .orElseThrow()
                .getId();
    browser.evaluate("surmala.zoom(1e-9)");
    return browser
        .evaluate(
            "(() => { const points = document.getElementById('points'), box ="
                + " points.getBoundingClientRect(), at = surmala.placeOf('"
                + id
                + "'), x = at.x - box.left, y = at.y - box.top; surmala.zoom(600, x, y);"
                + " surmala.draw(); const copy = document.createElement('canvas').getContext('2d');"
                + " copy.drawImage(points, 10 - Math.round(x), 10 - Math.round(y)); let sum = 0;"
                + " const d = copy.getImageData(0, 0, 20, 20).data; for (let i = 3; i < d.length; i"
                + " += 4) sum += d[i] / 255 / .85; return sum; })()")
        .asDouble();
  }
}
