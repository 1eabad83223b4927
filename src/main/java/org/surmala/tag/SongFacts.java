package org.surmala.tag;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.surmala.dsp.MusicalKey;
import org.surmala.search.KnownSong;

/** The texts of the fields with facts about a song; unknown facts have none. */
final class SongFacts {
  private SongFacts() {}

  /**
   * The fields to write: those of the song and its mood words that differ from the present texts.
   */
  static Map<TagField, String> of(
      TagRequest request, KnownSong song, List<String> mood, Map<TagField, String> before) {
    Map<TagField, String> known = new EnumMap<>(TagField.class);
    Double bpm = song.bpm();
    if (bpm != null) {
      known.put(TagField.BPM, String.format(Locale.ROOT, "%.0f", bpm));
    }
    MusicalKey key = song.key();
    if (key != null) {
      String tonic = key.toString().substring(0, key.toString().indexOf(' '));
      known.put(TagField.KEY, key.minor() ? tonic + "m" : tonic);
    }
    if (!mood.isEmpty()) {
      known.put(TagField.MOOD, String.join(", ", mood));
    }
    known.keySet().retainAll(request.facts());
    known
        .entrySet()
        .removeIf(
            fact -> {
              String there = before.getOrDefault(fact.getKey(), "");
              return there.equals(fact.getValue()) || (!there.isEmpty() && !request.overwrites());
            });
    return known;
  }
}
