package org.surmala.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Decompresses pages: Parquet's own codecs, and gzip by the JDK, where Parquet asks Hadoop. */
final class Codecs implements CompressionCodecFactory {
  private final CodecFactory own = new CodecFactory(new PlainParquetConfiguration(), 0);

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("tables are only read");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, ZSTD, LZ4_RAW -> own.getDecompressor(codec);
      case GZIP -> new Gzip();
      default ->
          throw new IllegalArgumentException(
              "it is compressed by " + codec + "; write it with snappy, zstd or gzip");
    };
  }

  @Override
  public void release() {
    own.release();
  }

  private static final class Gzip implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(inflate(bytes.toInputStream(), size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size)
        throws IOException {
      byte[] compressed = new byte[compressedSize];
      input.get(compressed);
      output.put(inflate(new ByteArrayInputStream(compressed), size));
    }

    private static byte[] inflate(InputStream compressed, int size) throws IOException {
      try (InputStream in = new GZIPInputStream(compressed)) {
        byte[] inflated = in.readNBytes(size);
        if (inflated.length < size) {
          throw new IOException("a page has " + inflated.length + " of " + size + " bytes");
        }
        return inflated;
      }
    }

    @Override
    public void release() {
      // Holds nothing.
    }
  }
}
