package org.surmala.watch;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;
import org.surmala.io.CheckpointFile;
import org.surmala.io.RecordCoder;
import org.surmala.pipeline.RunManifest;
import org.surmala.schema.EpochLoss;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.WatchEvent;

/** Checks for a new model version at each element, and emits it for every shard. */
final class ModelVersionsFn extends DoFn<KV<String, WatchEvent>, KV<Integer, WatchEvent>> {
  /** Losses are reported in millionths, since a gauge holds whole numbers only. */
  private static final double LOSS_UNITS = 1e6;

  private static final int HEXADECIMAL = 16;

  private final WatchConfig config;
  private final Counter versions = Metrics.counter("surmala", "model_versions");
  private final Gauge refitSeconds = Metrics.gauge("surmala", "refit_seconds");

  /** The last version that was emitted. */
  @StateId("told")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<ModelVersion>> toldSpec =
      StateSpecs.value(RecordCoder.of(ModelVersion.class));

  ModelVersionsFn(WatchConfig config) {
    this.config = config;
  }

  @ProcessElement
  public void process(
      @Element KV<String, WatchEvent> poll,
      @StateId("told") ValueState<ModelVersion> told,
      OutputReceiver<KV<Integer, WatchEvent>> out)
      throws IOException {
    ModelVersion before = told.read();
    @Nullable ModelVersion next = config.versions().after(before);
    if (next == null) {
      return;
    }
    told.write(next);
    WatchEvent event = WatchEvent.newBuilder().setVersion(next).build();
    IntStream.range(0, config.assignShards()).forEach(shard -> out.output(KV.of(shard, event)));
    versions.inc();
    refitSeconds.set(Math.round(RunManifest.seconds(next.getFolder())));
    show(next.getCheckpoint());
  }

  /** Reports the fit in the same metrics as the training of a run. */
  private static void show(ModelCheckpoint checkpoint) throws IOException {
    Metrics.gauge("surmala", "version." + checkpoint.getName())
        .set(Long.parseLong(checkpoint.getVersion(), HEXADECIMAL));
    List<EpochLoss> epochs = CheckpointFile.read(checkpoint).getHistory();
    if (!epochs.isEmpty()) {
      Metrics.gauge("surmala", "loss." + checkpoint.getName())
          .set(Math.round(epochs.get(epochs.size() - 1).getTotal() * LOSS_UNITS));
    }
  }
}
