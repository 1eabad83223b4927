package org.surmala.train;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.surmala.schema.FeatureBatch;

/** Sends each batch to every model that reads its rows. */
final class ForEachModelFn extends DoFn<FeatureBatch, KV<String, FeatureBatch>> {
  private final List<ModelSpec> models;

  ForEachModelFn(List<ModelSpec> models) {
    this.models = models;
  }

  @ProcessElement
  public void process(@Element FeatureBatch batch, OutputReceiver<KV<String, FeatureBatch>> out) {
    for (ModelSpec model : models) {
      if (model.representation().inputSpec().label().equals(batch.getIntake())) {
        out.output(KV.of(model.name(), batch));
      }
    }
  }
}
