package org.surmala.web;

/** A request that is answered with an error. */
final class ApiException extends Exception {
  private final int status;
  private final String code;

  /**
   * @param status status of the response, from 400
   * @param code error code for programs, in snake case
   * @param message message for people: the value found, and the remedy
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
