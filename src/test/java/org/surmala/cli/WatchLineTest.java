package org.surmala.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.surmala.watch.NewSong;
import org.surmala.watch.WatchProgress;

final class WatchLineTest {
  private static final NewSong SONG =
      new NewSong(
          "3f2a91",
          "raw/একলা \"চলো\".mp3",
          "একলা \"চলো\" রে",
          null,
          "warm · slow",
          1.23456,
          0.5,
          List.of(new NewSong.Neighbour("aa", "One"), new NewSong.Neighbour("bb", "Two")),
          "0123456789ab");
  private static final NewSong NOISE =
      new NewSong("cc", "x.mp3", "X", "Somebody", "noise", null, null, List.of(), "0123456789ab");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void givenASong_whenPlaced_thenALineTellsWhereItIs() {
    WatchLine line = line(false);
    line.song(SONG);
    line.song(NOISE);

    assertThat(out.toString().lines())
        .containsExactly(
            "একলা \"চলো\" রে" + " ".repeat(13) + "  warm · slow         novelty 0.5  like One, Two",
            "X" + " ".repeat(25) + "  noise");
  }

  @Test
  void givenLongNames_whenPlaced_thenTheLineFitsTheTerminal() {
    WatchLine line = line(false);
    line.song(
        new NewSong(
            "dd",
            "x.mp3",
            "长".repeat(80),
            null,
            "a cluster of a very long name",
            1.0,
            1.0,
            List.of(new NewSong.Neighbour("aa", "n".repeat(90))),
            "0123456789ab"));

    String shown = out.toString().stripTrailing();
    assertThat(DisplayWidth.of(shown)).isEqualTo(79);
    assertThat(shown).contains("长…", "a cluster of a ve…", "novelty 1.0  like nnn").endsWith("n…");
  }

  @Test
  void givenJson_whenSongsArePlaced_thenEachIsOneLineAndTheRestGoesElsewhere() throws IOException {
    WatchLine line = line(true);
    line.accept(new WatchProgress(2, 0, 2, 0, "0123456789ab", false, null));
    line.note("the job was started again");
    line.song(SONG);
    line.song(NOISE);

    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode song = new ObjectMapper().readTree(lines.get(0));
    assertThat(song.path("title").asText()).isEqualTo("একলা \"চলো\" রে");
    assertThat(song.path("artist").isNull()).isTrue();
    assertThat(song.path("distance").asDouble()).isEqualTo(1.23456);
    assertThat(song.path("neighbours").path(1).path("id").asText()).isEqualTo("bb");
    assertThat(song.fieldNames())
        .toIterable()
        .containsExactly(
            "id",
            "filepath",
            "title",
            "artist",
            "cluster",
            "distance",
            "novelty",
            "neighbours",
            "model");
    assertThat(lines.get(0)).contains("[{\"id\":\"aa\",\"title\":\"One\"},");
    JsonNode noise = new ObjectMapper().readTree(lines.get(1));
    assertThat(noise.path("artist").asText()).isEqualTo("Somebody");
    assertThat(noise.path("distance").isNull()).isTrue();
    assertThat(noise.path("novelty").isNull()).isTrue();
    assertThat(err.toString().lines())
        .containsExactly(
            "found 2 · waiting 0 · clustered 2 · failed 0 · model 0123456789ab",
            "surmala: the job was started again");
  }

  private WatchLine line(boolean json) {
    return new WatchLine(new PrintWriter(out), new PrintWriter(err), false, json);
  }
}
