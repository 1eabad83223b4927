package org.surmala.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The notes that a player of one song repeats: each is rendered a few times, and these takes sound
 * in turn, as in a sampler.
 */
final class Takes {
  private static final int PER_NOTE = 3;

  private final Map<Note, List<float[]>> takes = new HashMap<>();
  private int turn;

  /** What makes two notes the same. */
  private record Note(Object instrument, double key, double seconds) {}

  /**
   * A take of a note.
   *
   * @param instrument that plays it, told from others by {@code equals}
   * @param key MIDI key
   * @param seconds that it lasts
   * @param player renders one more take
   */
  float[] play(Object instrument, double key, double seconds, Supplier<float[]> player) {
    List<float[]> there =
        takes.computeIfAbsent(new Note(instrument, key, seconds), note -> new ArrayList<>());
    if (there.size() < PER_NOTE) {
      there.add(player.get());
      return there.get(there.size() - 1);
    }
    return there.get(turn++ % PER_NOTE);
  }
}
