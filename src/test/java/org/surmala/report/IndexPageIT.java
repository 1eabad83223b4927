package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.demo.AudioEncoder;
import org.surmala.demo.Encoding;
import org.surmala.report.plot.FigureStyle;
import org.surmala.words.Noun;

/**
 * The map as a listener meets it: opened from the file system in a headless Chromium, and compared
 * with assignments.csv. Skipped on a machine without Chromium, but never where CI=true.
 */
final class IndexPageIT {
  private static final int SONGS = 120;
  private static final int SHIFT = 8;
  private static final int RATE = 22_050;

  @TempDir static Path folder;
  private static Chromium browser;
  private static List<CSVRecord> rows;

  @BeforeAll
  static void writeAndOpen() throws Exception {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    // A folder whose name a URL must escape.
    String results = folder + "/my results #1/";
    String data = folder + "/data ক/";
    ReportOptions options = new ReportOptions(results, data, "vae", "kmeans", 11);
    SyntheticRun run = new SyntheticRun(SONGS, 4, 3, 1);
    ResultsFolder.write(options, run.records(data));
    Redraw.page(options.results(), options.data());
    Files.createDirectories(Path.of(data, "processed"));
    for (int i = 0; i < SONGS; i++) {
      Files.write(Path.of(data, "processed", SyntheticRun.id(i) + ".wav"), Chromium.silence());
    }
    try (CSVParser parser =
        CSVParser.parse(
            Files.readString(Path.of(results, "assignments.csv")),
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      rows = parser.getRecords();
    }
    browser = Chromium.start(folder);
    browser.size(1400, 1000, false);
    browser.theme("light");
    browser.open(Path.of(results, "index.html").toUri());
  }

  @Test
  void givenRowsOfATable_whenShown_thenNothingIsCalledASongOrPlayed() throws Exception {
    String results = folder + "/table/";
    ReportOptions options =
        new ReportOptions(
            results,
            folder + "/data ক/",
            "vae",
            "kmeans",
            11,
            false,
            results,
            List.of(),
            FigureStyle.STANDARD,
            Noun.ROW,
            0);
    ResultsFolder.write(options, new SyntheticRun(SONGS, 4, 3, 1).records(folder + "/data ক/"));
    Redraw.page(results, folder + "/data ক/");
    try {
      browser.open(Path.of(results, "index.html").toUri());
      browser.until("surmala.shown().length === " + SONGS);
      assertThat(browser.evaluate("document.getElementById('detail').innerText").asText())
          .isEqualTo("Point at a row to see its details; click to keep it.");
      browser.evaluate(
          "document.getElementById('run').remove();"
              + "document.querySelectorAll('details').forEach(d => { d.open = true; });"
              + "document.querySelector('#list button').click()");

      assertThat(browser.evaluate("document.getElementById('detail').innerText").asText())
          .contains("Nearest rows")
          .doesNotContain("null");
      assertThat(browser.evaluate("document.body.innerText").asText())
          .contains("Nearest rows", SONGS + " rows")
          .doesNotContainIgnoringCase("hear it")
          .doesNotContain("Play", " song", "Songs", "LUFS");
      assertThat(browser.evaluate("document.getElementById('player').hidden").asBoolean()).isTrue();
    } finally {
      browser.open(Path.of(folder.toString(), "my results #1", "index.html").toUri());
    }
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void clear() throws IOException {
    browser.evaluate(
        "document.getElementById('music-tab').click(); scrollTo(0, 0);"
            + " document.getElementById('close-player').click();"
            + " document.getElementById('color').value ="
            + " 0;document.getElementById('color').onchange();"
            + " document.getElementById('reset').click()");
    browser.until("surmala.shown().length === " + SONGS);
  }

  private static List<String> shown() throws IOException {
    List<String> ids = new ArrayList<>();
    browser.evaluate("surmala.shown()").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  private static List<String> ids(String columnName, String value) {
    return rows.stream()
        .filter(row -> row.get(columnName).equals(value))
        .map(row -> row.get("id"))
        .toList();
  }

  private static double[] place(String id) throws IOException {
    JsonNode at = browser.evaluate("surmala.placeOf('" + id + "')");
    return new double[] {at.get("x").asDouble(), at.get("y").asDouble()};
  }

  /** The song that has most room around it, so that no other is under the pointer. */
  private static CSVRecord loneliest() {
    CSVRecord best = rows.get(0);
    double widest = -1;
    for (CSVRecord row : rows) {
      double nearest = Double.POSITIVE_INFINITY;
      for (CSVRecord other : rows) {
        if (other != row) {
          nearest =
              Math.min(
                  nearest,
                  Math.hypot(
                      Double.parseDouble(row.get("x")) - Double.parseDouble(other.get("x")),
                      Double.parseDouble(row.get("y")) - Double.parseDouble(other.get("y"))));
        }
      }
      if (nearest > widest) {
        widest = nearest;
        best = row;
      }
    }
    return best;
  }

  @Test
  void whenOpened_thenEverySongIsThereAndNothingWentWrong() throws IOException {
    assertThat(shown()).isEqualTo(rows.stream().map(row -> row.get("id")).toList());
    assertThat(browser.evaluate("document.getElementById('shown').textContent").asText())
        .isEqualTo("120 songs");
    assertThat(browser.evaluate("document.querySelectorAll('.card').length").asInt()).isEqualTo(4);
    browser.evaluate("location.hash = '#figures'");
    browser.until("!document.getElementById('research').hidden");
    assertThat(browser.evaluate("document.querySelector('#codes').textContent").asText())
        .contains("not_audio", "unreadable");
    assertThat(browser.evaluate("document.querySelector('.card h3').textContent").asText())
        .isEqualTo("A: " + SyntheticRun.NAMES[0]);
    assertThat(browser.evaluate("document.querySelector('.card').textContent").asText())
        .contains(
            ids("cluster", "0").size() + " songs · 100 % stable",
            "Typical",
            "Borderline",
            "tempo +1.25");
    assertThat(browser.evaluate("document.getElementById('alarm').checkVisibility()").asBoolean())
        .isTrue();
    assertThat(browser.evaluate("document.getElementById('alarm').textContent").asText())
        .startsWith("Caution: bit_rate (balanced accuracy 0.88) alone predicts your labels");
    assertThat(browser.evaluate("document.getElementById('properties').textContent").asText())
        .contains("bit_rate", "0.875", "alarming", "duration_s");
    assertThat(browser.evaluate("document.getElementById('sweep').textContent").asText())
        .contains("Davies–Bouldin index: VAE", "Gap statistic: VAE", "BIC: VAE", "Stability");
    assertThat(browser.evaluate("document.getElementById('reasons').textContent").asText())
        .isEqualTo("K-Means: k = 4, highest mean silhouette");
    assertThat(browser.evaluate("document.getElementById('probes').textContent").asText())
        .contains("0.813", "0.750");
    assertThat(browser.evaluate("document.querySelectorAll('#copies .song').length").asInt())
        .isEqualTo(2);
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void givenTitlesThatHoldMarkup_whenShown_thenTheyAreText() throws IOException {
    assertThat(browser.evaluate("document.title").asText()).isEqualTo("Surmala: the map");
    assertThat(browser.evaluate("document.querySelectorAll('main b, main script').length").asInt())
        .isZero();
    assertThat(browser.evaluate("document.getElementById('list').textContent").asText())
        .contains("</script><script>document.title='owned'</script>", "\"Quoted\" & <b>bold</b>");
  }

  @Test
  void whenHovered_thenTheTipTellsWhatTheTableSays() throws IOException {
    CSVRecord song = loneliest();
    double[] at = place(song.get("id"));
    browser.mouse("mouseMoved", at[0], at[1], 0);
    browser.until("!document.getElementById('tip').hidden");

    assertThat(browser.evaluate("document.getElementById('tip').textContent").asText())
        .contains(song.get("title"))
        .contains(song.get("artist"))
        .contains(song.get("language"))
        .contains(song.get("cluster_name"))
        .contains("Nearest: ");
  }

  @Test
  void whenASongIsClicked_thenItsSegmentPlays() throws IOException {
    CSVRecord song = loneliest();
    double[] at = place(song.get("id"));
    browser.click(at[0], at[1]);
    browser.until("document.getElementById('audio').currentTime > 0");
    assertThat(browser.evaluate("document.getElementById('audio').src").asText())
        .endsWith("/processed/" + song.get("id") + ".wav");
    assertThat(browser.evaluate("document.getElementById('audio').error === null").asBoolean())
        .isTrue();
    assertThat(browser.evaluate("document.getElementById('playing').textContent").asText())
        .contains(song.get("title"));
  }

  @Test
  void whenALegendEntryIsPressed_thenItsSongsAreHidden() throws IOException {
    browser.evaluate("document.querySelectorAll('#legend button')[1].click()");
    List<String> expected = new ArrayList<>(rows.stream().map(row -> row.get("id")).toList());
    expected.removeAll(ids("cluster", "1"));
    assertThat(shown()).isEqualTo(expected);

    browser.evaluate(
        "document.getElementById('color').value = 1; document.getElementById('color').onchange()");
    String label =
        browser.evaluate("document.querySelector('#legend button span').textContent").asText();
    browser.evaluate(
        "document.querySelector('#legend button').dispatchEvent(new MouseEvent('dblclick'))");
    assertThat(shown()).isEqualTo(ids("language", label)).isNotEmpty();
  }

  @Test
  void givenASegmentThatWasNotKept_whenPlayed_thenTheSongItselfIsFromItsMiddle()
      throws IOException {
    CSVRecord song = loneliest();
    Path whole = Path.of(folder + "/data ক", song.get("filepath"));
    Path segment = segment(song);
    Files.delete(segment);
    Files.createDirectories(whole.getParent());
    float[][] minute = {new float[60 * RATE]};
    AudioEncoder.write(whole, Encoding.mp3(64_000), minute, RATE, Map.of());
    try {
      double[] at = place(song.get("id"));
      browser.click(at[0], at[1]);
      browser.until(
          "document.getElementById('audio').currentTime >= 15"
              + " && decodeURI(document.getElementById('audio').currentSrc).endsWith('/data ক/"
              + song.get("filepath")
              + "')");
    } finally {
      Files.write(segment, Chromium.silence());
      Files.delete(whole);
      browser.forgetErrors();
    }
  }

  @Test
  void givenNeitherSegmentNorSong_whenPlayed_thenTheReasonIsSaid() throws IOException {
    String path = browser.evaluate("document.querySelector('#list .song').title").asText();
    CSVRecord song =
        rows.stream().filter(row -> row.get("filepath").equals(path)).findFirst().orElseThrow();
    Files.delete(segment(song));
    try {
      browser.evaluate("document.querySelector('#list .song').click()");
      browser.until(
          "document.getElementById('playing').textContent.endsWith('nor the song "
              + path
              + " can be played; run with window.keep=true to keep segments')");
    } finally {
      Files.write(segment(song), Chromium.silence());
      browser.forgetErrors();
    }
  }

  private static Path segment(CSVRecord song) {
    return Path.of(folder + "/data ক/processed", song.get("id") + ".wav");
  }

  @Test
  void whenSearchedInAnyScript_thenTitlesThatHoldItAreLeft() throws IOException {
    for (String query : List.of("রবীন্দ্র", "BLUE in", "ночная", "<b>")) {
      browser.evaluate(
          "document.getElementById('search').value = '';"
              + " document.getElementById('search').focus()");
      browser.type(query);
      List<String> expected =
          rows.stream()
              .filter(
                  row ->
                      row.get("title")
                          .toLowerCase(Locale.ROOT)
                          .contains(query.toLowerCase(Locale.ROOT)))
              .map(row -> row.get("id"))
              .toList();
      assertThat(expected).isNotEmpty();
      browser.until("surmala.shown().join() === '" + String.join(",", expected) + "'");
    }
  }

  @Test
  void whenALassoIsDrawnAroundASong_thenItAloneIsLeft() throws IOException {
    CSVRecord song = loneliest();
    double[] at = place(song.get("id"));
    browser.mouse("mousePressed", at[0] - 6, at[1] - 6, SHIFT);
    for (double[] corner : new double[][] {{6, -6}, {6, 6}, {-6, 6}}) {
      browser.call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              "mouseMoved",
              "x",
              at[0] + corner[0],
              "y",
              at[1] + corner[1],
              "button",
              "left",
              "buttons",
              1,
              "modifiers",
              SHIFT));
    }
    browser.mouse("mouseReleased", at[0] - 6, at[1] + 6, SHIFT);
    assertThat(shown()).contains(song.get("id")).hasSizeLessThan(SONGS / 4);

    browser.evaluate("document.getElementById('map').focus()");
    browser.key("Escape");
    assertThat(shown()).hasSize(SONGS);
  }

  @Test
  void givenOnlyAKeyboard_whenWalkingTheMap_thenASongIsReachedAndPlayed() throws IOException {
    browser.evaluate("document.getElementById('map').focus()");
    browser.key("ArrowRight");
    String first =
        browser.evaluate("document.querySelector('#detail strong').textContent").asText();
    browser.key("ArrowLeft");
    browser.key("ArrowUp");
    browser.key("Enter");
    assertThat(first).isNotEmpty();
    assertThat(browser.evaluate("document.getElementById('player').hidden").asBoolean()).isFalse();

    double before = place(rows.get(0).get("id"))[0];
    browser.key("+");
    assertThat(place(rows.get(0).get("id"))[0]).isNotEqualTo(before);
  }

  @Test
  void whenTheWheelTurns_thenTheSongUnderThePointerStays() throws IOException {
    String id = loneliest().get("id");
    double[] at = place(id);
    browser.wheel(at[0], at[1], -240);
    browser.until(
        "Math.abs(surmala.placeOf('" + rows.get(1).get("id") + "').x - " + at[0] + ") > 0");
    assertThat(place(id)[0]).isCloseTo(at[0], Offset.offset(1.5));
    assertThat(place(id)[1]).isCloseTo(at[1], Offset.offset(1.5));
  }

  @Test
  void whenACardIsPlayed_thenItsCoreComesFirst() throws IOException {
    browser.evaluate("document.querySelector('.card .buttons button').click()");
    String core =
        rows.stream()
            .filter(row -> row.get("cluster").equals("0"))
            .min(Comparator.comparing(row -> Double.parseDouble(row.get("distance"))))
            .orElseThrow()
            .get("id");
    assertThat(browser.evaluate("document.getElementById('audio').src").asText()).contains(core);
    assertThat(browser.evaluate("document.getElementById('turn').textContent").asText())
        .isEqualTo("1 of " + ids("cluster", "0").size());
  }

  @Test
  void givenAPhoneOrADarkTheme_whenShown_thenNothingOverflowsAndThePaperIsDark()
      throws IOException {
    browser.size(390, 844, true);
    browser.theme("dark");
    try {
      browser.until("document.documentElement.dataset.theme === 'dark'");
      assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor").asText())
          .isEqualTo("rgb(21, 24, 28)");
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(390);
      browser.evaluate("document.getElementById('theme').click()");
      assertThat(browser.evaluate("document.documentElement.dataset.theme").asText())
          .isEqualTo("light");
      browser.evaluate("document.getElementById('theme').click()");
    } finally {
      browser.size(1400, 1000, false);
      browser.theme("light");
    }
  }
}
