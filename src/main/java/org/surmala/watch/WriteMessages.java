package org.surmala.watch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.surmala.schema.LogMessage;

/**
 * Stores messages, one file per bundle, where the next poll finds them.
 *
 * <p>Counter in namespace {@code surmala}: {@code announced}.
 */
public final class WriteMessages extends PTransform<PCollection<LogMessage>, PDone> {
  private static final long serialVersionUID = 1L;

  private final MessageInbox arrivals;

  private WriteMessages(MessageInbox arrivals) {
    this.arrivals = arrivals;
  }

  /** Stores messages in the given inbox. */
  public static WriteMessages in(MessageInbox arrivals) {
    return new WriteMessages(arrivals);
  }

  @Override
  public PDone expand(PCollection<LogMessage> announced) {
    announced.apply("Keep", ParDo.of(new KeepFn(arrivals)));
    return PDone.in(announced.getPipeline());
  }

  private static final class KeepFn extends DoFn<LogMessage, Void> {
    private final MessageInbox arrivals;
    private final Counter announced = Metrics.counter("surmala", "announced");
    private transient List<LogMessage> unkept = new ArrayList<>();

    KeepFn(MessageInbox arrivals) {
      this.arrivals = arrivals;
    }

    @StartBundle
    public void startBundle() {
      unkept = new ArrayList<>();
    }

    @ProcessElement
    public void process(@Element LogMessage arrival) {
      unkept.add(arrival);
      announced.inc();
    }

    @FinishBundle
    public void finishBundle() throws IOException {
      if (!unkept.isEmpty()) {
        arrivals.keep(unkept);
      }
    }
  }
}
