package org.surmala.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A text file that the program reads back and that has no place for a checksum: CSV or JSON. Its
 * SHA-256 lies beside it in {@code .NAME.sha256}, as {@code sha256sum} writes it. A file without
 * one, such as a user's own, is read as it is.
 */
public final class ChecksummedFile {
  private ChecksummedFile() {}

  /**
   * Writes a file and its checksum, in place of those that may be there. A process that dies in the
   * midst leaves a whole file, with its checksum or without one.
   *
   * @param folder on any Beam file system, ending in a slash; made when it is not there
   * @param name of the file, without a path
   */
  public static void write(String folder, String name, WholeFile.Content content)
      throws IOException {
    MessageDigest digest = DigestUtils.getSha256Digest();
    FileSystems.delete(
        List.of(PathText.file(checksum(folder, name))), StandardMoveOptions.IGNORE_MISSING_FILES);
    WholeFile.write(
        folder,
        name,
        out -> {
          OutputStream digested = new DigestOutputStream(out, digest);
          content.writeTo(digested);
          digested.flush();
        });
    byte[] line = line(HexFormat.of().formatHex(digest.digest()), name);
    WholeFile.write(folder, "." + name + ".sha256", out -> out.write(line));
  }

  /**
   * Opens a file.
   *
   * @throws DamagedFileException when its checksum says that it is not as it was written
   */
  public static InputStream open(String file) throws IOException {
    int slash = file.lastIndexOf('/') + 1;
    String name = file.substring(slash);
    String checksum = checksum(file.substring(0, slash), name);
    byte[] written;
    try (InputStream in = WholeFile.open(checksum)) {
      written = in.readAllBytes();
    } catch (FileNotFoundException none) {
      return WholeFile.open(file);
    }
    byte[] found;
    try (InputStream in = WholeFile.open(file)) {
      found = line(DigestUtils.sha256Hex(in), name);
    }
    if (!Arrays.equals(written, found)) {
      throw new DamagedFileException(
          file,
          "it or its checksum " + checksum.substring(slash) + " has changed since it was written",
          "restore it from a copy, write it again with surmala report, or run again");
    }
    return WholeFile.open(file);
  }

  private static byte[] line(String sha256, String name) {
    return (sha256 + "  " + name + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String checksum(String folder, String name) {
    return folder + "." + name + ".sha256";
  }
}
