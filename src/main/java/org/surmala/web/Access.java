package org.surmala.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access control. Pages of other sites have no access: neither through a name that they let point
 * to this machine (DNS rebinding), nor by a form, a script, an image or a sound.
 *
 * @param host the host of {@code --host}; null if only this machine can connect
 * @param token the token that requests need; null if only this machine can connect
 */
record Access(@Nullable String host, @Nullable String token) {
  /** The cookie that holds the token. */
  static final String COOKIE = "surmala_token";

  /** A header that a form of another site cannot send. */
  static final String HEADER = "X-Surmala";

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");

  /** Checks a request; an ApiException says what is missing. */
  void check(WebRequest request) throws ApiException {
    String authority = request.header("Host");
    if (authority == null || !isOwn(authority)) {
      throw new ApiException(
          403,
          "forbidden_host",
          "Host is '" + authority + "'; use the address that surmala serve printed");
    }
    String origin = request.header("Origin");
    if (origin != null && !origin.equalsIgnoreCase("http://" + authority)) {
      throw new ApiException(403, "forbidden_origin", "another site may not ask");
    }
    String site = request.header("Sec-Fetch-Site");
    boolean isLink =
        request.path().equals("/") && "navigate".equals(request.header("Sec-Fetch-Mode"));
    if (site != null && !site.equals("same-origin") && !site.equals("none") && !isLink) {
      throw new ApiException(403, "forbidden_origin", "another site may not ask");
    }
    if (!READING.contains(request.method()) && !"1".equals(request.header(HEADER))) {
      throw new ApiException(
          403, "missing_header", "a request that changes something needs " + HEADER + ": 1");
    }
    if (token != null && !isGranted(request)) {
      throw new ApiException(
          401,
          "unauthorized",
          "open the address with ?token=… that surmala serve printed, or send Authorization:"
              + " Bearer and the token");
    }
  }

  /**
   * Whether a request names this server in a way that no other site can: by a numeric address,
   * localhost, or the host of {@code --host}.
   */
  private boolean isOwn(String authority) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return false;
    }
    String name = parts.group(1).toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(name).matches()
        || (host != null
            && (ADDRESS.matcher(name).matches() || name.equals(host.toLowerCase(Locale.ROOT))));
  }

  private boolean isGranted(WebRequest request) throws ApiException {
    String bearer = request.header("Authorization");
    if (bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return matches(bearer.substring(7).strip());
    }
    for (String cookies : request.headers().getOrDefault("cookie", List.of())) {
      for (String cookie : cookies.split(";", -1)) {
        String[] pair = cookie.strip().split("=", 2);
        if (pair.length == 2 && pair[0].equals(COOKIE) && matches(pair[1])) {
          return true;
        }
      }
    }
    return isEntry(request);
  }

  /** Whether the request opens the page by the printed address. */
  boolean isEntry(WebRequest request) {
    List<String> tokens = request.all("token");
    return request.path().equals("/") && tokens.size() == 1 && matches(tokens.get(0));
  }

  /** Compares the token in constant time. */
  private boolean matches(String given) {
    return token != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** Moves the token into a cookie, out of addresses and out of reach of scripts. */
  WebResponse enter() {
    return WebResponse.empty(303)
        .with("Location", "/")
        .with("Cache-Control", "no-store")
        .with("Set-Cookie", COOKIE + "=" + token + "; HttpOnly; SameSite=Strict; Path=/");
  }
}
