package org.surmala.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder whose files all change atomically. Each snapshot is a folder under {@code .versions/}
 * that never changes once it is visible; {@code .current} is a symbolic link to one of them, and
 * each name in the folder itself is a symbolic link through {@code .current}. Renaming a new link
 * over {@code .current} switches every file at once.
 *
 * <p>Each file that is opened by its name is complete. To read several files of the same snapshot,
 * resolve {@code .current} first and read from there. The last {@value #KEPT} snapshots are kept,
 * and open files stay readable for longer.
 *
 * <p>Only for local file systems. One process publishes at a time.
 */
public final class Snapshots {
  /** Number of snapshots that are kept, including the current one. */
  static final int KEPT = 8;

  private static final String CURRENT = ".current";
  private static final String VERSIONS = ".versions";
  private static final String LOCK = "lock";

  private final Path folder;

  /**
   * @param folder created if needed; a snapshot replaces existing files with the same names
   */
  public Snapshots(Path folder) {
    this.folder = folder;
  }

  /** Writes files into a folder, whose path ends in a slash. */
  @FunctionalInterface
  public interface Content {
    void writeTo(String folder) throws IOException;
  }

  /**
   * Publishes a snapshot.
   *
   * @param base a snapshot whose unchanged files are reused; null for none
   * @param obsolete names of files to remove from the folder
   * @return the snapshot's folder
   * @throws IOException if it cannot be written; then the former snapshot stays
   */
  public Path publish(@Nullable Path base, Set<String> obsolete, Content content)
      throws IOException {
    Path versions = folder.resolve(VERSIONS);
    Files.createDirectories(versions);
    try (FileChannel channel =
            FileChannel.open(
                versions.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException(versions + " cannot be locked");
      }
      List<Path> states = states(versions);
      long number = states.isEmpty() ? 1 : 1 + number(states.get(states.size() - 1));
      Path state = versions.resolve(String.format(Locale.ROOT, "%012d", number));
      Files.createDirectory(state);
      if (base != null) {
        link(base, state);
        for (String name : obsolete) {
          Files.deleteIfExists(state.resolve(name));
        }
      }
      content.writeTo(PathText.folder(state));
      Path current = folder.resolve(CURRENT);
      boolean isFirst = !Files.exists(current);
      if (isFirst) {
        takeOver(state);
      }
      point(current, Path.of(VERSIONS, state.getFileName().toString()));
      show(state);
      for (String name : obsolete) {
        if (!Files.exists(state.resolve(name))) {
          Files.deleteIfExists(folder.resolve(name));
        }
      }
      states.add(state);
      for (Path old : states.subList(0, Math.max(0, states.size() - KEPT))) {
        LocalFolder.delete(old);
      }
      return state.toRealPath();
    }
  }

  /** The folder of the current snapshot; null if there is none. */
  public static @Nullable Path current(Path folder) throws IOException {
    Path link = folder.resolve(CURRENT);
    Path gone = null;
    while (Files.isSymbolicLink(link)) {
      Path target = Files.readSymbolicLink(link);
      try {
        return folder.resolve(target).toRealPath();
      } catch (NoSuchFileException old) {
        // A slow reader followed a link to a snapshot that was removed since.
        if (target.equals(gone)) {
          return null;
        }
        gone = target;
      }
    }
    return null;
  }

  /**
   * Turns the folder into a plain one with the files of the current snapshot, for programs that
   * write single files: they would write through some links into a snapshot, and replace others.
   * Does nothing if nothing was published.
   */
  public static void dissolve(Path folder) throws IOException {
    Path state = current(folder);
    if (state == null) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path shown : entries.filter(Files::isSymbolicLink).toList()) {
        Path name = shown.getFileName();
        if (Files.readSymbolicLink(shown).equals(Path.of(CURRENT).resolve(name))) {
          Files.move(state.resolve(name), shown, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Files.delete(folder.resolve(CURRENT));
    LocalFolder.delete(folder.resolve(VERSIONS));
  }

  private static List<Path> states(Path versions) throws IOException {
    try (Stream<Path> entries = Files.list(versions)) {
      return new ArrayList<>(
          entries
              .filter(entry -> entry.getFileName().toString().matches("\\d+"))
              .filter(Files::isDirectory)
              .sorted()
              .toList());
    }
  }

  private static long number(Path state) {
    return Long.parseLong(state.getFileName().toString());
  }

  /**
   * Copies a tree by hard links, which take no space, or by copies if links are not possible. The
   * target is created if needed.
   */
  public static void link(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          private boolean links = true;

          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(file));
            if (links) {
              try {
                Files.createLink(target, file);
                return FileVisitResult.CONTINUE;
              } catch (UnsupportedOperationException | IOException otherDevice) {
                links = false;
              }
            }
            Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Moves existing files into the first snapshot; they stay visible until the switch. */
  private void takeOver(Path state) throws IOException {
    Path before = folder.resolve(VERSIONS).resolve("0".repeat(12));
    LocalFolder.delete(before);
    Files.createDirectory(before);
    try (Stream<Path> entries = Files.list(state)) {
      for (Path entry : entries.toList()) {
        Path name = entry.getFileName();
        Path shown = folder.resolve(name);
        if (Files.isRegularFile(shown, LinkOption.NOFOLLOW_LINKS)) {
          link(shown, before.resolve(name));
        } else if (Files.isDirectory(shown, LinkOption.NOFOLLOW_LINKS)) {
          Files.move(shown, before.resolve(name));
        }
      }
    }
    point(folder.resolve(CURRENT), Path.of(VERSIONS, before.getFileName().toString()));
    show(before);
  }

  /** Creates the links for a snapshot's files in the folder, and removes other links. */
  private void show(Path state) throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> entries = Files.list(state)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        names.add(name);
        Path shown = folder.resolve(name);
        if (!Files.isSymbolicLink(shown)) {
          // A link can replace a file by renaming, but not a folder.
          Path aside = folder.resolve(VERSIONS).resolve("aside");
          LocalFolder.delete(aside);
          if (Files.isDirectory(shown)) {
            Files.move(shown, aside);
          }
          point(shown, Path.of(CURRENT, name));
          LocalFolder.delete(aside);
        }
      }
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(Files::isSymbolicLink).toList()) {
        String name = entry.getFileName().toString();
        if (!names.contains(name) && Files.readSymbolicLink(entry).equals(Path.of(CURRENT, name))) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  private void point(Path link, Path target) throws IOException {
    Path unfinished = folder.resolve(VERSIONS).resolve("link.unfinished");
    Files.deleteIfExists(unfinished);
    Files.createSymbolicLink(unfinished, target);
    try {
      Files.move(
          unfinished, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException(
          folder + " is on a file system without atomic rename; use another folder", e);
    }
  }
}
