package org.surmala.web;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The connection of one page that receives {@link Events}. */
final class EventStream implements Consumer<byte[]> {
  /** A page that lags by more events than this is disconnected; it reconnects. */
  private static final int MOST_WAITING = 64;

  private final Events events;
  private final Response response;
  private final Callback callback;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private boolean isWriting;
  private boolean isEnded;

  EventStream(Events events, Response response, Callback callback) {
    this.events = events;
    this.response = response;
    this.callback = callback;
  }

  /** Opens the stream, or refuses if too many are open. */
  void open() throws ApiException {
    events.add(this);
    WebResponse headers = WebResponse.empty(200).with("Content-Type", "text/event-stream");
    headers.headers().forEach(response.getHeaders()::put);
    response.getHeaders().put("Cache-Control", "no-store");
    accept(Events.HEARTBEAT);
  }

  @Override
  public void accept(byte[] message) {
    boolean isTooSlow;
    synchronized (this) {
      if (isEnded) {
        return;
      }
      isTooSlow = waiting.size() >= MOST_WAITING;
      if (!isTooSlow) {
        waiting.add(message);
        if (isWriting) {
          return;
        }
        isWriting = true;
      }
    }
    if (isTooSlow) {
      end(new IllegalStateException("the page is too slow"));
    } else {
      writeNext();
    }
  }

  private void writeNext() {
    byte[] next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null || isEnded) {
        isWriting = false;
        return;
      }
    }
    response.write(false, ByteBuffer.wrap(next), Callback.from(this::writeNext, this::end));
  }

  /** Ends the stream once; a pending write then fails as well. */
  private void end(Throwable cause) {
    synchronized (this) {
      isEnded = true;
      waiting.clear();
    }
    if (events.remove(this)) {
      callback.failed(cause);
    }
  }
}
