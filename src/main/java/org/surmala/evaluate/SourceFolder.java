package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The source folder of a song: the deepest level at which there are at most {@value #MOST_FOLDERS}
 * folders, so that each folder has enough songs. A folder with the name of the song's label is
 * removed from the path, since it gives the label and not the source.
 */
final class SourceFolder {
  private static final int MOST_FOLDERS = 20;

  private SourceFolder() {}

  /**
   * The folder of each song, from paths with slashes; the empty name for a path without a folder.
   */
  static List<String> of(List<String> filepaths, List<@Nullable String> labels) {
    List<List<String>> folders = new ArrayList<>();
    int deepest = 0;
    for (int i = 0; i < filepaths.size(); i++) {
      String label = labels.get(i);
      List<String> parts = new ArrayList<>(Arrays.asList(filepaths.get(i).split("/", -1)));
      parts.remove(parts.size() - 1);
      parts.removeIf(part -> part.equals(label));
      folders.add(parts);
      deepest = Math.max(deepest, parts.size());
    }
    List<String> best = cut(folders, 0);
    for (int depth = 1; depth <= deepest; depth++) {
      List<String> candidate = cut(folders, depth);
      Set<String> distinct = new HashSet<>(candidate);
      if (distinct.size() > MOST_FOLDERS) {
        break;
      }
      best = candidate;
    }
    return best;
  }

  private static List<String> cut(List<List<String>> folders, int depth) {
    return folders.stream()
        .map(parts -> String.join("/", parts.subList(0, Math.min(depth, parts.size()))))
        .toList();
  }
}
