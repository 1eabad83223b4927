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
 * The interactive map: index.html, one file that needs no network, no server and no other file but
 * the songs that it plays.
 *
 * <p>Nothing in a tag can become markup or script: the data is JSON in which every character that
 * ends or opens a tag is escaped, the script puts it on the page as text only, and the page's
 * content security policy allows no script but its own, by hash.
 */
final class IndexPage {
  private static final String RESOURCES = "/org/surmala/report/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private IndexPage() {}

  /**
   * Writes the page.
   *
   * @param notes what else the reader should know, such as plots that could not be drawn
   */
  static void write(ReportOptions options, ReportData data, List<String> notes) throws IOException {
    byte[] page = html(PageData.of(options, data, notes)).getBytes(StandardCharsets.UTF_8);
    WholeFile.write(options.results(), "index.html", out -> out.write(page));
  }

  /** The page about the given data. */
  static String html(ObjectNode data) throws IOException {
    String script = text("page/page.js");
    String policy =
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; media-src 'self' file: blob:"
            + " http: https:; img-src data:; base-uri 'none'; form-action 'none'; script-src"
            + " 'sha256-"
            + sha256(script)
            + "'";
    String font =
        "@font-face { font-family: \"Surmala Bangla\"; unicode-range: U+0951-0952, U+0964-0965,"
            + " U+0980-09FE, U+200C-200D, U+25CC; src: url(data:font/woff2;base64,"
            + Base64.getEncoder().encodeToString(bytes("fonts/NotoSansBengali-Regular.woff2"))
            + ") format(\"woff2\"); }";
    String page = text("page/page.html");
    // The data comes last: nothing in it may be taken for a place to fill.
    return page.replace("{{policy}}", policy)
        .replace("{{font}}", font)
        .replace("{{nouns}}", data.path("nouns").asText())
        .replace("{{noun}}", data.path("noun").asText())
        .replace("{{css}}", text("page/page.css"))
        .replace("{{script}}", script)
        .replace("{{data}}", embeddable(data));
  }

  /** JSON that is safe inside a script element: it holds neither tags, comments nor line breaks. */
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
