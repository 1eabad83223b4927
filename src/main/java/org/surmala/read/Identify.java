package org.surmala.read;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.failure.SongException;
import org.surmala.io.RecordCoder;
import org.surmala.schema.DuplicateSong;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.step.Emitter;
import org.surmala.step.Step;
import org.surmala.step.Worker;

/**
 * Identifies each file of a group by the hash of its bytes, and finds duplicates: of the paths with
 * the same bytes, the first in code point order is the song. The input is the groups of {@link
 * Read}; files with the same bytes are in the same group. A file that cannot be read is a failure.
 */
public final class Identify extends Step<KV<Integer, Iterable<SongFile>>, SongRef> {
  /** Songs without duplicates, for the next step. */
  public static final TupleTag<SongRef> CONTENTS = new TupleTag<>("contents") {};

  private Identify() {
    super(
        "Identify",
        "read",
        CONTENTS,
        Map.of(
            CONTENTS,
            RecordCoder.of(SongRef.class),
            Read.SONGS,
            RecordCoder.of(SongRef.class),
            Read.DUPLICATES,
            RecordCoder.of(DuplicateSong.class),
            Read.IDENTIFIED,
            RecordCoder.of(SongRef.class)));
  }

  /** Identifies by the SHA-256 of a file's bytes. */
  public static Identify files() {
    return new Identify();
  }

  @Override
  protected Worker<KV<Integer, Iterable<SongFile>>, SongRef> work() {
    return new GroupWorker();
  }

  private static final class GroupWorker
      implements Worker<KV<Integer, Iterable<SongFile>>, SongRef> {
    private final SongIdentifier identifier = new SongIdentifier();
    private final Counter identified = Metrics.counter("surmala", "identified");
    private final Counter duplicate = Metrics.counter("surmala", "duplicate");

    @Override
    public void process(KV<Integer, Iterable<SongFile>> group, Emitter<SongRef> out)
        throws IOException {
      Map<String, SongRef> firsts = new HashMap<>();
      for (SongFile file : ascending(group.getValue())) {
        SongRef song;
        try {
          song = identifier.identify(file);
        } catch (SongException e) {
          out.emit(FAILURES, e.toFailure(null, file.getUri(), file.getFilepath()));
          continue;
        } finally {
          identified.inc();
        }
        out.emit(Read.IDENTIFIED, song);
        SongRef first = firsts.putIfAbsent(song.getId(), song);
        if (first == null) {
          out.emit(Read.SONGS, song);
          out.emit(song);
        } else {
          duplicate.inc();
          out.emit(
              Read.DUPLICATES,
              new DuplicateSong(song.getId(), song.getFilepath(), first.getFilepath()));
        }
      }
    }

    private static List<SongFile> ascending(Iterable<SongFile> files) {
      return StreamSupport.stream(files.spliterator(), false)
          .sorted(Comparator.comparing(SongFile::getFilepath))
          .toList();
    }
  }
}
