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
 * Looks at a collection whenever an element comes, and says what has happened to its files since.
 * An element's own time is the time of arrival of what is noticed then; elements that come while a
 * look goes on and are older than its end are passed over.
 *
 * <p>Each event but {@code FOUND} is in the {@link FileEventLog} before it is given. Where the
 * history is ahead of the state, at a start or after a restored checkpoint, its events are given
 * again: the state is a copy of the history, and holds for each path its last event, some 300
 * bytes.
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
