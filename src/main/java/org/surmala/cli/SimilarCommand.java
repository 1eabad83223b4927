package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.search.KnownSong;
import org.surmala.search.SimilarQuery;
import org.surmala.search.SongGroups;
import org.surmala.search.SongLookup;
import org.surmala.search.SongLookup.Similar;
import org.surmala.search.SongRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code surmala similar}: finds similar songs, artists or albums. */
@Command(
    name = "similar",
    description =
        "Finds the songs that sound most like one or more songs, or the artists or albums most"
            + " like one.",
    sortOptions = false,
    customSynopsis = {
      "surmala similar SONG... [--not SONG]... [-n N] [--diverse] [--why]",
      "                       [--where CONDITION] [...] [--json | --m3u FILE]",
      "       surmala similar --artists NAME | --albums NAME [-n N] [--json]",
      "                       [--results DIR] [--data DIR] [-v]"
    },
    footer = {
      "",
      "The number of songs per artist and per album has no limit unless you give one.",
      "",
      "Examples:",
      "  surmala similar \"Ekla Chalo Re\"",
      "  surmala similar \"Ekla Chalo Re\" \"Paper Lanterns\" --not \"Static Hearts\" --why",
      "  surmala similar ~/Downloads/new.mp3 -n 20 --diverse --per-artist 1",
      "  surmala similar --artists \"Rabindranath\""
    })
final class SimilarCommand extends SurmalaCommand {
  @Parameters(
      paramLabel = "SONG",
      arity = "0..*",
      description =
          "Songs of the collection, by a part of the title, the path with or without extension or"
              + " the beginning of the id; or any audio files. With several songs, the answers "
              + "resemble their mean.")
  private List<String> songs = List.of();

  @Option(
      names = "--not",
      paramLabel = "SONG",
      description = "A song that the answers should not resemble. Repeat the option for more.")
  private List<String> avoided = List.of();

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of answers (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--diverse",
      description =
          "Finds songs that are similar to it but not to one another: maximal marginal relevance "
              + "among"
              + " the 10 N nearest.")
  private boolean diverse;

  @Option(
      names = "--why",
      description = "Shows the two or three features in which the songs agree, in words.")
  private boolean why;

  @Option(
      names = "--artists",
      paramLabel = "NAME",
      description = "The artists most like an artist, by the means of their songs.")
  private @Nullable String artist;

  @Option(
      names = "--albums",
      paramLabel = "NAME",
      description = "The albums most like an album; without a tag, a folder is an album.")
  private @Nullable String album;

  @Mixin private SongRulesOptions rules = new SongRulesOptions();

  @Option(
      names = "--m3u",
      paramLabel = "FILE",
      description = "Writes a playlist instead; - for standard output.")
  private @Nullable String m3u;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ResultsOption results = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new UsageException("-n is " + count + "; give a whole number of 1 or more");
    }
    if (json.wanted() && m3u != null) {
      throw new UsageException("--json and --m3u exclude each other; give one");
    }
    SongRules allowed = rules.rules(0);
    if (artist != null || album != null) {
      requireNothingElse(allowed);
      SongLookup lookup = SongLookup.open(results.folder(), data.folder());
      SimilarGroupsOutput.print(
          spec.commandLine().getOut(),
          lookup.groups(artist != null ? SongGroups.Kind.ARTIST : SongGroups.Kind.ALBUM),
          String.valueOf(artist != null ? artist : album),
          count,
          json.wanted());
      return 0;
    }
    if (songs.isEmpty()) {
      throw new UsageException("which songs? give a SONG, --artists NAME or --albums NAME");
    }
    SongLookup lookup = SongLookup.open(results.folder(), data.folder());
    SimilarQuery query = new SimilarQuery(ask(lookup, songs), ask(lookup, avoided));
    List<Similar> similar = lookup.similar(query, count, diverse, allowed);
    List<List<String>> traits = why ? lookup.sharedTraits(query, similar) : List.of();
    PrintWriter out = spec.commandLine().getOut();
    if (m3u != null) {
      List<KnownSong> listed = similar.stream().map(Similar::song).toList();
      PlaylistOutput.of("--m3u", m3u, spec).write(lookup, "Like " + query.name(), listed);
    } else if (json.wanted()) {
      JsonOption.print(out, asJson(query, similar, traits));
    } else {
      int width = SongTable.width(System.getenv());
      out.println(DisplayWidth.fit("Like " + query.name(), width).stripTrailing());
      out.println();
      List<SongTable.Row> rows = new ArrayList<>();
      for (int i = 0; i < similar.size(); i++) {
        Similar found = similar.get(i);
        rows.add(
            new SongTable.Row(found.song(), found.distance(), why ? traits.get(i) : List.of()));
      }
      SongTable.print(out, width, lookup.noun(), rows);
      out.flush();
    }
    return 0;
  }

  private void requireNothingElse(SongRules allowed) {
    if (artist != null && album != null) {
      throw new UsageException("--artists and --albums exclude each other; give one");
    }
    boolean isAlone =
        songs.isEmpty()
            && avoided.isEmpty()
            && !diverse
            && !why
            && m3u == null
            && allowed.equals(SongRules.ALL);
    if (!isAlone) {
      throw new UsageException(
          (artist != null ? "--artists" : "--albums")
              + " accepts only -n, --json, --results and --data; leave out SONG and the other "
              + "options");
    }
  }

  private static List<SongLookup.Asked> ask(SongLookup lookup, List<String> texts)
      throws IOException {
    List<SongLookup.Asked> asked = new ArrayList<>();
    for (String text : texts) {
      asked.add(lookup.ask(text));
    }
    return asked;
  }

  private Map<String, Object> asJson(
      SimilarQuery query, List<Similar> similar, List<List<String>> traits) {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (int i = 0; i < similar.size(); i++) {
      Map<String, Object> answer = PlaylistOutput.asJson(similar.get(i).song());
      answer.put("distance", similar.get(i).distance());
      if (why) {
        answer.put("why", traits.get(i));
      }
      answers.add(answer);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("song", query.name());
    answer.put("similar", answers);
    return answer;
  }
}
