package org.surmala.parquet;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.surmala.io.PathText;

/** A file of any Beam file system that can be read from any place. */
record BeamInputFile(String file) implements InputFile {
  private SeekableByteChannel channel() throws IOException {
    return (SeekableByteChannel) FileSystems.open(PathText.file(file));
  }

  @Override
  public long getLength() throws IOException {
    try (SeekableByteChannel channel = channel()) {
      return channel.size();
    }
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    SeekableByteChannel channel = channel();
    return new DelegatingSeekableInputStream(Channels.newInputStream(channel)) {
      @Override
      public long getPos() throws IOException {
        return channel.position();
      }

      @Override
      public void seek(long position) throws IOException {
        channel.position(position);
      }
    };
  }
}
