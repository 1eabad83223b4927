package org.surmala.read;

import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/** Receives the files that a {@link SongLister} finds; each file goes to exactly one method. */
public interface Listing {
  /** A file that is a song by its name. */
  void song(SongFile file);

  /** A file that is left out on purpose. */
  void skipped(SkippedFile file);

  /** Something that looks like a song and cannot be read as one. */
  void failed(Failure failure);
}
