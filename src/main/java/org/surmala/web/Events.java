package org.surmala.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Server-sent events to every open page. */
final class Events {
  /** Maximum number of listening pages. */
  static final int MOST_LISTENERS = 64;

  /** A comment that detects dead connections when there are no events. */
  static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private final List<Consumer<byte[]>> listeners = new CopyOnWriteArrayList<>();

  /** Adds a listener, or refuses if there are too many. */
  synchronized void add(Consumer<byte[]> listener) throws ApiException {
    if (listeners.size() >= MOST_LISTENERS) {
      throw new ApiException(503, "too_many_listeners", "close other pages of this server");
    }
    listeners.add(listener);
  }

  /** Removes a listener; returns whether it was registered. */
  synchronized boolean remove(Consumer<byte[]> listener) {
    return listeners.remove(listener);
  }

  /** Sends an event. */
  void send(String event, Object json) {
    if (!listeners.isEmpty()) {
      send(
          ("event: " + event + "\ndata: " + WebResponse.text(json) + "\n\n")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sends a heartbeat to every listener. */
  void beat() {
    send(HEARTBEAT);
  }

  private void send(byte[] message) {
    listeners.forEach(listener -> listener.accept(message));
  }
}
