package org.surmala.read;

import org.surmala.schema.Failure;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/** Receives the files that a {@link SongLister} finds; each file goes to exactly one method. */
public interface Listing {
  /** A file with the extension of a song. */
  void song(SongFile file);

  void skipped(SkippedFile file);

  /** A file with the extension of a song that cannot be read. */
  void failed(Failure failure);
}
