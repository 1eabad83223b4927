package org.surmala.tag;

import org.jaudiotagger.tag.FieldKey;

/**
 * Fields that players show. In ID3: TIT1, TMOO (version 2.3: TXXX:MOOD), COMM, TBPM, TKEY; in
 * Vorbis comments: GROUPING, MOOD, COMMENT, BPM, INITIALKEY; in MP4: ©grp, MOOD, ©cmt, tmpo,
 * initialkey.
 */
public enum TagField {
  GROUPING(FieldKey.GROUPING),
  MOOD(FieldKey.MOOD),
  COMMENT(FieldKey.COMMENT),
  /** Beats per minute, a whole number. */
  BPM(FieldKey.BPM),
  /** The key in ID3's notation: Am, Bb, F#m. */
  KEY(FieldKey.KEY);

  private final FieldKey key;

  TagField(FieldKey key) {
    this.key = key;
  }

  FieldKey key() {
    return key;
  }
}
