package org.surmala.tag;

import java.util.Set;

/**
 * What is written into tags.
 *
 * @param note field of the cluster and the nearest songs
 * @param nearest songs that the note names
 * @param facts fields of facts about the song, of BPM, KEY and MOOD
 * @param overwrites whether facts replace what another program wrote; else they fill empty fields
 */
public record TagRequest(NoteField note, int nearest, Set<TagField> facts, boolean overwrites) {
  public TagRequest {
    facts = Set.copyOf(facts);
    if (facts.contains(note.field())) {
      throw new IllegalArgumentException(
          "--mood and --field MOOD write the same field; give --field GROUPING or COMMENT");
    }
  }
}
