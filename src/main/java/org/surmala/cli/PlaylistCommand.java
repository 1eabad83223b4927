package org.surmala.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.search.KnownSong;
import org.surmala.search.PlaylistRules;
import org.surmala.search.SongLookup;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code surmala playlist}: makes a playlist. */
@Command(
    name = "playlist",
    description =
        "Makes a playlist: the core of a cluster, a smooth path from one song to another, or"
            + " songs like a given one.",
    sortOptions = false,
    customSynopsis = {
      "surmala playlist --cluster NAME [OPTIONS]",
      "       surmala playlist --from SONG --to SONG [OPTIONS]",
      "       surmala playlist --like SONG [OPTIONS]"
    },
    footer = {
      "",
      "A SONG is a part of its title, its path, or the beginning of its id. --like also",
      "takes any audio file. --from and --like use one song per artist unless you give",
      "--per-artist N; --cluster has no limit.",
      "",
      "Examples:",
      "  surmala playlist --cluster A --out calm.m3u8",
      "  surmala playlist --from \"Ekla Chalo Re\" --to \"Yesterday\" -n 12 --seed 7",
      "  surmala playlist --cluster A --max-minutes 60 --harmonic --weight rating",
      "  surmala playlist --like ~/Downloads/new.mp3 --out like-it.m3u8"
    })
final class PlaylistCommand extends SurmalaCommand {
  private static final int SONGS = 25;

  @ArgGroup(multiplicity = "1")
  private Way way = new Way();

  @Option(
      names = "-n",
      paramLabel = "N",
      description =
          "Maximum number of songs (default: 25; any number with --min-minutes or --max-minutes).")
  private @Nullable Integer count;

  @Option(names = "--max-minutes", paramLabel = "M", description = "Maximum playing time.")
  private @Nullable Double maxMinutes;

  @Option(
      names = "--min-minutes",
      paramLabel = "M",
      description = "Minimum playing time; without --max-minutes the playlist ends there.")
  private @Nullable Double minMinutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Each whole number gives a different playlist.")
  private @Nullable Long seed;

  @Option(
      names = "--weight",
      paramLabel = "COLUMN",
      description =
          "Prefers songs with a high value in a numeric column, such as a rating: the highest "
              + "value halves the distance.")
  private @Nullable String weight;

  @Option(
      names = "--harmonic",
      description =
          "Orders the songs so that each mixes with the next: neighbouring Camelot keys, close"
              + " tempi.")
  private boolean harmonic;

  @Mixin private SongRulesOptions rules = new SongRulesOptions();

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

  /** The selection of songs. */
  static final class Way {
    @Option(
        names = "--cluster",
        paramLabel = "NAME",
        description = "The core of a cluster, by letter or name, or of a group (A2).")
    private @Nullable String cluster;

    @Option(
        names = "--like",
        paramLabel = "SONG",
        description = "A song and the songs most like it.")
    private @Nullable String like;

    @ArgGroup(exclusive = false)
    private @Nullable Ends ends;
  }

  /** The ends of a path. */
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
    if (count != null && count < least) {
      throw new UsageException("-n is " + count + "; give a whole number of " + least + " or more");
    }
    PlaylistRules wanted = rules();
    if (json.wanted() && !out.equals(PlaylistOutput.STANDARD_OUTPUT)) {
      throw new UsageException("--json and --out exclude each other; give one");
    }
    PlaylistOutput output = PlaylistOutput.of("--out", out, spec);
    SongLookup lookup = SongLookup.open(results.folder(), data.folder());
    String title;
    List<KnownSong> songs;
    if (way.cluster != null) {
      songs = lookup.core(way.cluster, wanted);
      title = songs.isEmpty() ? way.cluster : songs.get(0).cluster();
    } else if (way.like != null) {
      SongLookup.Asked asked = lookup.ask(way.like);
      title = "Like " + asked.name();
      songs = lookup.like(asked, wanted);
    } else {
      Ends ends = way.ends;
      if (ends == null) {
        throw new IllegalStateException("picocli let a command through without its songs");
      }
      SongLookup.Asked from = lookup.ask(ends.from);
      SongLookup.Asked to = lookup.ask(ends.to);
      title = from.name() + " … " + to.name();
      songs = lookup.between(from, to, wanted);
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

  private PlaylistRules rules() {
    boolean isTimed = minMinutes != null || maxMinutes != null;
    int most = count != null ? count : isTimed ? Integer.MAX_VALUE : SONGS;
    return UsageException.unlessRefused(
        () ->
            new PlaylistRules(
                rules.rules(way.cluster == null ? 1 : 0),
                most,
                minMinutes,
                maxMinutes,
                weight,
                seed,
                harmonic));
  }
}
