package org.surmala.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * Decides which files below a folder are ignored, by pattern files in gitignore's syntax
 * (git-scm.com/docs/gitignore): the last matching pattern of the nearest folder with a match
 * decides, and everything in an ignored folder is ignored. An invalid pattern matches nothing.
 */
public final class IgnoreRules {
  /** Name of a file of patterns. */
  static final String FILE = ".surmalaignore";

  private final Map<String, IgnoreNode> rules = new HashMap<>();

  /**
   * Rules for a whole collection.
   *
   * @throws IllegalArgumentException if a pattern is invalid
   */
  public static IgnoreRules of(List<String> patterns) {
    for (String pattern : patterns) {
      if (new FastIgnoreRule(pattern).isEmpty()) {
        throw new IllegalArgumentException(
            "'" + pattern + "' is not a valid pattern; write it as in a .gitignore: Audiobooks/");
      }
    }
    IgnoreRules rules = new IgnoreRules();
    byte[] text = String.join("\n", patterns).getBytes(StandardCharsets.UTF_8);
    try {
      rules.add("", new ByteArrayInputStream(text));
    } catch (IOException neverOfMemory) {
      throw new UncheckedIOException(neverOfMemory);
    }
    return rules;
  }

  /**
   * Adds the patterns of a folder.
   *
   * @param folder path relative to the collection, ending in a slash; empty for the collection
   *     itself
   * @param patterns patterns in UTF-8, one per line
   */
  void add(String folder, InputStream patterns) throws IOException {
    IgnoreNode node = new IgnoreNode();
    node.parse(folder + FILE, patterns);
    rules.put(folder, node);
  }

  /** Whether a file is ignored, by its path relative to the collection, with slashes. */
  public boolean ignores(String path) {
    if (rules.isEmpty()) {
      return false;
    }
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (ignores(path.substring(0, end), true)) {
        return true;
      }
    }
    return ignores(path, false);
  }

  private boolean ignores(String path, boolean isFolder) {
    for (int from = path.lastIndexOf('/') + 1; ; from = path.lastIndexOf('/', from - 2) + 1) {
      IgnoreNode node = rules.get(path.substring(0, from));
      Boolean decided = node == null ? null : node.checkIgnored(path.substring(from), isFolder);
      if (decided != null || from == 0) {
        return Boolean.TRUE.equals(decided);
      }
    }
  }
}
