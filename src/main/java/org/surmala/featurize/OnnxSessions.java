package org.surmala.featurize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.surmala.model.onnx.OnnxModel;
import org.surmala.model.onnx.OnnxSession;

/**
 * The sessions of this process: all threads that embed by the same model share a session, which is
 * closed when the last thread releases it.
 */
final class OnnxSessions {
  private static final Map<String, Shared> OPEN = new HashMap<>();

  private OnnxSessions() {}

  private static final class Shared {
    private final OnnxSession session;
    private int users;

    Shared(OnnxSession session) {
      this.session = session;
    }
  }

  /**
   * Acquires the session of a model; release it with {@link #close}.
   *
   * @throws UncheckedIOException if the model cannot be read
   * @throws IllegalStateException if the file is no longer the model of the options
   */
  static OnnxSession open(EmbeddingOptions options) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(options.canonical());
      if (shared == null) {
        shared = new Shared(new OnnxSession(read(options), options.preset()));
        OPEN.put(options.canonical(), shared);
      }
      shared.users++;
      return shared.session;
    }
  }

  private static OnnxModel read(EmbeddingOptions options) {
    OnnxModel model;
    try {
      model = OnnxModelFile.read(options.model());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!model.sha256().equals(options.sha256())) {
      throw new IllegalStateException(
          options.model() + " has changed since this run began; start again");
    }
    return model;
  }

  /** Releases a session. */
  static void close(EmbeddingOptions options) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(options.canonical());
      if (shared != null && --shared.users == 0) {
        OPEN.remove(options.canonical());
        shared.session.close();
      }
    }
  }
}
