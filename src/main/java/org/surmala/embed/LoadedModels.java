package org.surmala.embed;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.surmala.io.CheckpointFile;
import org.surmala.schema.ModelCheckpoint;

/**
 * The models that this process has read, by the SHA-256 of their files: at most {@value #MOST}, the
 * least recently used is let go.
 */
final class LoadedModels {
  private static final int MOST = 64;
  private static final Map<String, SongEmbedder> LOADED = new LinkedHashMap<>(16, 0.75f, true);

  private LoadedModels() {}

  /**
   * The checkpoint's model, read when it is not yet known.
   *
   * @throws IOException when its file can't be read or has other bytes
   */
  static SongEmbedder get(ModelCheckpoint checkpoint) throws IOException {
    // One reader at a time: of many threads that need a new model, one reads it.
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
