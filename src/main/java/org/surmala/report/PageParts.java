package org.surmala.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.codec.digest.DigestUtils;
import org.surmala.io.FolderFiles;
import org.surmala.io.WholeFile;

/**
 * The songs of a page with many songs, in scripts {@code page/songs-HASH.js}, because a page from
 * the file system may load only scripts. Each calls {@code surmalaPart(number, json)} with the
 * songs' columns. The names contain a hash of the content, so that a page never loads the songs of
 * another snapshot.
 */
final class PageParts {
  /** Name of the folder, ending in a slash. */
  static final String FOLDER = "page/";

  /** Largest number of songs inside the page itself. */
  static final int MOST_IN_PAGE = 5_000;

  static final int MOST_IN_PART = 20_000;

  private static final int HASH_DIGITS = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  private PageParts() {}

  /**
   * Moves the songs from the page's data into files, which {@code parts} names, if there are too
   * many.
   */
  static void write(String results, ObjectNode page) throws IOException {
    ArrayNode names = page.putArray("parts");
    int songs = page.path("count").asInt();
    if (songs <= MOST_IN_PAGE) {
      return;
    }
    JsonNode columns = page.remove("songs");
    for (int from = 0; from < songs; from += MOST_IN_PART) {
      ObjectNode part = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> column : columns.properties()) {
        ArrayNode values = part.putArray(column.getKey());
        for (int i = from; i < Math.min(songs, from + MOST_IN_PART); i++) {
          values.add(column.getValue().get(i));
        }
      }
      byte[] script = script(names.size(), part).getBytes(StandardCharsets.UTF_8);
      String name = "songs-" + DigestUtils.sha256Hex(script).substring(0, HASH_DIGITS) + ".js";
      WholeFile.write(results + FOLDER, name, out -> out.write(script));
      names.add(FOLDER + name);
    }
  }

  /** Parsing JSON from a string is faster than evaluating an object literal. */
  private static String script(int number, ObjectNode part) throws IOException {
    String text = IndexPage.embeddable(part).replace("\\", "\\\\").replace("'", "\\'");
    return "surmalaPart(" + number + ",'" + text + "');\n";
  }

  /** Removes the files of earlier pages. */
  static void removeOthers(String results, ObjectNode page) throws IOException {
    List<String> own = new ArrayList<>();
    page.path("parts").forEach(name -> own.add(name.asText().substring(FOLDER.length())));
    List<ResourceId> others =
        FolderFiles.matching(results + FOLDER, "songs-*.js").stream()
            .map(MatchResult.Metadata::resourceId)
            .filter(file -> !own.contains(file.getFilename()))
            .toList();
    FileSystems.delete(others, StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
