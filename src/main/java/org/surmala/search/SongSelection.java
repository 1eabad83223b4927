package org.surmala.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.surmala.config.UsageException;
import org.surmala.read.IgnoreRules;

/** {@link SongRules} over the songs of a collection. */
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

  /** Reads the tables about the songs; called where the rules need them. */
  @FunctionalInterface
  interface Tables {
    SongColumns read() throws IOException;
  }

  /**
   * Applies rules.
   *
   * @param versions of each song: versions of one song have the same number
   * @throws UsageException when an expression or a pattern is not valid
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
      // Songs outside the data folder: their paths begin with the way out of it.
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

  /**
   * Checks that some song may be in an answer.
   *
   * @param noun what the songs are
   * @throws UsageException when none may
   */
  void requireAny(String noun) {
    if (IntStream.range(0, songs.size()).noneMatch(wanted)) {
      throw new UsageException(
          "no "
              + noun
              + " of the collection meets "
              + String.join(" and ", options())
              + "; loosen the condition");
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
