package org.surmala.watch;

import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.surmala.read.Listing;
import org.surmala.read.ReadOptions;
import org.surmala.read.SongLister;

/**
 * How a collection is watched.
 *
 * @param read where its songs are
 * @param history of the collection
 * @param ending a file whose being there says that nothing more is to be taken
 * @param arrivals where its songs are announced; null when they are looked for
 */
public record WatchOptions(
    ReadOptions read, FileEventLog history, String ending, @Nullable MessageInbox arrivals)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Lists every song that there is, by looking for it or at what was announced. */
  void list(Listing listing) throws IOException {
    SongLister lister = new SongLister(read);
    if (arrivals == null) {
      lister.list(listing);
    } else {
      lister.list(arrivals.uris(), listing);
    }
  }
}
