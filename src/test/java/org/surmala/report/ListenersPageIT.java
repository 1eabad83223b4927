package org.surmala.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page from the file system as a listener uses it: tabs, queue, playlists, groups, a phone. */
final class ListenersPageIT {
  private static final int SONGS = 60;

  /**
   * The texts on the page whose contrast is below 4.5, the least of WCAG 2.2 AA (success criterion
   * 1.4.3), with their contrast; disabled controls are exempt.
   */
  private static final String FAINT_TEXTS =
      """
      (() => {
        const parse = c => c.match(/[\\d.]+/g).map(Number);
        const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
          .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
        const paper = e => {
          for (; e; e = e.parentElement) {
            const c = parse(getComputedStyle(e).backgroundColor);
            if (c.length === 3 || c[3] === 1) return c;
          }
          return [255, 255, 255];
        };
        const faint = [];
        for (const e of document.querySelectorAll('body *')) {
          const own = [...e.childNodes].filter(c => c.nodeType === 3).map(c => c.data.trim()).join('');
          if (!own || !e.checkVisibility() || e.closest(':disabled, script, svg, option')) continue;
          const [a, b] = [luminance(parse(getComputedStyle(e).color)), luminance(paper(e))];
          const contrast = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
          if (contrast < 4.5) faint.push(own.slice(0, 30) + ' ' + contrast.toFixed(2));
        }
        return faint;
      })()\
      """;

  @TempDir static Path folder;
  private static Chromium browser;

  @BeforeAll
  static void write() throws Exception {
    browser = Chromium.start(folder);
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    ReportOptions options =
        new ReportOptions(folder + "/results/", folder + "/data/", "vae", "kmeans", 11);
    ResultsFolder.write(options, new SyntheticRun(SONGS, 3, 3, 1).records(folder + "/data/"));
    Redraw.page(options.results(), options.data());
    Files.createDirectories(folder.resolve("data/processed"));
    for (int i = 0; i < SONGS; i++) {
      Files.write(
          folder.resolve("data/processed/" + SyntheticRun.id(i) + ".wav"), Chromium.silence());
    }
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    browser.size(1400, 900, false);
    browser.theme("light");
    browser.open(folder.resolve("results/index.html").toUri());
    browser.evaluate("location.hash = ''");
    browser.until("surmala.shown().length === " + SONGS);
  }

  private static boolean isSeen(String id) throws IOException {
    return browser.evaluate("document.getElementById('" + id + "').checkVisibility()").asBoolean();
  }

  private static List<String> texts(String script) throws IOException {
    List<String> texts = new ArrayList<>();
    browser.evaluate(script).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static List<String> titles(String selector) throws IOException {
    return texts("[...document.querySelectorAll('" + selector + "')].map(e => e.textContent)");
  }

  @Test
  void whenOpened_thenMusicIsFirstAndFiguresAreBehindATab() throws IOException {
    assertThat(isSeen("map") && isSeen("search") && isSeen("cards")).isTrue();
    assertThat(isSeen("alarm") || isSeen("verdict") || isSeen("figures")).isFalse();

    browser.evaluate("document.getElementById('music-tab').focus()");
    browser.key("ArrowRight");
    assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("research-tab");
    assertThat(browser.evaluate("document.activeElement.getAttribute('aria-selected')").asBoolean())
        .isTrue();
    assertThat(isSeen("alarm") && isSeen("verdict") && isSeen("figures")).isTrue();
    assertThat(isSeen("map")).isFalse();

    browser.key("Home");
    assertThat(isSeen("map")).isTrue();
  }

  @Test
  void givenALinkToASection_whenOpened_thenItsTabIsShown() throws IOException {
    for (String section : List.of("figures", "confounds", "model", "coverage", "run")) {
      browser.evaluate("document.getElementById('music-tab').click()");
      browser.evaluate("location.hash = '#" + section + "'");
      browser.until("document.getElementById('" + section + "').checkVisibility()");
    }
    browser.evaluate("location.hash = '#clusters'");
    browser.until("document.getElementById('clusters').checkVisibility()");
  }

  @Test
  void whenOpenedFromTheFileSystem_thenWhatNeedsAServerIsAbsent() throws IOException {
    browser.evaluate("document.querySelector('#list .song').click()");

    assertThat(titles("#detail .buttons button"))
        .containsExactly("Play", "Play next", "Add to queue", "Songs like this");
    assertThat(titles(".edits")).isEmpty();
    browser.press("#detail", "Songs like this");
    assertThat(titles("#list .song")).hasSize(6);
    assertThat(titles("#list .small")).isEmpty();
    assertThat(texts("performance.getEntriesByType('resource').map(e => e.name)"))
        .noneMatch(name -> name.contains("api/"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void whenSongsAreQueued_thenTheyCanBeMovedAndRemoved() throws IOException {
    browser.evaluate("document.querySelectorAll('#list .song')[0].click()");
    for (int i = 1; i < 4; i++) {
      browser.evaluate("document.querySelectorAll('#list .icon')[" + i + "].click()");
    }
    List<String> songs = titles("#list .song");
    browser.evaluate("document.getElementById('show-queue').click()");
    assertThat(titles("#queue-list .song")).isEqualTo(songs.subList(0, 4));
    assertThat(browser.text("#turn")).isEqualTo("1 of 4");

    browser.evaluate("document.querySelectorAll('#queue-list [aria-label*=\" up\"]')[3].click()");
    assertThat(titles("#queue-list .song"))
        .containsExactly(songs.get(0), songs.get(1), songs.get(3), songs.get(2));
    browser.evaluate("document.querySelectorAll('#queue-list [aria-label^=Remove]')[1].click()");
    assertThat(titles("#queue-list .song"))
        .containsExactly(songs.get(0), songs.get(3), songs.get(2));
    browser.evaluate("document.getElementById('next').click()");
    assertThat(titles("#queue-list .current .song")).containsExactly(songs.get(3));
    assertThat(browser.evaluate("navigator.mediaSession.metadata.title").asText())
        .isEqualTo(browser.text("#playing strong"));

    browser.evaluate("document.querySelectorAll('#list .song')[5].click()");
    assertThat(titles("#queue-list .song"))
        .containsExactly(songs.get(0), songs.get(3), songs.get(5), songs.get(2));
  }

  @Test
  void whenASearchIsSavedAsAPlaylist_thenAnM3uWithAbsolutePathsIsDownloaded() throws Exception {
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    browser.call(
        "Page.setDownloadBehavior",
        Map.of("behavior", "allow", "downloadPath", downloads.toString()));
    browser.evaluate("surmala.search('blue 2')");
    List<String> paths = texts("[...document.querySelectorAll('#list .song')].map(e => e.title)");
    List<String> by = titles("#list .song");
    browser.press("#list-actions", "Save as playlist");
    browser.evaluate("document.getElementById('ask-text').value = 'Blue: mine'");
    browser.press("#ask-form", "Save");
    Path file = downloads.resolve("Blue mine.m3u8");
    browser.until("new Promise(done => setTimeout(done, 50, true))");
    for (int i = 0; i < 200 && !Files.exists(file); i++) {
      browser.until("new Promise(done => setTimeout(done, 50, true))");
    }

    List<String> lines = Files.readAllLines(file, UTF_8);
    assertThat(paths).isNotEmpty();
    assertThat(lines.subList(0, 2)).containsExactly("#EXTM3U", "#PLAYLIST:Blue: mine");
    assertThat(lines.stream().filter(line -> !line.startsWith("#")))
        .containsExactlyElementsOf(
            paths.stream().map(path -> folder.resolve("data") + "/" + path).toList());
    assertThat(lines.get(2)).matches("#EXTINF:\\d+,Artist \\d - Blue in the Morning");
    assertThat(by.get(0)).startsWith("Blue in the Morning");
  }

  @Test
  void whenAClusterIsShown_thenItsGroupsAreColoursAndNames() throws IOException {
    List<String> groups = titles(".card:first-child .groups .song bdi");
    browser.press(".card:first-child", "Show on the map");

    assertThat(groups).isNotEmpty();
    assertThat(
            browser.evaluate("document.getElementById('color').selectedOptions[0].text").asText())
        .isEqualTo("group");
    assertThat(titles("#legend button bdi")).containsExactlyInAnyOrderElementsOf(groups);
    browser.evaluate("document.querySelector('.card .groups .song').click()");
    assertThat(browser.text("#list-title")).isEqualTo(groups.get(0));
    browser.press("#list-actions", "Show all");
    assertThat(browser.evaluate("surmala.shown().length").asInt()).isEqualTo(SONGS);
  }

  @Test
  void givenEitherTheme_whenShown_thenNoTextIsFaint() throws IOException {
    for (String theme : List.of("light", "dark")) {
      browser.theme(theme);
      browser.until("document.documentElement.dataset.theme === '" + theme + "'");
      browser.evaluate("document.querySelector('#list .song').click()");
      browser.evaluate("document.querySelectorAll('#legend button')[1].click()");
      browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
      browser.evaluate(
          "document.getElementById('queue').hidden ||"
              + " document.getElementById('show-queue').click()");
      browser.evaluate("document.getElementById('show-queue').click()");
      assertThat(texts(FAINT_TEXTS)).as("music, " + theme).isEmpty();
      browser.evaluate("document.getElementById('research-tab').click()");
      assertThat(texts(FAINT_TEXTS)).as("research, " + theme).isEmpty();
      browser.evaluate("document.getElementById('music-tab').click()");
    }
  }

  @Test
  void givenAPhone_whenPlaying_thenControlsCanBeTouchedAndNothingOverflows() throws IOException {
    browser.size(390, 844, true);
    browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
    try {
      browser.evaluate("document.querySelector('#list .song').click()");
      browser.evaluate("document.getElementById('show-queue').click()");
      assertThat(
              texts(
                  "[...document.querySelectorAll('#player button, #seek, #queue button, #tools"
                      + " button, #list button, header button')].filter(e => e.checkVisibility())"
                      + ".filter(e => { const b = e.getBoundingClientRect(); return b.height < 44"
                      + " || b.width < 36; }).map(e => e.id || e.textContent)"))
          .isEmpty();
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(390);
      assertThat(
              browser
                  .evaluate("document.getElementById('seek').getBoundingClientRect().width")
                  .asDouble())
          .isGreaterThan(120);
    } finally {
      browser.call("Emulation.setTouchEmulationEnabled", Map.of("enabled", false));
    }
  }

  @Test
  void whenOpened_thenNamesOnTheMapAreInTheFontsOfThePage() throws IOException {
    String fonts = browser.evaluate("getComputedStyle(document.body).fontFamily").asText();

    assertThat(fonts).contains("Surmala Bangla");
    assertThat(browser.evaluate("document.getElementById('map').getContext('2d').font").asText())
        .isEqualTo("600 14px " + fonts);
  }

  @Test
  void givenNoWebGl_whenOpened_thenAPlainCanvasHasThePoints() throws IOException {
    String script =
        browser
            .call(
                "Page.addScriptToEvaluateOnNewDocument",
                Map.of(
                    "source",
                    "const get = HTMLCanvasElement.prototype.getContext;"
                        + "HTMLCanvasElement.prototype.getContext = function(kind, ...rest) {"
                        + " return kind === 'webgl2' ? null : get.call(this, kind, ...rest); };"))
            .get("identifier")
            .asText();
    try {
      browser.open(folder.resolve("results/index.html").toUri());
      browser.until("window.surmala.renderer === 'canvas'");
      browser.evaluate("surmala.draw()");
      assertThat(
              browser
                  .evaluate(
                      "(() => { const c = document.getElementById('points'), d ="
                          + " c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                          + " let sum = 0; for (let i = 3; i < d.length; i += 4) sum += d[i] > 128;"
                          + " return sum; })()")
                  .asInt())
          .isGreaterThan(SONGS * 20);
    } finally {
      browser.call("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }
  }

  @Test
  void whenWritten_thenTheResultsHoldNoOtherFilesOfThePage() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("page");
    }
  }
}
