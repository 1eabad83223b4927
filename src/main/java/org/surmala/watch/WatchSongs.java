package org.surmala.watch;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.surmala.io.RecordCoder;
import org.surmala.schema.WatchEvent;

/**
 * Polls a collection at each element and emits what happened to its files since the last poll. The
 * events have the timestamp of the element. Elements that are older than the end of the last poll
 * are skipped.
 *
 * <p>Each event except {@code FOUND} is stored in the {@link FileEventLog} before it is emitted. If
 * the log is ahead of the state, at a start or after a restored checkpoint, its events are emitted
 * again. The state is derived from the log: the last event of each path, about 300 bytes.
 *
 * <p>Counters in namespace {@code surmala}: {@code polls}, {@code taken}, {@code gone}, {@code
 * micros.read}.
 */
public final class WatchSongs extends PTransform<PCollection<Instant>, PCollection<WatchEvent>> {
  private static final long serialVersionUID = 1L;

  private final WatchOptions options;

  private WatchSongs(WatchOptions options) {
    this.options = options;
  }

  /** Watches the songs that the options name. */
  public static WatchSongs with(WatchOptions options) {
    return new WatchSongs(options);
  }

  @Override
  public PCollection<WatchEvent> expand(PCollection<Instant> moments) {
    return moments
        .apply(
            "ByPlace",
            WithKeys.<String, Instant>of(options.read().songs())
                .withKeyType(TypeDescriptors.strings()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), moments.getCoder()))
        .apply("Poll", ParDo.of(new PollFn(options)))
        .setCoder(RecordCoder.of(WatchEvent.class));
  }
}
