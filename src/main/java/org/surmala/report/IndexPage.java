package org.surmala.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.io.WholeFile;

/**
 * The interactive map: index.html. It needs no network, no server, and no other files but the songs
 * that it plays and, with many songs, its {@link PageParts}. When {@code surmala serve} serves it,
 * it uses that server's API.
 *
 * <p>Nothing in a tag can become markup or script: the data is JSON in which every character that
 * opens or closes a tag is escaped, the script inserts it as text only, and the page's content
 * security policy allows only its own script, by hash, and what that script loads.
 */
final class IndexPage {
  private static final String RESOURCES = "/org/surmala/report/";

  /** In the order of their dependencies. */
  private static final List<String> SCRIPTS =
      List.of(
          "dom",
          "appearance",
          "songs",
          "points",
          "server",
          "shown",
          "map",
          "names",
          "song",
          "gestures",
          "player",
          "playlists",
          "clusters",
          "research",
          "start");

  private static final ObjectMapper JSON = new ObjectMapper();

  private IndexPage() {}

  /** Writes the page, with further notes such as plots that could not be drawn. */
  static void write(ReportOptions options, ReportData data, List<String> notes) throws IOException {
    ObjectNode content = PageData.of(options, data, notes);
    PageParts.write(options.results(), content);
    byte[] page = html(content).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(options.results(), "index.html", out -> out.write(page));
    PageParts.removeOthers(options.results(), content);
  }

  /** The page with the given data. */
  private static String html(ObjectNode data) throws IOException {
    String style = font() + text("page/page.css");
    String script = script();
    String policy =
        "default-src 'none'; style-src 'sha256-"
            + sha256(style)
            + "'; font-src data:; media-src 'self' file: blob: http: https:; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; script-src 'sha256-"
            + sha256(script)
            + "' 'strict-dynamic'";
    String page = text("page/page.html");
    // Insert the data last, so that nothing in it is taken for a placeholder.
    return page.replace("{{policy}}", policy)
        .replace("{{nouns}}", data.path("nouns").asText())
        .replace("{{noun}}", data.path("noun").asText())
        .replace("{{style}}", style)
        .replace("{{script}}", script)
        .replace("{{data}}", embeddable(data));
  }

  private static String font() throws IOException {
    return "@font-face { font-family: \"Surmala Bangla\"; unicode-range: U+0951-0952, U+0964-0965,"
        + " U+0980-09FE, U+200C-200D, U+25CC; src: url(data:font/woff2;base64,"
        + Base64.getEncoder().encodeToString(bytes("fonts/NotoSansBengali-Regular.woff2"))
        + ") format(\"woff2\"); }\n";
  }

  /** The first script reads the data and calls back; the others are one function's body. */
  private static String script() throws IOException {
    StringBuilder script = new StringBuilder("'use strict';\n" + text("page/load.js"));
    script.append("load((data, served) => {\n");
    for (String name : SCRIPTS) {
      script.append(text("page/" + name + ".js"));
    }
    return script.append("});\n").toString();
  }

  /** JSON that is safe inside a script element: without tags, comments and line breaks. */
  static String embeddable(ObjectNode data) throws JsonProcessingException {
    return JSON.writeValueAsString(data)
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String sha256(String script) {
    return Base64.getEncoder().encodeToString(DigestUtils.sha256(script));
  }

  private static String text(String resource) throws IOException {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = IndexPage.class.getResourceAsStream(RESOURCES + resource)) {
      if (in == null) {
        throw new IOException("the jar lacks " + RESOURCES + resource + "; build it again");
      }
      return in.readAllBytes();
    }
  }
}
