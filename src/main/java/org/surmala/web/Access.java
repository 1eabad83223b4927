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
 * Who may ask. A page of another site cannot: neither under a name that it has let point to this
 * machine (DNS rebinding), nor by a form, a script, an image or a sound in it.
 *
 * @param host that was asked for by {@code --host}; null for this machine alone
 * @param token that requests must bring; null for this machine alone
 */
record Access(@Nullable String host, @Nullable String token) {
  /** The cookie that holds the token. */
  static final String COOKIE = "surmala_token";

  /** What a form of another site cannot send. */
  static final String HEADER = "X-Surmala";

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.\\d{1,3}){3}|\\[::1]");

  /**
   * Checks a request.
   *
   * @throws ApiException when it must not be answered; the message says what is missing
   */
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
   * Whether a request asks for this server by a name that no other site can take: an address of
   * numbers, localhost, or the very host that was asked for.
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

  /** Whether a person opens the page by the address that was printed. */
  boolean isEntry(WebRequest request) {
    List<String> tokens = request.all("token");
    return request.path().equals("/") && tokens.size() == 1 && matches(tokens.get(0));
  }

  /** In a time that does not tell how much of it is right. */
  private boolean matches(String given) {
    return token != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps the token in a cookie, out of addresses and of reach of scripts. */
  WebResponse enter() {
    return WebResponse.empty(303)
        .with("Location", "/")
        .with("Cache-Control", "no-store")
        .with("Set-Cookie", COOKIE + "=" + token + "; HttpOnly; SameSite=Strict; Path=/");
  }
}
