package org.surmala.embed;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.surmala.io.CheckpointFile;
import org.surmala.schema.ModelCheckpoint;

/**
 * An LRU cache of the models of this process, by the SHA-256 of their files, with at most {@value
 * #MOST} entries.
 */
final class LoadedModels {
  private static final int MOST = 64;
  private static final Map<String, SongEmbedder> LOADED = new LinkedHashMap<>(16, 0.75f, true);

  private LoadedModels() {}

  /**
   * The model of a checkpoint, cached.
   *
   * @throws IOException if its file cannot be read or its bytes have changed
   */
  static SongEmbedder get(ModelCheckpoint checkpoint) throws IOException {
    // One reader at a time, so that only one of several threads reads a new model.
    synchronized (LOADED) {
      SongEmbedder known = LOADED.get(checkpoint.getSha256());
      if (known != null) {
        return known;
      }
      SongEmbedder read = SongEmbedder.of(checkpoint, CheckpointFile.read(checkpoint));
      LOADED.put(checkpoint.getSha256(), read);
      if (LOADED.size() > MOST) {
        LOADED.remove(LOADED.keySet().iterator().next());
      }
      return read;
    }
  }
}
