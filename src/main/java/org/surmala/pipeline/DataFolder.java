package org.surmala.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;

/**
 * The data folder, locked by one process. The lock ends with the process, however it ends. A folder
 * on a remote file system cannot be locked: there the user must prevent simultaneous runs.
 */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK = "surmala.lock";
  private static final String FIT_LOCK = "fit.lock";

  private final String path;
  private final List<FileChannel> channels;

  private DataFolder(String path, List<FileChannel> channels) {
    this.path = path;
    this.channels = channels;
  }

  /**
   * Locks the folder exclusively; creates it if it does not exist.
   *
   * @throws UsageException if another process uses it, or it cannot be created
   */
  public static DataFolder open(String path) {
    return open(path, List.of(LOCK, FIT_LOCK));
  }

  /** Locks the folder for a watch, whose refits may run in another process. */
  public static DataFolder openToWatch(String path) {
    return open(path, List.of(LOCK));
  }

  /** Locks the folder for a refit, beside a watch. */
  public static DataFolder openToFit(String path) {
    return open(path, List.of(FIT_LOCK));
  }

  private static DataFolder open(String path, List<String> locks) {
    if (RemoteFiles.isRemote(path)) {
      return new DataFolder(PathText.folder(path), List.of());
    }
    Path folder = PathText.toPath(path);
    OutputFolder.require("--data", path);
    List<FileChannel> channels = new ArrayList<>();
    DataFolder taken = new DataFolder(PathText.folder(path), channels);
    try {
      for (String lock : locks) {
        channels.add(lock(path, folder.resolve(lock)));
      }
      return taken;
    } catch (IOException e) {
      taken.close();
      throw new UsageException("--data " + path + " can't be locked: " + e.getMessage(), e);
    } catch (UsageException e) {
      taken.close();
      throw e;
    }
  }

  private static FileChannel lock(String path, Path lock) throws IOException {
    FileChannel channel =
        FileChannel.open(
            lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      String holder = Files.readString(lock).strip();
      channel.close();
      throw new UsageException(
          "--data %s is in use by %s; wait until it ends, or use another folder"
              .formatted(path, holder.isEmpty() ? "another process" : "process " + holder));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  /** The folder, absolute, ending in a slash. */
  public String path() {
    return path;
  }

  @Override
  public void close() {
    for (FileChannel channel : channels) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
