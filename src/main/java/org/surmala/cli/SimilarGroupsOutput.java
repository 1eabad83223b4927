package org.surmala.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surmala.search.SongGroups;

/** Prints similar artists or albums. */
final class SimilarGroupsOutput {
  private static final int NUMBER_COLUMNS = 22;

  private SimilarGroupsOutput() {}

  /** Finds the groups most like one, and prints them. */
  static void print(PrintWriter out, SongGroups groups, String name, int count, boolean isJson) {
    SongGroups.Group asked = groups.find(name);
    List<SongGroups.Similar> similar = groups.nearest(asked, count);
    if (isJson) {
      JsonOption.print(out, asJson(groups.kind(), asked, similar));
      return;
    }
    int width = SongTable.width(System.getenv());
    int shown = (width - NUMBER_COLUMNS) / 2;
    out.println(DisplayWidth.fit("Like " + asked.shown(), width).stripTrailing());
    out.println();
    out.println(line("", "distance", "songs", groups.kind().noun(), "typical song", shown));
    int rank = 0;
    for (SongGroups.Similar found : similar) {
      out.println(
          line(
              String.valueOf(++rank),
              SongTable.digits(found.distance()),
              String.valueOf(found.group().songs().size()),
              found.group().shown(),
              found.typical().title(),
              shown));
    }
    out.flush();
  }

  private static String line(
      String rank, String distance, String songs, String name, String typical, int columns) {
    return String.format(
            Locale.ROOT,
            "%3s  %8s  %5s  %s  %s",
            rank,
            distance,
            songs,
            DisplayWidth.fit(name, columns),
            DisplayWidth.fit(typical, columns - 2))
        .stripTrailing();
  }

  private static Map<String, Object> asJson(
      SongGroups.Kind kind, SongGroups.Group asked, List<SongGroups.Similar> similar) {
    List<Map<String, Object>> answers = new ArrayList<>();
    for (SongGroups.Similar found : similar) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put(kind.noun(), found.group().name());
      if (kind == SongGroups.Kind.ALBUM) {
        answer.put("artist", found.group().artist());
      }
      answer.put("songs", found.group().songs().size());
      answer.put("typical", PlaylistOutput.asJson(found.typical()));
      answer.put("distance", found.distance());
      answers.add(answer);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(kind.noun(), asked.name());
    answer.put("similar", answers);
    return answer;
  }
}
