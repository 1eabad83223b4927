package org.surmala.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.surmala.config.UsageException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;

/**
 * Checks that a command can write to a folder before the work starts, so that hours of work are not
 * lost.
 */
public final class OutputFolder {
  /** The option of the folder of results. */
  public static final String RESULTS = "--results";

  /** Size of the test file. */
  private static final int TRIED_BYTES = 1 << 16;

  private OutputFolder() {}

  /**
   * Creates the folder if needed, writes a test file and removes it. A folder on a remote file
   * system is not tested.
   *
   * @param option the option that names the folder
   * @param folder the folder, as typed
   * @throws UsageException if the folder cannot be created or written to; the message names the
   *     option, the folder, the reason and a remedy
   */
  public static void require(String option, String folder) {
    if (RemoteFiles.isRemote(folder)) {
      return;
    }
    Path path = PathText.toPath(folder);
    try {
      // A link to a folder counts as a folder.
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
      tryToWrite(path);
    } catch (IOException e) {
      throw new UsageException(
          option + " " + folder + " can't be written to: " + reason(path, e) + remedy(e), e);
    }
  }

  /** Checks the folder of a file, and the file, that an option names. */
  public static void requireOf(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException(option + " " + file + " is a folder; give the name of a file");
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    require(option + " " + file + ": the folder", String.valueOf(folder));
  }

  private static void tryToWrite(Path folder) throws IOException {
    Path file = Files.createTempFile(folder, ".surmala", ".tried");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(TRIED_BYTES);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String reason(Path folder, IOException e) {
    for (Path path = folder; path != null; path = path.getParent()) {
      if (Files.exists(path)) {
        if (!Files.isDirectory(path)) {
          return path + " is a file";
        }
        break;
      }
    }
    String reason = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return reason == null
        ? e instanceof NoSuchFileException ? "it can't be made" : e.toString()
        : reason;
  }

  private static String remedy(IOException e) {
    return String.valueOf(e.getMessage()).contains("No space left")
        ? "; free some space there, or use another folder"
        : e instanceof FileAlreadyExistsException
            ? "; give a folder, or the name of a new one"
            : "; give a folder that you may write to";
  }
}
