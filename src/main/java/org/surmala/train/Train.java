package org.surmala.train;

import java.io.IOException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.surmala.io.RecordCoder;
import org.surmala.schema.FeatureBatch;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;

/**
 * Fits every model to all songs of a window at its end, and outputs the checkpoints. Songs are sent
 * in batches, keyed by the model's name, to a stateful step that collects them; the fit uses the
 * order of song ids, so that it depends neither on the order of arrival nor on bundles.
 *
 * <p>Batches of 256 KiB and more wait in files in the folder {@code waiting/} beside the models;
 * {@link #clear} removes these files once no fit needs them.
 *
 * <p>A song that arrives twice counts once. A window with fewer than {@link
 * TrainOptions#MINIMUM_SONGS} songs gives no checkpoint. All songs must have the same feature
 * specification.
 *
 * <p>Counters in namespace {@code surmala}: {@code models} (to fit), {@code fitted}, {@code
 * unfitted} (too few songs), {@code collapsed} (fewer than two latent dimensions are active, so
 * embeddings are not informative; lower {@code beta}, or use {@code sigma_vae}), {@code epochs},
 * {@code micros.train}. Gauges: {@code loss.NAME}, millionths of the last epoch's mean loss; {@code
 * version.NAME}, the 12 hexadecimal digits of the checkpoint's version as a number.
 */
public final class Train
    extends PTransform<PCollection<SegmentFeatures>, PCollection<ModelCheckpoint>> {
  private final TrainOptions options;

  private Train(TrainOptions options) {
    this.options = options;
  }

  /** Trains with the given options. */
  public static Train with(TrainOptions options) {
    return new Train(options);
  }

  /**
   * Removes waiting batches: after a pipeline, and before one if an earlier pipeline may have died.
   *
   * @param options options of a pipeline that is not running
   */
  public static void clear(TrainOptions options) throws IOException {
    BatchFiles.beside(options.folder()).clear();
  }

  @Override
  public PCollection<ModelCheckpoint> expand(PCollection<SegmentFeatures> features) {
    return features
        .apply("Pack", ParDo.of(new PackFn(options.models(), BatchFiles.beside(options.folder()))))
        .setCoder(RecordCoder.of(FeatureBatch.class))
        .apply("ForEachModel", ParDo.of(new ForEachModelFn(options.models())))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), RecordCoder.of(FeatureBatch.class)))
        .apply("Fit", ParDo.of(new FitFn(options)))
        .setCoder(RecordCoder.of(ModelCheckpoint.class));
  }
}
