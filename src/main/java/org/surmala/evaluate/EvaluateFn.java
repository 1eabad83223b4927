package org.surmala.evaluate;

import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;

final class EvaluateFn extends DoFn<KV<String, CoGbkResult>, ClusteringMetrics> {
  private final EvaluateOptions options;
  private final TupleTag<Embedding> embeddingTag;
  private final TupleTag<Clustering> clusteringTag;
  private final PCollectionView<Map<String, String>> labels;
  private final Counter micros = Metrics.counter("surmala", "micros.evaluate");

  EvaluateFn(
      EvaluateOptions options,
      TupleTag<Embedding> embeddingTag,
      TupleTag<Clustering> clusteringTag,
      PCollectionView<Map<String, String>> labels) {
    this.options = options;
    this.embeddingTag = embeddingTag;
    this.clusteringTag = clusteringTag;
    this.labels = labels;
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) {
    long start = System.nanoTime();
    CoGbkResult model = context.element().getValue();
    Table table = Table.of(model.getAll(embeddingTag));
    ClusteringEvaluator evaluator =
        new ClusteringEvaluator(options, table.ids(), table.points(), context.sideInput(labels));
    for (Clustering clustering : model.getAll(clusteringTag)) {
      ClusteringEvaluator.Evaluation evaluation = evaluator.evaluate(clustering);
      out.get(Evaluate.METRICS).output(evaluation.metrics());
      evaluation.assignments().forEach(out.get(Evaluate.ASSIGNMENTS)::output);
    }
    micros.inc((System.nanoTime() - start) / 1_000);
  }
}
