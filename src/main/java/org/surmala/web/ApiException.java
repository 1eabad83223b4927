package org.surmala.web;

/** A request that cannot be answered as asked. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param status of the response, from 400
   * @param code one word for programs, with underscores
   * @param message for people: what was asked, and what to ask instead
   */
  ApiException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static ApiException badRequest(String message) {
    return new ApiException(400, "bad_request", message);
  }

  static ApiException notFound(String message) {
    return new ApiException(404, "not_found", message);
  }

  int status() {
    return status;
  }

  WebResponse response() {
    return WebResponse.error(status, code, String.valueOf(getMessage()));
  }
}
