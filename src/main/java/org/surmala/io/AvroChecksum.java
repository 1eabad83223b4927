package org.surmala.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.Checksum;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The checksum of an Avro file: number of records, number of bytes, and CRC-32C. It is in the
 * header's metadata under {@value #KEY}, so that every Avro reader can read the file. The checksum
 * counts itself as {@link #BLANK}, which has the same length.
 */
final class AvroChecksum implements Checksum {
  static final String KEY = "surmala.checksum";
  static final String BLANK = text(0, 0, 0);

  /** Metadata keys of earlier releases, whose files have no checksum. */
  private static final Set<String> EARLIER_KEYS =
      Set.of(DataFileConstants.SCHEMA, DataFileConstants.CODEC, "surmala.dimensions");

  private static final int BUFFER_BYTES = 1 << 16;

  private final CRC32C crc = new CRC32C();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long bytes;

  private static String text(long records, long bytes, long crc) {
    return String.format(Locale.ROOT, "records=%012d bytes=%015d crc32c=%08x", records, bytes, crc);
  }

  /** The entry for the bytes seen so far. */
  String of(long records) {
    return text(records, bytes, crc.getValue());
  }

  @Override
  public void update(int value) {
    crc.update(value);
    bytes++;
  }

  @Override
  public void update(byte[] values, int offset, int length) {
    crc.update(values, offset, length);
    bytes += length;
  }

  @Override
  public long getValue() {
    return crc.getValue();
  }

  @Override
  public void reset() {
    crc.reset();
    bytes = 0;
  }

  /**
   * Reads a file to its end, with constant memory, and compares it with its entry. A file without
   * an entry was written by an earlier release: only its framing is checked, and that it ends with
   * a block.
   *
   * @return whether it has an entry
   * @throws DamagedFileException if the bytes have changed
   */
  static boolean verify(String file) throws IOException {
    try (InputStream in = WholeFile.open(file)) {
      return new AvroChecksum().verify(file, in);
    } catch (EOFException e) {
      throw damaged(file, "it is cut off", e);
    } catch (InvalidNumberEncodingException | ArithmeticException | IllegalArgumentException e) {
      throw damaged(file, "a length in it is impossible", e);
    }
  }

  private static DamagedFileException damaged(String file, String damage, Exception cause) {
    DamagedFileException damaged = new DamagedFileException(file, damage);
    damaged.initCause(cause);
    return damaged;
  }

  private boolean verify(String file, InputStream source) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(source, BUFFER_BYTES);
    CheckedInputStream in = new CheckedInputStream(raw, this);
    BinaryDecoder decoder = DecoderFactory.get().directBinaryDecoder(in, null);
    BinaryDecoder uncounted = DecoderFactory.get().directBinaryDecoder(raw, null);
    if (!Arrays.equals(exactly(in, DataFileConstants.MAGIC.length), DataFileConstants.MAGIC)) {
      throw new DamagedFileException(file, "it does not begin as an Avro file does");
    }
    String written = null;
    Set<String> keys = new HashSet<>();
    for (long entries = decoder.readMapStart(); entries != 0; entries = decoder.mapNext()) {
      for (long i = 0; i < entries; i++) {
        String key = text(in, decoder);
        keys.add(key);
        if (key.equals(KEY)) {
          written = text(raw, uncounted);
          // A length below 64 is encoded as one byte with twice its value.
          update(2 * BLANK.length());
          update(BLANK.getBytes(StandardCharsets.US_ASCII), 0, BLANK.length());
        } else {
          text(in, decoder);
        }
      }
    }
    byte[] sync = exactly(in, DataFileConstants.SYNC_SIZE);
    long records = 0;
    while (!isAtEnd(raw)) {
      records += decoder.readLong();
      skip(in, decoder.readLong());
      if (!Arrays.equals(exactly(in, sync.length), sync)) {
        throw new DamagedFileException(file, "a block of it does not end where it should");
      }
    }
    String found = of(records);
    if (written == null ? !EARLIER_KEYS.containsAll(keys) : !written.equals(found)) {
      throw new DamagedFileException(
          file,
          "it was written with " + (written == null ? "a checksum" : written) + ", not " + found);
    }
    return written != null;
  }

  private static boolean isAtEnd(BufferedInputStream in) throws IOException {
    in.mark(1);
    boolean isAtEnd = in.read() < 0;
    in.reset();
    return isAtEnd;
  }

  private static String text(InputStream in, BinaryDecoder decoder) throws IOException {
    return new String(exactly(in, Math.toIntExact(decoder.readLong())), StandardCharsets.UTF_8);
  }

  /** Allocates no more than the file has, whatever a damaged length says. */
  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private void skip(InputStream in, long length) throws IOException {
    if (length < 0) {
      throw new IllegalArgumentException("negative");
    }
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException();
      }
      left -= read;
    }
  }
}
