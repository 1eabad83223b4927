package org.surmala.io;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Lists files of a folder whose name may contain brackets and braces. {@link FileSystems#match}
 * treats these as a pattern, so that a local folder named {@code data [1]} seems empty.
 */
public final class FolderFiles {
  private FolderFiles() {}

  /**
   * The files whose path below a folder matches a pattern, ascending.
   *
   * @param folder folder on any Beam file system, ending in a slash; it need not exist
   * @param pattern a glob in the syntax of {@link FileSystem#getPathMatcher}
   */
  public static List<Metadata> matching(String folder, String pattern) throws IOException {
    List<Metadata> files =
        RemoteFiles.isRemote(folder)
            ? new ArrayList<>(
                FileSystems.match(folder + pattern, EmptyMatchTreatment.ALLOW).metadata())
            : local(PathText.toPath(folder), pattern);
    files.sort(Comparator.comparing(file -> file.resourceId().toString()));
    return files;
  }

  private static List<Metadata> local(Path folder, String pattern) throws IOException {
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + pattern);
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/", -1).length;
    List<Metadata> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!attributes.isDirectory() && matcher.matches(folder.relativize(file))) {
              files.add(metadata(file, attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            return goOn(cause);
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException cause)
              throws IOException {
            return cause == null ? FileVisitResult.CONTINUE : goOn(cause);
          }
        });
    return files;
  }

  // Other threads may rename and delete files meanwhile.
  private static FileVisitResult goOn(IOException cause) throws IOException {
    if (cause instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw cause;
  }

  /** The file with exactly this name on any Beam file system; null if there is none. */
  public static @Nullable Metadata find(String file) throws IOException {
    if (RemoteFiles.isRemote(file)) {
      List<Metadata> found = FileSystems.match(file, EmptyMatchTreatment.ALLOW).metadata();
      return found.isEmpty() ? null : found.get(0);
    }
    try {
      Path path = PathText.toPath(file);
      return metadata(path, Files.readAttributes(path, BasicFileAttributes.class));
    } catch (NoSuchFileException missing) {
      return null;
    }
  }

  private static Metadata metadata(Path file, BasicFileAttributes attributes) {
    return Metadata.builder()
        .setResourceId(PathText.file(file.toString()))
        .setSizeBytes(attributes.size())
        .setIsReadSeekEfficient(true)
        .setLastModifiedMillis(attributes.lastModifiedTime().toMillis())
        .build();
  }
}
