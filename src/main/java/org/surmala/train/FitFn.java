package org.surmala.train;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.surmala.io.CheckpointFile;
import org.surmala.io.ProgramFile;
import org.surmala.io.RecordCoder;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;

/**
 * Keeps the batches of one model until its window ends, and fits then. The state of a model is the
 * names of the files with large batches ({@link BatchFiles}), and small batches: for each song an
 * id of 64 bytes, the lyrics if the model reads them, the label if it is conditioned on it, and
 * {@code 4 · dimensions} bytes for each row.
 */
final class FitFn extends DoFn<KV<String, FeatureBatch>, ModelCheckpoint> {
  /** Losses are reported in millionths, since a gauge holds whole numbers only. */
  private static final double LOSS_UNITS = 1e6;

  private static final int HEXADECIMAL = 16;

  private final TrainOptions options;
  private final Counter models = Metrics.counter("surmala", "models");
  private final Counter fitted = Metrics.counter("surmala", "fitted");
  private final Counter unfitted = Metrics.counter("surmala", "unfitted");
  private final Counter collapsed = Metrics.counter("surmala", "collapsed");
  private final Counter epochs = Metrics.counter("surmala", "epochs");
  private final Counter micros = Metrics.counter("surmala", "micros.train");

  /** Every batch of the window, in any order; cleared after the fit. */
  @StateId("batches")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<BagState<FeatureBatch>> batchesSpec =
      StateSpecs.bag(RecordCoder.of(FeatureBatch.class));

  /** Whether a batch has arrived: the first one of a window counts its model in {@code models}. */
  @StateId("awaited")
  @SuppressWarnings("unused") // Beam reads it.
  private final StateSpec<ValueState<Boolean>> awaitedSpec = StateSpecs.value();

  /** The end of the window. */
  @TimerId("end")
  @SuppressWarnings("unused") // Beam reads it.
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  FitFn(TrainOptions options) {
    this.options = options;
  }

  @ProcessElement
  public void process(
      @Element KV<String, FeatureBatch> batch,
      BoundedWindow window,
      @StateId("batches") BagState<FeatureBatch> batches,
      @StateId("awaited") ValueState<Boolean> awaited,
      @TimerId("end") Timer end) {
    batches.add(batch.getValue());
    if (!Boolean.TRUE.equals(awaited.read())) {
      awaited.write(true);
      models.inc();
      end.set(window.maxTimestamp());
    }
  }

  @OnTimer("end")
  public void onEnd(
      @Key String name,
      @StateId("batches") BagState<FeatureBatch> batches,
      @StateId("awaited") ValueState<Boolean> awaited,
      OutputReceiver<ModelCheckpoint> out)
      throws IOException {
    long start = System.nanoTime();
    try (TrainingSet songs = TrainingSet.of(batches.read(), TrainingSet.MOST_IN_MEMORY)) {
      if (songs.table().songs() < TrainOptions.MINIMUM_SONGS) {
        unfitted.inc();
      } else {
        Gauge loss = Metrics.gauge("surmala", "loss." + name);
        Model model =
            FitCache.in(options.folder(), ProgramFile.build())
                .fit(
                    new ModelFitter(
                        options.model(name),
                        options,
                        epoch -> {
                          epochs.inc();
                          loss.set(Math.round(epoch.loss() * LOSS_UNITS));
                        }),
                    songs);
        if (model.getActiveDimensions() < Math.min(2, model.getLatentDimensions())) {
          collapsed.inc();
        }
        ModelCheckpoint checkpoint = CheckpointFile.write(options.folder(), model);
        Metrics.gauge("surmala", "version." + name)
            .set(Long.parseLong(checkpoint.getVersion(), HEXADECIMAL));
        out.output(checkpoint);
        fitted.inc();
      }
    }
    batches.clear();
    awaited.clear();
    micros.inc(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
  }
}
