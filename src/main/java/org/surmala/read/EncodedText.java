package org.surmala.read;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.io.ByteOrderMark;
import org.apache.commons.io.input.BOMInputStream;
import org.surmala.io.WholeFile;

/**
 * Opens a user's text file: UTF-8, or the encoding of its byte order mark. Invalid bytes are an
 * error, never a replacement character.
 */
final class EncodedText {
  private static final int HEAD = 8;

  /** First bytes, as ISO 8859-1, of files that are often mistaken for CSV tables. */
  private static final Map<String, String> NO_TEXT =
      Map.of(
          "PK\003\004", "an Excel or OpenDocument workbook (or another ZIP archive)",
          "\u00D0\u00CF\u0011\u00E0", "an old Excel workbook (.xls)",
          "\u001F\u008B", "compressed by gzip",
          "PAR1", "a Parquet file",
          "\u0089HDF", "an HDF5 file",
          "\u0093NUMPY", "an array of NumPy (name it .npy)",
          "Obj\001", "an Avro file (name it .avro)");

  private EncodedText() {}

  /**
   * Opens a file of any Beam file system.
   *
   * @throws IOException if it cannot be opened, or its first bytes are not text; the message names
   *     the file and the remedy
   */
  static BufferedReader open(String file) throws IOException {
    InputStream in = new BufferedInputStream(WholeFile.open(file));
    in.mark(HEAD);
    String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    in.reset();
    for (Map.Entry<String, String> format : NO_TEXT.entrySet()) {
      if (head.startsWith(format.getKey())) {
        in.close();
        throw new IOException(
            file + ": is " + format.getValue() + ", not a CSV file; save it as CSV in UTF-8");
      }
    }
    BOMInputStream marked =
        BOMInputStream.builder()
            .setInputStream(in)
            .setByteOrderMarks(
                ByteOrderMark.UTF_8,
                ByteOrderMark.UTF_16LE,
                ByteOrderMark.UTF_16BE,
                ByteOrderMark.UTF_32LE,
                ByteOrderMark.UTF_32BE)
            .get();
    String encoding = marked.getBOMCharsetName();
    if (encoding == null && head.indexOf('\0') >= 0) {
      in.close();
      throw new IOException(
          file
              + ": begins with zero bytes, as UTF-16 without a byte order mark does; save it as CSV"
              + " in UTF-8");
    }
    return strict(marked, encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding));
  }

  /** The file's bytes as single characters, to locate invalid bytes. */
  static BufferedReader openBytes(String file) throws IOException {
    return strict(WholeFile.open(file), StandardCharsets.ISO_8859_1);
  }

  private static BufferedReader strict(InputStream in, Charset charset) {
    Reader decoded =
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    return new BufferedReader(decoded);
  }
}
