package org.surmala.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/** The page and the other files of the results; without results, a page that waits for them. */
record Pages(Results results) {
  private static final String WAITING = "/org/surmala/web/waiting.html";
  private static final Pattern SCRIPT = Pattern.compile("(?s)<script>(.*?)</script>");

  /** Names that start with a dot are internal. */
  private static final Pattern FILE =
      Pattern.compile(
          "/[^/\\\\.\\p{Cntrl}][^/\\\\\\p{Cntrl}]*(?:/[^/\\\\.\\p{Cntrl}][^/\\\\\\p{Cntrl}]*){0,2}");

  /** Answers a request for a page or a file. */
  WebResponse answer(WebRequest request) throws ApiException, IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return WebResponse.error(405, "method_not_allowed", "files can only be read")
          .with("Allow", "GET, HEAD");
    }
    ServedResults state = results.current();
    if (request.path().equals("/")) {
      Path page = state == null ? null : state.folder().resolve("index.html");
      // A run writes its page last, so the page shows that results are complete.
      return page == null || !Files.exists(page) ? waiting() : file(page);
    }
    if (state != null && FILE.matcher(request.path()).matches()) {
      Path home = state.folder().toRealPath();
      Path file = home.resolve(request.path().substring(1));
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && file.toRealPath().startsWith(home)) {
        return file(file.toRealPath());
      }
    }
    throw ApiException.notFound("there is no such page");
  }

  /** The page contains its own policy; browsers apply both. */
  private static WebResponse file(Path file) throws IOException {
    boolean isPage = file.getFileName().toString().endsWith(".html");
    WebResponse response =
        WebResponse.empty(200)
            .with("Content-Type", ContentType.of(file.toString()))
            .with("Cache-Control", "no-cache")
            .with(
                "Content-Security-Policy",
                isPage
                    ? "frame-ancestors 'none'"
                    : "default-src 'none'; style-src 'unsafe-inline'; font-src data:;"
                        + " frame-ancestors 'none'");
    return new WebResponse(
        200, response.headers(), new byte[0], new FilePart(file, 0, Files.size(file)));
  }

  private static WebResponse waiting() throws IOException {
    try (InputStream in = Pages.class.getResourceAsStream(WAITING)) {
      if (in == null) {
        throw new IOException("the jar lacks " + WAITING + "; build it again");
      }
      byte[] page = in.readAllBytes();
      return WebResponse.of(200, "text/html; charset=utf-8", page)
          .with("Cache-Control", "no-store")
          .with("Content-Security-Policy", policy(new String(page, StandardCharsets.UTF_8)));
    }
  }

  private static String policy(String page) {
    String script =
        SCRIPT
            .matcher(page)
            .results()
            .map(element -> element.group(1))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(WAITING + " has no script"));
    return "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; frame-ancestors"
        + " 'none'; script-src 'sha256-"
        + Base64.getEncoder().encodeToString(DigestUtils.sha256(script))
        + "'";
  }
}
