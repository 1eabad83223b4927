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
 * A CSV or JSON file that the program reads back, with a separate checksum: its SHA-256 is in
 * {@code .NAME.sha256} beside it, in the format of {@code sha256sum}. A file without a checksum,
 * such as a user's own, is read unchecked.
 */
public final class ChecksummedFile {
  private ChecksummedFile() {}

  /**
   * Writes a file and its checksum, replacing existing ones. A process that dies meanwhile leaves a
   * complete file, with its checksum or without one.
   *
   * @param folder folder on any Beam file system, ending in a slash; created if needed
   * @param name file name, without a path
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
   * @throws DamagedFileException if it does not match its checksum
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
