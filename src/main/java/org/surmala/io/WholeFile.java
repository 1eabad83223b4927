package org.surmala.io;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/** A file that is written atomically: under a temporary name, then renamed. */
public final class WholeFile {
  /** Writes a file's content. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final String UNFINISHED = ".unfinished";

  private WholeFile() {}

  /**
   * Writes a file, replacing an existing one. Concurrent writers of the same file do not mix: the
   * last one to finish wins.
   *
   * @param folder folder on any Beam file system; created if needed
   * @param name file name, without a path
   * @throws IOException if it cannot be written; an existing file is then unchanged
   */
  public static void write(String folder, String name, Content content) throws IOException {
    ResourceId directory = PathText.directory(folder);
    ResourceId file = directory.resolve(name, StandardResolveOptions.RESOLVE_FILE);
    ResourceId unfinished =
        directory.resolve(
            "." + name + "." + UUID.randomUUID() + UNFINISHED, StandardResolveOptions.RESOLVE_FILE);
    boolean done = false;
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Channels.newOutputStream(FileSystems.create(unfinished, MimeTypes.BINARY)))) {
        content.writeTo(out);
      }
      FileSystems.rename(List.of(unfinished), List.of(file));
      done = true;
    } catch (IOException e) {
      throw DiskFullMessage.named(folder, e);
    } finally {
      if (!done) {
        FileSystems.delete(List.of(unfinished), StandardMoveOptions.IGNORE_MISSING_FILES);
      }
    }
  }

  /**
   * Opens a file of any Beam file system.
   *
   * @throws FileNotFoundException when it does not exist
   */
  public static InputStream open(String file) throws IOException {
    return Channels.newInputStream(open(PathText.file(file)));
  }

  /** The same; on file systems that can seek, the channel is a {@link SeekableByteChannel}. */
  public static ReadableByteChannel open(ResourceId file) throws IOException {
    try {
      return FileSystems.open(file);
    } catch (RuntimeException e) {
      // The client of an object store has its own exceptions, which Beam passes on.
      IOException failed =
          FolderFiles.find(file.toString()) == null
              ? new FileNotFoundException(file + " is not there")
              : new IOException(file + " cannot be opened: " + e.getMessage());
      failed.initCause(e);
      throw failed;
    }
  }

  /**
   * Removes temporary files of dead writers from a folder, if it exists. No writer may be active
   * there.
   */
  public static void sweep(String folder) throws IOException {
    remove(folder, ".");
  }

  /** Removes temporary files of dead writers of one file. No writer of it may be active. */
  public static void sweep(String folder, String name) throws IOException {
    remove(folder, "." + name + ".");
  }

  private static void remove(String folder, String beginning) throws IOException {
    List<ResourceId> left =
        FolderFiles.matching(folder, ".*" + UNFINISHED).stream()
            .map(MatchResult.Metadata::resourceId)
            .filter(file -> String.valueOf(file.getFilename()).startsWith(beginning))
            .toList();
    FileSystems.delete(left, StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
