package org.surmala.tag;

import org.jaudiotagger.tag.FieldKey;

/** Fields that players show, and that can hold what is known of a song. */
public enum TagField {
  GROUPING(FieldKey.GROUPING),
  MOOD(FieldKey.MOOD),
  COMMENT(FieldKey.COMMENT);

  private final FieldKey key;

  TagField(FieldKey key) {
    this.key = key;
  }

  FieldKey key() {
    return key;
  }
}
