package org.surmala.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.dsp.MusicalKey;
import org.surmala.search.KnownSong;
import org.surmala.words.Noun;

/**
 * A table of songs: rank, distance, name, tempo, key on the Camelot wheel, cluster. Its width is
 * the variable COLUMNS, at most 80 columns. Tempo and key are left out if no song has one, the
 * cluster on a narrow terminal.
 */
final class SongTable {
  private static final int NARROWEST = 32;
  private static final int WIDE_ENOUGH_FOR_CLUSTERS = 60;
  private static final int CLUSTER_COLUMNS = 20;

  private final int width;
  private final Noun noun;
  private final boolean hasDistances;
  private final boolean hasTempi;
  private final boolean hasClusters;
  private final int nameColumns;

  /**
   * A row; without a distance in a table without distances. The traits are of both song and query.
   */
  record Row(KnownSong song, @Nullable Double distance, List<String> traits) {}

  private SongTable(int width, Noun noun, List<Row> rows) {
    this.width = width;
    this.noun = noun;
    hasDistances = rows.stream().anyMatch(row -> row.distance() != null);
    hasTempi = rows.stream().anyMatch(row -> row.song().bpm() != null || row.song().key() != null);
    hasClusters = width >= WIDE_ENOUGH_FOR_CLUSTERS;
    nameColumns =
        width
            - 5
            - (hasDistances ? 10 : 0)
            - (hasTempi ? 10 : 0)
            - (hasClusters ? CLUSTER_COLUMNS + 2 : 0);
  }

  /** Largest line width, in columns. */
  static int width(Map<String, String> environment) {
    String columns = environment.getOrDefault("COLUMNS", "");
    int asked = columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : LineWrap.WIDTH;
    return Math.max(NARROWEST, Math.min(LineWrap.WIDTH, asked));
  }

  /** Prints a table. */
  static void print(PrintWriter out, int width, Noun noun, List<Row> rows) {
    SongTable table = new SongTable(width, noun, rows);
    table.printHeader(out);
    int rank = 0;
    for (Row row : rows) {
      table.printRow(out, ++rank, row);
    }
  }

  private void printHeader(PrintWriter out) {
    out.println(line("", "distance", noun.toString(), "bpm", "key", "cluster"));
  }

  private void printRow(PrintWriter out, int rank, Row row) {
    KnownSong song = row.song();
    Double bpm = song.bpm();
    MusicalKey key = song.key();
    Double distance = row.distance();
    out.println(
        line(
            String.valueOf(rank),
            distance == null ? "" : digits(distance),
            song.name(),
            bpm == null ? "" : String.format(Locale.ROOT, "%.0f", bpm),
            key == null ? "" : key.camelot(),
            song.cluster()));
    if (!row.traits().isEmpty()) {
      int indent = hasDistances ? 15 : 5;
      out.println(
          " ".repeat(indent)
              + DisplayWidth.fit("both " + String.join(", ", row.traits()), width - indent)
                  .stripTrailing());
    }
  }

  private String line(
      String rank, String distance, String name, String bpm, String key, String cluster) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%3s  ", rank));
    if (hasDistances) {
      line.append(String.format(Locale.ROOT, "%8s  ", distance));
    }
    line.append(DisplayWidth.fit(name, nameColumns));
    if (hasTempi) {
      line.append(String.format(Locale.ROOT, "  %3s  %-3s", bpm, key));
    }
    if (hasClusters) {
      line.append("  ").append(DisplayWidth.fit(cluster, CLUSTER_COLUMNS));
    }
    return line.toString().stripTrailing();
  }

  /** The distance with three decimals, or fewer if they do not fit. */
  static String digits(double distance) {
    return String.format(Locale.ROOT, distance < 1_000 ? "%.3f" : "%.0f", distance);
  }
}
