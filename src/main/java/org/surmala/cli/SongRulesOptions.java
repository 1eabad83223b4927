package org.surmala.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.search.SongRules;
import org.surmala.search.TempoRange;
import picocli.CommandLine.Option;

/** Options for the songs that an answer may hold. */
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
          "Leaves out songs by their path, as in a .gitignore: 'Audiobooks/', '*live*'. Give it"
              + " again for more.")
  private List<String> exclude = List.of();

  @Option(
      names = "--bpm",
      paramLabel = "LOW..HIGH",
      description = "Only songs of these tempi in beats per minute, such as 90..120.")
  private @Nullable String tempo;

  @Option(
      names = "--per-artist",
      paramLabel = "N",
      description = "Songs of one artist at most; 0 for any number (default: see below).")
  private @Nullable Integer perArtist;

  @Option(
      names = "--per-album",
      paramLabel = "N",
      description = "Songs of one album at most; 0 for any number, the default.")
  private @Nullable Integer perAlbum;

  @Option(
      names = "--all-versions",
      description = "Counts near-duplicates as songs of their own. Without it, only one appears.")
  private boolean allVersions;

  /**
   * The rules.
   *
   * @param standardPerArtist songs of one artist where the option is not given
   * @throws UsageException when a value is not valid
   */
  SongRules rules(int standardPerArtist) {
    TempoRange range = null;
    try {
      range = tempo == null ? null : TempoRange.parse(tempo);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--bpm: " + e.getMessage(), e);
    }
    try {
      return new SongRules(
          where,
          exclude,
          range,
          perArtist == null ? standardPerArtist : perArtist,
          perAlbum == null ? 0 : perAlbum,
          allVersions);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
