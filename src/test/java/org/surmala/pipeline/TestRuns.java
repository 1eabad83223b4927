package org.surmala.pipeline;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.surmala.config.RunRequest;
import org.surmala.config.Settings;
import org.surmala.config.SongSource;

/** Requests for quick runs over small collections. */
public final class TestRuns {
  /** What makes a run quick; the songs are short. */
  static final Map<String, String> QUICK =
      Map.of(
          "window.seconds", "6",
          "window.min_seconds", "3",
          "vae.epochs", "20",
          "neighbour_vae.epochs", "20",
          "cluster.k", "2..3",
          "cluster.stability_refits", "2",
          "evaluate.bootstrap", "20",
          "evaluate.permutations", "19");

  private TestRuns() {}

  /** A request; results and data are names of folders in the given one. */
  public static RunRequest request(
      Path songs, Path folder, String results, String data, List<String> beam) {
    Settings settings = new Settings();
    QUICK.forEach(settings::set);
    return new RunRequest(
        new SongSource.Sound(songs.toString()),
        folder.resolve(results).toString(),
        folder.resolve(data).toString(),
        settings,
        beam);
  }

  /** Copies a tree, times included. */
  public static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
