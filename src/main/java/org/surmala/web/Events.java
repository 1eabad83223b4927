package org.surmala.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Server-sent events: what is told to every page that is open. */
final class Events {
  /** Pages that can listen at one time. */
  static final int MOST_LISTENERS = 64;

  /** What a page gets that nothing happens to, so that connections that are gone are noticed. */
  static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final List<Consumer<byte[]>> listeners = new CopyOnWriteArrayList<>();

  /**
   * Adds a listener.
   *
   * @throws ApiException when too many listen
   */
  synchronized void add(Consumer<byte[]> listener) throws ApiException {
    if (listeners.size() >= MOST_LISTENERS) {
      throw new ApiException(503, "too_many_listeners", "close other pages of this server");
    }
    listeners.add(listener);
  }

  /** Removes a listener; whether it listened. */
  synchronized boolean remove(Consumer<byte[]> listener) {
    return listeners.remove(listener);
  }

  /** Tells an event. */
  void send(String event, Object json) {
    if (!listeners.isEmpty()) {
      send(
          ("event: " + event + "\ndata: " + WebResponse.text(json) + "\n\n")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Shows every listener that the server is there. */
  void beat() {
    send(HEARTBEAT);
  }

  private void send(byte[] message) {
    listeners.forEach(listener -> listener.accept(message));
  }
}
