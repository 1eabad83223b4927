package org.surmala.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.search.KnownSong;
import org.surmala.search.SongLookup;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code surmala playlist}: makes a playlist. */
@Command(
    name = "playlist",
    description =
        "Makes a playlist: the core of a cluster, a smooth path from one song to another, or"
            + " songs like a given one with one song per artist.",
    sortOptions = false,
    customSynopsis = {
      "surmala playlist --cluster NAME [-n N] [--out FILE | --json] [...]",
      "       surmala playlist --from SONG --to SONG [-n N] [--out FILE | --json]",
      "       surmala playlist --like SONG [-n N] [--out FILE | --json]",
      "                        [--results DIR] [--data DIR] [-v]"
    },
    footer = {
      "",
      "A SONG is a part of its title, its path, or the beginning of its id. --like also",
      "takes any audio file.",
      "",
      "Examples:",
      "  surmala playlist --cluster A --out calm.m3u8",
      "  surmala playlist --from \"Ekla Chalo Re\" --to \"Yesterday\" -n 12",
      "  surmala playlist --like ~/Downloads/new.mp3 --out like-it.m3u8"
    })
final class PlaylistCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "1")
  private Way way = new Way();

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "25",
      description = "Maximum number of songs (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "-",
      description =
          "Output file, extended M3U in UTF-8 (.m3u8); - for standard output (default:"
              + " ${DEFAULT-VALUE}).")
  private String out = "";

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ResultsOption results = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  @SuppressWarnings("UnusedVariable") // picocli fills it.
  @Mixin
  private StandardOptions standard = new StandardOptions();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  PlaylistCommand() {}

  /** Which songs. */
  static final class Way {
    @Option(
        names = "--cluster",
        paramLabel = "NAME",
        description = "The core of a cluster, by letter or name, or of a group (A2).")
    private @Nullable String cluster;

    @Option(
        names = "--like",
        paramLabel = "SONG",
        description = "A song and the songs most like it, one per artist.")
    private @Nullable String like;

    @ArgGroup(exclusive = false)
    private @Nullable Ends ends;
  }

  /** From where to where. */
  static final class Ends {
    @Option(
        names = "--from",
        paramLabel = "SONG",
        required = true,
        description = "Start song of a path by small steps.")
    private String from = "";

    @Option(
        names = "--to",
        paramLabel = "SONG",
        required = true,
        description = "End song of the path.")
    private String to = "";
  }

  @Override
  public Integer call() throws IOException {
    int least = way.ends == null ? 1 : 2;
    if (count < least) {
      throw new UsageException("-n is " + count + "; give a whole number of " + least + " or more");
    }
    if (json.wanted() && !out.equals(PlaylistOutput.STANDARD_OUTPUT)) {
      throw new UsageException("--json and --out exclude each other; give one");
    }
    PlaylistOutput output = PlaylistOutput.of("--out", out, spec);
    SongLookup lookup = SongLookup.open(results.folder(), data.folder());
    String title;
    List<KnownSong> songs;
    if (way.cluster != null) {
      songs = lookup.core(way.cluster, count);
      title = songs.get(0).cluster();
    } else if (way.like != null) {
      SongLookup.Asked asked = lookup.ask(way.like);
      title = "Like " + asked.name();
      songs = lookup.like(asked, count);
    } else {
      Ends ends = way.ends;
      if (ends == null) {
        throw new IllegalStateException("picocli let a command through without its songs");
      }
      SongLookup.Asked from = lookup.ask(ends.from);
      SongLookup.Asked to = lookup.ask(ends.to);
      title = from.name() + " … " + to.name();
      songs = lookup.between(from, to, count);
    }
    if (json.wanted()) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("title", title);
      answer.put("songs", songs.stream().map(PlaylistOutput::asJson).toList());
      JsonOption.print(spec.commandLine().getOut(), answer);
    } else {
      output.write(lookup, title, songs);
    }
    return 0;
  }
}
