package org.surmala.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.ClusterAssignment;
import org.surmala.web.WebServer;

/**
 * Clusters edited by clicks on the page of a real server, seen again after the page is reloaded.
 */
final class EditedPageIT {
  private static final int SONGS = 60;

  @TempDir static Path profile;
  private static Chromium browser;

  @TempDir Path folder;
  private WebServer server;

  @BeforeAll
  static void start() throws Exception {
    browser = Chromium.start(profile);
    browser.size(1400, 1000, false);
    browser.theme("light");
  }

  @BeforeEach
  void open() throws IOException {
    SyntheticResults.write(folder, SONGS, 3);
    server =
        WebServer.start(
            new WebServer.Options(
                folder.resolve("results"),
                folder.resolve("data"),
                folder.resolve("data/playlists"),
                null,
                0,
                null,
                Duration.ofSeconds(30),
                Duration.ofMillis(100)),
            warning -> {
              throw new AssertionError(warning);
            });
    reload(3);
    browser.forgetErrors();
  }

  @AfterEach
  void leave() throws IOException {
    List<String> errors = browser.errors();
    browser.call("Page.navigate", Map.of("url", "about:blank"));
    server.close();
    assertThat(errors).isEmpty();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  /** Opens the page, and waits until it has as many cards that can be edited, hidden ones too. */
  private void reload(int cards) throws IOException {
    browser.open(server.address());
    browser.until("document.querySelectorAll('.edits').length === " + cards);
  }

  private static String card(int cluster) {
    return "[data-cluster='" + cluster + "']";
  }

  private Set<String> members(int cluster) throws IOException {
    Set<String> members = new HashSet<>();
    for (ClusterAssignment song :
        StoredClusters.edited(folder + "/results/", folder + "/data/").assignments()) {
      if (song.getCluster() == cluster) {
        members.add(song.getId());
      }
    }
    return members;
  }

  private void untilSize(int cluster, int songs) throws IOException {
    String size = "document.querySelector(\"" + card(cluster) + " .size\")";
    browser.until(size + " && " + size + ".textContent.startsWith('" + songs + " song')");
  }

  private List<String> actions() throws IOException {
    List<String> actions = new ArrayList<>();
    ClusterEdits.read(folder + "/data/")
        .forEach(edit -> actions.add(edit.action().word() + " " + edit.cluster()));
    return actions;
  }

  private static void rename(int cluster, String name) throws IOException {
    browser.press(card(cluster), "Rename");
    assertThat(browser.evaluate("document.getElementById('ask-text').value").asText())
        .doesNotStartWith(ClusterNames.letter(cluster) + ": ");
    browser.evaluate("document.getElementById('ask-text').value = '" + name + "'");
    browser.press("#ask-form", "Save");
    browser.until(
        "document.querySelector(\"%s bdi\").textContent === '%s: %s'"
            .formatted(card(cluster), ClusterNames.letter(cluster), name));
  }

  @Test
  void whenAClusterIsRenamedPinnedAndHidden_thenItIsSoOnAReloadedPage() throws IOException {
    int others = SONGS - members(2).size();
    rename(1, "Mornings");
    browser.press(card(1), "Pin");
    browser.until("document.querySelector('.card .badge').textContent === 'pinned'");
    browser.press(card(2), "Hide");
    browser.until("!document.getElementById('hidden-clusters').hidden");
    reload(3);

    assertThat(browser.text(".card bdi")).isEqualTo("B: Mornings");
    assertThat(browser.text("#hidden-clusters summary")).isEqualTo("Hidden clusters (1)");
    browser.until("document.getElementById('shown').textContent === '" + others + " songs'");
    assertThat(actions()).containsExactly("rename 1", "pin 1", "hide 2");

    browser.press(card(2), "Show again");
    browser.until("document.getElementById('hidden-clusters').hidden");
    browser.press(card(1), "Undo edits");
    browser.until("document.querySelectorAll('.badge').length === 1");
    assertThat(actions()).containsExactly("hide 2", "hide 2");
    browser.press(card(2), "Undo edits");
    browser.until("document.querySelector('.badge') === null");
    assertThat(actions()).isEmpty();
  }

  @Test
  void whenClustersAreMergedSplitAndUndone_thenSongsMoveAndComeBack() throws IOException {
    Set<String> first = members(0);
    Set<String> third = members(2);
    browser.evaluate(
        "{ const s = document.querySelector(\"[data-cluster='0'] select\"); s.value = 2;"
            + " s.dispatchEvent(new Event('change')); }");
    untilSize(0, first.size() + third.size());
    browser.until("document.querySelectorAll('.edits').length === 2");
    // What the page was written with describes one of the two.
    assertThat(browser.text(card(0))).doesNotContain("Typical").doesNotContain("Distinguishing");
    browser.press(card(0), "Split");
    browser.until("document.querySelectorAll('.edits').length === 3");
    reload(3);

    Set<String> kept = members(0);
    Set<String> left = members(3);
    assertThat(kept).isNotEmpty().doesNotContainAnyElementsOf(left);
    assertThat(left).isNotEmpty();
    assertThat(kept.size() + left.size()).isEqualTo(first.size() + third.size());
    untilSize(0, kept.size());
    untilSize(3, left.size());

    browser.press(card(3), "Undo edits");
    untilSize(2, third.size());
    untilSize(0, first.size());
    assertThat(members(0)).isEqualTo(first);
    assertThat(browser.text(card(0))).contains("Typical");
    assertThat(actions()).isEmpty();
    assertThat(browser.evaluate("document.querySelector(\"[data-cluster='3']\")").isNull())
        .isTrue();
  }

  @Test
  void givenANewRunThatNumbersClustersOtherwise_whenShown_thenEditsGoWithTheirSongs()
      throws IOException {
    Set<String> named = members(0);
    Set<String> hidden = members(2);
    rename(0, "Evenings");
    browser.press(card(2), "Hide");
    browser.until("!document.getElementById('hidden-clusters').hidden");
    SyntheticResults.write(folder, SONGS, 3, cluster -> 2 - cluster);
    browser.until(
        "fetch('api/v1/clusters').then(answer => answer.json())"
            + ".then(all => all.cluster.some(c => c.id === 2 && c.name === 'Evenings'))");
    reload(3);

    assertThat(members(2)).isEqualTo(named);
    assertThat(members(0)).isEqualTo(hidden);
    assertThat(browser.text(card(2) + " bdi")).isEqualTo("C: Evenings");
    assertThat(browser.text("#hidden-cards " + card(0) + " .size"))
        .startsWith(hidden.size() + " songs");
  }
}
