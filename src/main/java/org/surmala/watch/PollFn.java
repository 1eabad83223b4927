package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.surmala.io.FolderFiles;
import org.surmala.io.RecordCoder;
import org.surmala.read.Catalog;
import org.surmala.schema.Failure;
import org.surmala.schema.FileEvent;
import org.surmala.schema.FileEventType;
import org.surmala.schema.Poll;
import org.surmala.schema.SongFile;
import org.surmala.schema.WatchEvent;

/** Polls the songs once per element. */
final class PollFn extends DoFn<KV<String, Instant>, WatchEvent> {
  private final WatchOptions options;
  private final Counter polls = Metrics.counter("surmala", "polls");
  private final Counter taken = Metrics.counter("surmala", "taken");
  private final Counter gone = Metrics.counter("surmala", "gone");
  private final Counter micros = Metrics.counter("surmala", "micros.read");

  /** The last event of each existing path. */
  @StateId("known")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, FileEvent>> knownSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(FileEvent.class));

  /** Files that were new or changed in the last poll. */
  @StateId("growing")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<MapState<String, SongFile>> growingSpec =
      StateSpecs.map(StringUtf8Coder.of(), RecordCoder.of(SongFile.class));

  /** Number of the last event of the log that this state knows. */
  @StateId("last")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Long>> lastSpec = StateSpecs.value();

  /** The end of the last poll. */
  @StateId("ended")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Instant>> endedSpec = StateSpecs.value();

  PollFn(WatchOptions options) {
    this.options = options;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Instant> moment,
      @StateId("known") MapState<String, FileEvent> known,
      @StateId("growing") MapState<String, SongFile> growing,
      @StateId("last") ValueState<Long> last,
      @StateId("ended") ValueState<Instant> ended,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Instant before = ended.read();
    if (before != null && moment.getValue().isBefore(before)) {
      return;
    }
    long start = System.nanoTime();
    @Nullable Long remembered = last.read();
    long number = remembered == null ? 0 : remembered;
    Map<String, FileEvent> paths = new HashMap<>();
    known.entries().read().forEach(entry -> paths.put(entry.getKey(), entry.getValue()));
    List<FileEvent> events = new ArrayList<>(options.history().after(number));
    events.forEach(event -> follow(event, paths, known));
    boolean ending = FolderFiles.find(options.ending()) != null;
    if (!ending) {
      List<FileEvent> noticed =
          poll(paths, known, growing, events.isEmpty() ? number : last(events), out);
      events.addAll(noticed);
    }
    for (FileEvent event : events) {
      out.output(WatchEvent.newBuilder().setFile(event).build());
      (event.getType() == FileEventType.GONE ? gone : taken).inc();
    }
    number = events.isEmpty() ? number : last(events);
    last.write(number);
    out.output(WatchEvent.newBuilder().setPoll(new Poll(number, ending, null)).build());
    ended.write(Instant.now());
    polls.inc();
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private List<FileEvent> poll(
      Map<String, FileEvent> paths,
      MapState<String, FileEvent> known,
      MapState<String, SongFile> growing,
      long number,
      OutputReceiver<WatchEvent> out)
      throws IOException {
    Map<String, SongFile> grew = new HashMap<>();
    growing.entries().read().forEach(entry -> grew.put(entry.getKey(), entry.getValue()));
    DirectoryDiff diff = new DirectoryDiff(paths, grew);
    options.list(diff);
    diff.end();
    List<FileEvent> noticed = new ArrayList<>();
    if (!diff.events().isEmpty()) {
      Catalog catalog = Catalog.readIntact(options.read().catalog());
      for (FileEvent event : diff.events()) {
        SongFile file = event.getFile();
        noticed.add(
            FileEvent.newBuilder(event)
                .setNumber(number + noticed.size() + 1)
                .setLastOfPoll(number + diff.events().size())
                .setFile(
                    file == null
                        ? null
                        : SongFile.newBuilder(file)
                            .setKnownId(
                                catalog.idOf(file.getUri(), file.getSize(), file.getModified()))
                            .build())
                .build());
      }
      options.history().append(noticed);
    }
    noticed.forEach(event -> follow(event, paths, known));
    for (FileEvent found : diff.found()) {
      if (!grew.containsKey(found.getUri())) {
        out.output(WatchEvent.newBuilder().setFile(found).build());
      }
    }
    grew.keySet().forEach(growing::remove);
    diff.stillGrowing().forEach(growing::put);
    return noticed;
  }

  private static void follow(
      FileEvent event, Map<String, FileEvent> paths, MapState<String, FileEvent> known) {
    String former = event.getFormer();
    if (former != null) {
      paths.remove(former);
      known.remove(former);
    }
    Failure failure = event.getFailure();
    boolean isForgotten =
        event.getType() == FileEventType.TAKEN && failure != null && failure.getIsTransient();
    // Transient failures are retried after a restart.
    if (event.getType() == FileEventType.GONE || isForgotten) {
      paths.remove(event.getUri());
      known.remove(event.getUri());
    } else {
      // The next poll needs only the file, not its outcome.
      FileEvent bare =
          event.getType() == FileEventType.TAKEN
              ? FileEvent.newBuilder(event).setSong(null).setAudio(null).setFailure(null).build()
              : event;
      paths.put(event.getUri(), bare);
      known.put(event.getUri(), bare);
    }
  }

  private static long last(List<FileEvent> events) {
    return events.get(events.size() - 1).getNumber();
  }
}
