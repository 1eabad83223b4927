package org.surmala.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.surmala.config.UsageException;
import org.surmala.read.IgnoreRules;

/** {@link SongRules} applied to the songs of a collection. */
final class SongSelection {
  private final List<KnownSong> songs;
  private final SongRules rules;
  private final int[] versions;
  private final IntPredicate wanted;

  private SongSelection(
      List<KnownSong> songs, SongRules rules, int[] versions, IntPredicate wanted) {
    this.songs = songs;
    this.rules = rules;
    this.versions = versions;
    this.wanted = wanted;
  }

  /** Reads the tables about the songs; called only if the rules need them. */
  @FunctionalInterface
  interface Tables {
    SongColumns read() throws IOException;
  }

  /**
   * Applies rules.
   *
   * @param versions version number of each song: versions of the same song have the same number
   * @throws UsageException if an expression or a pattern is invalid
   */
  static SongSelection of(SongRules rules, List<KnownSong> songs, int[] versions, Tables tables)
      throws IOException {
    IntPredicate wanted = song -> true;
    TempoRange tempo = rules.tempo();
    if (tempo != null) {
      wanted = wanted.and(song -> tempo.has(songs.get(song).bpm()));
    }
    if (!rules.exclude().isEmpty()) {
      wanted = wanted.and(excluded(rules, songs).negate());
    }
    String where = rules.where();
    if (where != null) {
      wanted = wanted.and(where(where, tables.read()));
    }
    return new SongSelection(
        songs,
        rules,
        rules.allVersions() ? IntStream.range(0, songs.size()).toArray() : versions,
        wanted);
  }

  private static IntPredicate excluded(SongRules rules, List<KnownSong> songs) {
    try {
      IgnoreRules ignored = IgnoreRules.of(rules.exclude());
      // Paths of songs outside the data folder start with "../".
      return song -> ignored.ignores(songs.get(song).filepath().replaceFirst("^(\\.\\./)+|^/", ""));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--exclude: " + e.getMessage(), e);
    }
  }

  private static IntPredicate where(String where, SongColumns columns) {
    try {
      SongCondition condition = SongCondition.parse(where, columns.names());
      return song -> condition.test(column -> columns.cell(song, column));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--where " + e.getMessage(), e);
    }
  }

  /** Whether a song may be in an answer. */
  boolean wants(int song) {
    return wanted.test(song);
  }

  /** The limits of one answer. */
  SongQuota quota() {
    return new SongQuota(songs, versions, rules.perArtist(), rules.perAlbum());
  }

  /** Checks that at least one song may be in an answer. */
  void requireAny(String noun) {
    if (IntStream.range(0, songs.size()).noneMatch(wanted)) {
      throw new UsageException(
          "no %s of the collection meets %s; loosen the condition"
              .formatted(noun, String.join(" and ", options())));
    }
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    if (rules.where() != null) {
      options.add("--where " + rules.where());
    }
    if (!rules.exclude().isEmpty()) {
      options.add("--exclude " + String.join(" --exclude ", rules.exclude()));
    }
    if (rules.tempo() != null) {
      options.add("--bpm");
    }
    return options;
  }
}
