package org.surmala.read;

import java.io.Serializable;

/**
 * How a collection is watched.
 *
 * @param read where its songs are
 * @param history of the collection
 * @param ending a file whose being there says that nothing more is to be taken
 */
public record WatchOptions(ReadOptions read, History history, String ending)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
