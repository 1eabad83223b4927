package org.surmala.store;

import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.SeekableInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.Nullable;
import org.surmala.io.AvroFile;
import org.surmala.io.DamagedFileException;
import org.surmala.io.PathText;
import org.surmala.io.WholeFile;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;

/**
 * Finds single songs in a feature store: an in-process index of the file and block of each song,
 * built by reading the store once, and of permanent failures. It takes about 150 bytes per song.
 * Safe for use by several threads.
 *
 * <p>{@link #refresh} adds files that other processes have written since. No other process may run
 * {@link FeatureStore#compact} meanwhile.
 */
public final class StoredSongs implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Map<String, Index> OF_PROCESS = new HashMap<>();

  private final FeatureStore store;

  public StoredSongs(FeatureStore store) {
    this.store = store;
  }

  /**
   * @param hash hash of the features, to detect later damage
   */
  private record Place(int file, long block, int hash) {}

  private static final class Index {
    private final List<String> files = new ArrayList<>();
    private final Map<String, Place> songs = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Map<String, Failure> failures = new HashMap<>();
  }

  /** Whether the index has the features of a song. */
  public boolean has(String id) throws IOException {
    Index index = index();
    synchronized (index) {
      return index.songs.containsKey(id);
    }
  }

  /** The features of a song; null if the index has none. */
  public @Nullable SegmentFeatures features(String id) throws IOException {
    Index index = index();
    Place place;
    String file;
    synchronized (index) {
      place = index.songs.get(id);
      if (place == null) {
        return null;
      }
      file = index.files.get(place.file());
    }
    try (DataFileReader<SegmentFeatures> reader = open(file)) {
      reader.seek(place.block());
      while (reader.hasNext()) {
        SegmentFeatures features = reader.next();
        if (features.getId().equals(id) && features.hashCode() == place.hash()) {
          return features;
        }
      }
    } catch (RuntimeException e) {
      throw AvroFile.unreadable(file, e);
    }
    throw new DamagedFileException(
        file, "it no longer has song " + id + " as it was", "run again to extract it again");
  }

  /**
   * The features of a song that any process has extracted.
   *
   * @throws IOException if the store has lost them
   */
  public SegmentFeatures require(String id) throws IOException {
    SegmentFeatures features = features(id);
    if (features == null) {
      refresh();
      features = features(id);
    }
    if (features == null) {
      throw new IOException(
          store.directory() + " no longer has song " + id + "; run again to extract it again");
    }
    return features;
  }

  /** The permanent failure of a song; null if the index has none. */
  public @Nullable Failure failure(String id) throws IOException {
    Index index = index();
    synchronized (index) {
      return index.failures.get(id);
    }
  }

  /** Reads files that were added since. */
  public void refresh() throws IOException {
    Index index = index();
    synchronized (index) {
      read(index);
    }
  }

  /** Drops the index of a folder whose files are about to change. */
  static void forget(String directory) {
    synchronized (OF_PROCESS) {
      OF_PROCESS.remove(directory);
    }
  }

  private Index index() throws IOException {
    synchronized (OF_PROCESS) {
      Index index = OF_PROCESS.get(store.directory());
      if (index == null) {
        index = new Index();
        read(index);
        OF_PROCESS.put(store.directory(), index);
      }
      return index;
    }
  }

  private void read(Index index) throws IOException {
    for (String file : store.featureFiles()) {
      if (index.known.add(file)) {
        FeatureStore.isIntact(file, () -> read(file, index));
      }
    }
    for (String file : store.failureFiles()) {
      if (index.known.add(file)) {
        FeatureStore.isIntact(
            file,
            () ->
                FeatureStore.readFailures(
                    file, failure -> index.failures.put(String.valueOf(failure.getId()), failure)));
      }
    }
  }

  private static void read(String file, Index index) throws IOException {
    AvroFile.verify(file);
    Map<String, Place> songs = new HashMap<>();
    try (DataFileReader<SegmentFeatures> reader = open(file)) {
      while (reader.hasNext()) {
        long block = reader.previousSync();
        SegmentFeatures features = reader.next();
        songs.put(features.getId(), new Place(index.files.size(), block, features.hashCode()));
      }
    } catch (RuntimeException e) {
      throw AvroFile.unreadable(file, e);
    }
    index.songs.putAll(songs);
    index.files.add(file);
  }

  private static DataFileReader<SegmentFeatures> open(String file) throws IOException {
    if (!(WholeFile.open(PathText.file(file)) instanceof SeekableByteChannel channel)) {
      throw new IOException(
          file + " is on a file system that cannot seek; use another file system for --data");
    }
    return new DataFileReader<>(
        new Channel(channel), new SpecificDatumReader<>(SegmentFeatures.class));
  }

  private record Channel(SeekableByteChannel channel) implements SeekableInput {
    @Override
    public void seek(long position) throws IOException {
      channel.position(position);
    }

    @Override
    public long tell() throws IOException {
      return channel.position();
    }

    @Override
    public long length() throws IOException {
      return channel.size();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
