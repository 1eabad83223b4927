package org.surmala.tag;

import java.util.Set;

/**
 * The tags to write.
 *
 * @param note field of the cluster and the nearest songs
 * @param nearest number of nearest songs in the note
 * @param facts fields of facts: BPM, KEY and MOOD
 * @param overwrites whether facts replace those of other programs; else they fill only empty fields
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
