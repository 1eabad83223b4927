package org.surmala.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.surmala.option.Option;
import org.surmala.option.Option.IntRange;

final class SettingsTest {
  @TempDir private Path folder;

  @Test
  void givenEveryKey_whenItsDefaultIsParsed_thenItIsAllowed() {
    Settings settings = new Settings();

    for (Option<?> key : Keys.ALL) {
      assertThat(settings.get(key)).as(key.key()).isNotNull();
    }
    assertThat(Settings.help()).hasSize(Keys.ALL.size());
  }

  @Test
  void givenKeys_whenListed_thenNoneIsTwice() {
    assertThat(Keys.ALL.stream().map(Option::key)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "window.seconds|abc|a number from 1 to 600",
        "window.seconds|0.5|a number from 1 to 600",
        "window.seconds|NaN|a number from 1 to 600",
        "vae.epochs|1.5|a whole number from 1 to 1000000",
        "cluster.k|1|a whole number or a range from 2 to 1000",
        "cluster.k|9..3|a whole number or a range from 2 to 1000",
        "cluster.algorithms|kmeans,nonsense|one or more of",
        "cluster.algorithms|kmeans,kmeans|one or more of",
        "window.short_songs|crop|one of pad, loop, refuse",
        "window.normalise|yes|true or false",
        "vae.hidden|64,x|whole numbers from 1 to 16384, separated by commas",
      })
  void givenABadValue_whenSet_thenTheErrorNamesKeyValueAndRange(
      String key, String value, String range) {
    assertThatThrownBy(() -> new Settings().set(key, value))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(key + ": '" + value + "' is not allowed; give " + range);
  }

  @Test
  void givenAFormerKey_whenSet_thenItIsReadUnderItsNewName() {
    Settings settings = new Settings();

    settings.set("watch.look_seconds", "7");

    assertThat(settings.asMap())
        .containsEntry("watch.poll_seconds", "7")
        .doesNotContainKey("watch.look_seconds");
  }

  @Test
  void givenAnUnknownKey_whenSet_thenTheErrorNamesTheNearest() {
    assertThatThrownBy(() -> new Settings().set("vae.epoch", "3"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("'vae.epoch' is not an option; did you mean 'vae.epochs'?");
  }

  @Test
  void givenAKeyUnlikeAny_whenSet_thenTheErrorGuessesNone() {
    assertThatThrownBy(() -> new Settings().set("nope", "3"))
        .isInstanceOf(UsageException.class)
        .hasMessage("'nope' is not an option; see surmala help keys");
  }

  @Test
  void givenAYamlFile_whenRead_thenNestedKeysAndListsCount() throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("p.yaml"),
            """
            # a comment
            cluster:
              k: 3..7
              algorithms: [ward]
            vae: {hidden: [64, 32], latent: 8}
            seed: 7
            """);
    Settings settings = new Settings();

    settings.setAll(yaml);

    assertThat(settings.get(Keys.K)).isEqualTo(new IntRange(3, 7));
    assertThat(settings.get(Keys.CLUSTER_ALGORITHMS)).isEqualTo(List.of("ward"));
    assertThat(settings.asMap())
        .containsEntry("vae.hidden", "64,32")
        .containsEntry("vae.latent", "8");
    assertThat(settings.get(Keys.SEED)).isEqualTo(7L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'cluster:\n  k: [1'|not YAML at line",
        "'cluster:\n  kk: 3'|'cluster.kk' is not an option; did you mean 'cluster.k'?",
        "'cluster:\n  k: 0'|cluster.k: '0' is not allowed",
        "'- 1'|expected keys such as 'window:'",
        "'seed: 1\ncluster:\n  k: 3\n  k: 4'|line 4: Duplicate field 'k'",
        "'cluster.k: 3\ncluster:\n  k: 4'|cluster.k occurs twice, as '3' and as '4'; remove one",
        "'cluster: 3'|'cluster' is not an option",
        "'cluster:\n  algorithms: [[ward]]'|a list of plain values is expected",
      })
  void givenABadYamlFile_whenRead_thenTheErrorNamesFileAndPlace(String content, String message)
      throws IOException {
    Path yaml = Files.writeString(folder.resolve("bad.yaml"), content);

    assertThatThrownBy(() -> new Settings().setAll(yaml))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--pipeline " + yaml)
        .hasMessageContaining(message);
  }

  @Test
  void givenNoYamlFile_whenRead_thenTheErrorNamesIt() {
    assertThatThrownBy(() -> new Settings().setAll(folder.resolve("none.yaml")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none.yaml: cannot be read");
  }

  @Test
  void givenAnEmptyYamlFile_whenRead_thenTheDefaultsStay() throws IOException {
    Settings settings = new Settings();

    settings.setAll(Files.writeString(folder.resolve("empty.yaml"), "# nothing\n"));

    assertThat(settings.asMap()).isEqualTo(new Settings().asMap());
  }
}
