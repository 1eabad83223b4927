package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.search.KnownSong;
import org.surmala.search.SongLookup;
import org.surmala.search.SongLookup.Similar;
import org.surmala.words.Noun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code surmala similar}: finds similar songs. */
@Command(
    name = "similar",
    description = "Finds the songs that sound most like a given song.",
    sortOptions = false,
    customSynopsis = {
      "surmala similar SONG [-n N] [--diverse] [--json | --m3u FILE]",
      "                       [--results DIR] [--data DIR] [-v]"
    },
    footer = {
      "",
      "Examples:",
      "  surmala similar \"Ekla Chalo Re\"",
      "  surmala similar ~/Downloads/new.mp3 -n 20 --diverse",
      "  surmala similar 3f2a91 --m3u like-this.m3u8"
    })
final class SimilarCommand implements Callable<Integer> {
  private static final int NAME_COLUMNS = 58;

  @Parameters(
      paramLabel = "SONG",
      description =
          "A song of the collection, by a part of its title, its path or the beginning of its"
              + " id; or any audio file.")
  private String song = "";

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of songs (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--diverse",
      description =
          "Finds songs similar to it but not to one another: maximal marginal relevance among"
              + " the 10 N nearest.")
  private boolean diverse;

  @Option(
      names = "--m3u",
      paramLabel = "FILE",
      description = "Writes a playlist instead; - for standard output.")
  private @Nullable String m3u;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ResultsOption results = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  @SuppressWarnings("UnusedVariable") // picocli fills it.
  @Mixin
  private StandardOptions standard = new StandardOptions();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  SimilarCommand() {}

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new UsageException("-n is " + count + "; give a whole number of 1 or more");
    }
    if (json.wanted() && m3u != null) {
      throw new UsageException("--json and --m3u exclude each other; give one");
    }
    SongLookup lookup = SongLookup.open(results.folder(), data.folder());
    SongLookup.Asked asked = lookup.ask(song);
    List<Similar> similar = lookup.similar(asked, count, diverse);
    PrintWriter out = spec.commandLine().getOut();
    if (m3u != null) {
      List<KnownSong> songs = similar.stream().map(Similar::song).toList();
      PlaylistOutput.of("--m3u", m3u, spec).write(lookup, "Like " + asked.name(), songs);
    } else if (json.wanted()) {
      JsonOption.print(out, asJson(asked, similar));
    } else {
      print(out, lookup.noun(), asked, similar);
    }
    return 0;
  }

  private static void print(
      PrintWriter out, Noun noun, SongLookup.Asked asked, List<Similar> similar) {
    out.println(DisplayWidth.fit("Like " + asked.name(), LineWrap.WIDTH).stripTrailing());
    out.println();
    out.printf(
        "%3s  %8s  %s  %s%n",
        "", "distance", DisplayWidth.fit(noun.toString(), NAME_COLUMNS), "cluster");
    int rank = 0;
    for (Similar found : similar) {
      out.printf(
          Locale.ROOT,
          "%3d  %8s  %s  %s%n",
          ++rank,
          digits(found.distance()),
          DisplayWidth.fit(found.song().name(), NAME_COLUMNS),
          found.song().cluster());
    }
    out.flush();
  }

  /** Three decimals where there is room for them. */
  private static String digits(double distance) {
    return String.format(Locale.ROOT, distance < 1_000 ? "%.3f" : "%.0f", distance);
  }

  private static Map<String, Object> asJson(SongLookup.Asked asked, List<Similar> similar) {
    List<Map<String, Object>> songs = new ArrayList<>();
    for (Similar found : similar) {
      Map<String, Object> song = PlaylistOutput.asJson(found.song());
      song.put("distance", found.distance());
      songs.add(song);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("song", asked.name());
    answer.put("similar", songs);
    return answer;
  }
}
