package org.surmala.tag;

/** Fields that can hold cluster and nearest songs. */
public enum NoteField {
  GROUPING(TagField.GROUPING),
  MOOD(TagField.MOOD),
  COMMENT(TagField.COMMENT);

  private final TagField field;

  NoteField(TagField field) {
    this.field = field;
  }

  /** The corresponding tag field. */
  public TagField field() {
    return field;
  }
}
