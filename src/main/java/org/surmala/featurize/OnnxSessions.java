package org.surmala.featurize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.surmala.model.onnx.OnnxModel;
import org.surmala.model.onnx.OnnxSession;

/**
 * The sessions of this process: all threads that embed under one model share one, which is closed
 * when the last of them is done.
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
   * The session of a model; give it back to {@link #close}.
   *
   * @throws UncheckedIOException when the model cannot be read
   * @throws IllegalStateException when it is no longer the model that the options describe
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

  /** Gives a session back. */
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
