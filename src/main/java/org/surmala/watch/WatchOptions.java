package org.surmala.watch;

import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.surmala.read.Listing;
import org.surmala.read.ReadOptions;
import org.surmala.read.SongLister;

/**
 * Options of polling a collection.
 *
 * @param ending path of a file; once it exists, no further file is taken
 * @param arrivals announced songs; null if songs are listed
 */
public record WatchOptions(
    ReadOptions read, FileEventLog history, String ending, @Nullable MessageInbox arrivals)
    implements Serializable {
  /** Lists every song, from the file system or from the announcements. */
  void list(Listing listing) throws IOException {
    SongLister lister = new SongLister(read);
    if (arrivals == null) {
      lister.list(listing);
    } else {
      lister.list(arrivals.uris(), listing);
    }
  }
}
