package org.surmala.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.surmala.files.PathText;
import org.surmala.files.RemoteFiles;

/**
 * The data folder while one process works in it. The lock goes with the process, however it ends. A
 * folder on a remote file system can't be locked: there, whoever starts the runs keeps them apart.
 */
public final class DataFolder implements AutoCloseable {
  private static final String LOCK = "surmala.lock";

  private final String path;
  private final @Nullable FileChannel channel;

  private DataFolder(String path, @Nullable FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the folder, making it when it is not there.
   *
   * @throws UsageException when another process works in it, or it can't be made
   */
  public static DataFolder open(String path) {
    if (RemoteFiles.isRemote(path)) {
      try {
        RemoteFiles.require(path);
      } catch (IOException e) {
        throw new UsageException("--data " + e.getMessage(), e);
      }
      return new DataFolder(PathText.folder(path), null);
    }
    Path folder = PathText.toPath(path);
    OutputFolder.require("--data", path);
    FileChannel channel = null;
    try {
      Path lock = folder.resolve(LOCK);
      channel =
          FileChannel.open(
              lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        String holder = Files.readString(lock).strip();
        channel.close();
        throw new UsageException(
            "--data "
                + path
                + " is in use by "
                + (holder.isEmpty() ? "another process" : "process " + holder)
                + "; wait until it ends, or give another folder");
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
      return new DataFolder(PathText.folder(path), channel);
    } catch (IOException e) {
      throw new UsageException("--data " + path + " can't be locked: " + e.getMessage(), e);
    }
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
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
