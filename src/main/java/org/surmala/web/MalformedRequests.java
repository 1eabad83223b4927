package org.surmala.web;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that are refused before they reach {@link WebHandler}, such as those with an
 * ambiguous path, like other API errors: in JSON, with the same headers. The answer repeats nothing
 * of the request.
 */
final class MalformedRequests extends ErrorHandler {
  private static final int SERVER_ERROR = 500;

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    WebHandler.send(
        request,
        response,
        callback,
        code < SERVER_ERROR
            ? WebHandler.unreadable(code)
            : WebResponse.error(code, "internal_error", "the server failed"));
  }
}
