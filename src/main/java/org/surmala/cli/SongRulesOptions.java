package org.surmala.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.search.SongRules;
import org.surmala.search.TempoRange;
import picocli.CommandLine.Option;

/** Options that filter the songs of an answer. */
final class SongRulesOptions {
  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "Only songs that meet a condition over the columns of metadata.csv and assignments.csv:"
              + " 'genre != Audiobook and bpm in 90..120'. Operators: = != < <= > >= in contains"
              + " and or not.")
  private @Nullable String where;

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description =
          "Leaves out songs by their path, as in a .gitignore: 'Audiobooks/', '*live*'. Repeat "
              + "the option for more.")
  private List<String> exclude = List.of();

  @Option(
      names = "--bpm",
      paramLabel = "LOW..HIGH",
      description = "Only songs of these tempi in beats per minute, such as 90..120.")
  private @Nullable String tempo;

  @Option(
      names = "--per-artist",
      paramLabel = "N",
      description = "Maximum number of songs per artist; 0 for no limit (default: see below).")
  private @Nullable Integer perArtist;

  @Option(
      names = "--per-album",
      paramLabel = "N",
      description = "Maximum number of songs per album; 0, the default, for no limit.")
  private @Nullable Integer perAlbum;

  @Option(
      names = "--all-versions",
      description =
          "Counts near-duplicates as separate songs. Without it, only one of them " + "appears.")
  private boolean allVersions;

  /** The rules, with a default number of songs per artist. */
  SongRules rules(int standardPerArtist) {
    @Nullable TempoRange range;
    try {
      range = tempo == null ? null : TempoRange.parse(tempo);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--bpm: " + e.getMessage(), e);
    }
    return UsageException.unlessRefused(
        () ->
            new SongRules(
                where,
                exclude,
                range,
                perArtist == null ? standardPerArtist : perArtist,
                perAlbum == null ? 0 : perAlbum,
                allVersions));
  }
}
