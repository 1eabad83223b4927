package org.surmala.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/** Converts the server's requests to {@link WebRequest}s, and responses back. */
final class WebHandler extends Handler.Abstract {
  private static final String EVENTS = Api.ROOT + "events";

  private final Access access;
  private final Api api;
  private final Pages pages;
  private final Events events;
  private final Consumer<String> warn;

  WebHandler(Access access, Api api, Pages pages, Events events, Consumer<String> warn) {
    this.access = access;
    this.api = api;
    this.pages = pages;
    this.events = events;
    this.warn = warn;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    WebRequest head;
    try {
      head = head(request);
      access.check(head);
    } catch (ApiException e) {
      send(request, response, callback, e.response());
      return true;
    } catch (HttpException.RuntimeException e) {
      send(request, response, callback, unreadable(e.getCode()));
      return true;
    }
    // No thread waits for a slow client.
    Content.Source.asByteArrayAsync(
        request,
        WebServer.MOST_BODY,
        Promise.Invocable.from(
            Invocable.InvocationType.BLOCKING,
            (byte[] body, Throwable failed) -> {
              if (failed == null) {
                respond(request, response, callback, head.with(body));
              } else {
                send(request, response, callback, failed(failed));
              }
            }));
    return true;
  }

  private static WebResponse failed(Throwable reading) {
    return reading instanceof IllegalStateException
        ? WebResponse.error(
            413, "too_large", "a body has at most " + WebServer.MOST_BODY + " bytes")
        : unreadable(400);
  }

  static WebResponse unreadable(int status) {
    return WebResponse.error(status, "bad_request", "the request can't be read");
  }

  private void respond(Request request, Response response, Callback callback, WebRequest asked) {
    try {
      if (asked.path().equals(EVENTS) && asked.method().equals("GET")) {
        new EventStream(events, response, callback).open();
      } else {
        send(request, response, callback, answer(asked));
      }
    } catch (ApiException e) {
      send(request, response, callback, e.response());
    } catch (IOException | RuntimeException e) {
      // Clients get no further details.
      warn.accept(request.getMethod() + " " + request.getHttpURI().getPath() + ": " + e);
      send(
          request,
          response,
          callback,
          WebResponse.error(500, "internal_error", "the server failed; its terminal says why"));
    }
  }

  private WebResponse answer(WebRequest asked) throws ApiException, IOException {
    if (access.token() != null && access.isEntry(asked)) {
      return access.enter();
    }
    return asked.path().startsWith("/api/") ? api.answer(asked) : pages.answer(asked);
  }

  private static WebRequest head(Request request) {
    Map<String, List<String>> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getLowerCaseName();
      headers.put(name, request.getHeaders().getValuesList(name));
    }
    Map<String, List<String>> query = new TreeMap<>();
    for (Fields.Field field : Request.extractQueryParameters(request)) {
      query.put(field.getName(), field.getValues());
    }
    return new WebRequest(
        request.getMethod().toUpperCase(Locale.ROOT),
        String.valueOf(request.getHttpURI().getDecodedPath()),
        query,
        headers,
        new byte[0]);
  }

  static void send(Request request, Response response, Callback callback, WebResponse answer) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
    boolean hasBody = answer.status() != 204 && answer.status() != 304;
    if (hasBody) {
      response.getHeaders().put("Content-Length", Long.toString(answer.length()));
    }
    FilePart part = answer.file();
    if (part != null && !request.getMethod().equals("HEAD")) {
      try {
        copy(request, response, callback, part);
      } catch (IOException gone) {
        callback.failed(gone);
      }
    } else {
      boolean isSent = hasBody && !request.getMethod().equals("HEAD");
      response.write(true, ByteBuffer.wrap(isSent ? answer.body() : new byte[0]), callback);
    }
  }

  /** Copies in small parts, asynchronously, so that no thread waits for a slow client. */
  private static void copy(Request request, Response response, Callback callback, FilePart part)
      throws IOException {
    SeekableByteChannel channel =
        Files.newByteChannel(
            part.file(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    ByteBufferPool pool = request.getComponents().getByteBufferPool();
    Content.copy(
        Content.Source.from(new ByteBufferPool.Sized(pool), channel, part.first(), part.length()),
        response,
        Callback.from(callback, () -> IO.close(channel)));
  }
}
