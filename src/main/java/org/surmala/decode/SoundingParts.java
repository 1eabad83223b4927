package org.surmala.decode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.SongException;

/** The parts of a song between its gaps. Only the levels of the whole song are stored. */
final class SoundingParts {
  /** A range of samples of a song; {@code end} is after the last one. */
  record Span(long begin, long end) {
    long length() {
      return end - begin;
    }
  }

  /** Shortest song that is probed, since no part of a shorter song is far from its middle. */
  private static final int PROBED_SECONDS = 180;

  /**
   * Length from which songs have more probes: songs with a hidden track are long, and long songs
   * can afford the cost.
   */
  private static final int LONG_SECONDS = 360;

  private static final int PROBES_OF_LONG = 16;

  /** Largest distance between probes in shorter songs. */
  private static final int SPACING_SECONDS = 45;

  private final List<Span> parts = new ArrayList<>();
  private final boolean whole;

  /** Finds the parts of a song from its blocks. */
  SoundingParts(BlockLevels levels, int block, long length) {
    if (!levels.sounds()) {
      whole = true;
      return;
    }
    boolean[] gaps = levels.gaps();
    boolean found = false;
    int begin = 0;
    for (int i = 0; i <= gaps.length; i++) {
      if (i == gaps.length || gaps[i]) {
        if (i > begin) {
          parts.add(new Span((long) begin * block, Math.min(length, (long) i * block)));
        }
        begin = i + 1;
        found |= i < gaps.length;
      }
    }
    whole = !found;
  }

  /**
   * Whether a long song is quiet relative to its middle at one of a few evenly spaced positions:
   * every gap longer than their distance is found.
   */
  static boolean areHintedAt(AudioFile song, BlockLevels middle) throws SongException {
    int seconds = (int) (song.length() / song.sampleRate());
    if (seconds < PROBED_SECONDS) {
      return false;
    }
    int probes = seconds < LONG_SECONDS ? 1 + seconds / SPACING_SECONDS : PROBES_OF_LONG;
    int block = BlockLevels.blockSamples(song.sampleRate());
    // A probe may find a change of rate or channels, and then the song is measured again.
    for (int probe = 0; probe < probes && song.seeks(); probe++) {
      long from = song.length() / (2L * probes) * (2L * probe + 1);
      SampleBuffer samples = song.decode(from, from + block);
      if (samples.covered() == block && middle.isGap(samples.power(from, from + block))) {
        return true;
      }
    }
    return false;
  }

  /** Decodes the whole song, about one window at a time. */
  static SoundingParts of(AudioFile song, long window) throws SongException {
    int block = BlockLevels.blockSamples(song.sampleRate());
    long step = Math.max(1, window / block) * block;
    BlockLevels levels = new BlockLevels();
    for (long from = 0; from < song.length(); from += step) {
      long to = Math.min(song.length(), from + step);
      levels.add(song.decode(from, to), from, to, block);
    }
    return new SoundingParts(levels, block, song.length());
  }

  /**
   * The window nearest to the middle of the sounding parts; if no part is long enough, the longest
   * part; null without gaps, or if the song is silent.
   */
  @Nullable Span middle(long window) {
    if (whole) {
      return null;
    }
    long middle = middle();
    Span best = parts.get(0);
    for (Span part : parts) {
      boolean fits = part.length() >= window;
      boolean better =
          best.length() >= window
              ? fits && distance(part, middle) < distance(best, middle)
              : part.length() > best.length();
      if (better) {
        best = part;
      }
    }
    if (best.length() < window) {
      return best;
    }
    long begin = Math.max(best.begin(), Math.min(middle - window / 2, best.end() - window));
    return new Span(begin, begin + window);
  }

  private long middle() {
    long left = parts.stream().mapToLong(Span::length).sum() / 2;
    for (Span part : parts) {
      if (left < part.length()) {
        return part.begin() + left;
      }
      left -= part.length();
    }
    return parts.get(parts.size() - 1).end();
  }

  private static long distance(Span part, long at) {
    return Math.max(0, Math.max(part.begin() - at, at - part.end() + 1));
  }
}
