package org.surmala.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.Clustering;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Embedding;
import org.surmala.schema.LabelCell;
import org.surmala.schema.Population;
import org.surmala.schema.SongRef;
import org.surmala.schema.SongSample;

final class EvaluateFn extends DoFn<KV<String, CoGbkResult>, ClusteringMetrics> {
  private final EvaluateOptions options;
  private final TupleTag<Embedding> embeddingTag;
  private final TupleTag<Clustering> clusteringTag;
  private final @Nullable TupleTag<LabelCell> cellTag;
  private final PCollectionView<Map<String, SongRef>> songs;
  private final PCollectionView<Iterable<SongSample>> sample;
  private final Counter evaluated = Metrics.counter("surmala", "evaluated");
  private final Counter micros = Metrics.counter("surmala", "micros.evaluate");

  /** With songs of each label in each cluster where clusterings name a sample only. */
  EvaluateFn(
      EvaluateOptions options,
      TupleTag<Embedding> embeddingTag,
      TupleTag<Clustering> clusteringTag,
      @Nullable TupleTag<LabelCell> cellTag,
      PCollectionView<Map<String, SongRef>> songs,
      PCollectionView<Iterable<SongSample>> sample) {
    this.options = options;
    this.embeddingTag = embeddingTag;
    this.clusteringTag = clusteringTag;
    this.cellTag = cellTag;
    this.songs = songs;
    this.sample = sample;
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) {
    long start = System.nanoTime();
    CoGbkResult model = context.element().getValue();
    ModelEmbeddings table = ModelEmbeddings.of(model.getAll(embeddingTag));
    Map<String, SongRef> known = context.sideInput(songs);
    Map<String, String> labels = new HashMap<>();
    for (SongRef song : known.values()) {
      if (song.getLanguage() != null) {
        labels.put(song.getId(), song.getLanguage());
      }
    }
    ClusteringEvaluator evaluator =
        new ClusteringEvaluator(options, table.ids(), table.points(), labels);
    Map<Integer, List<LabelCell>> cells = new HashMap<>();
    if (cellTag != null) {
      for (LabelCell cell : model.getAll(cellTag)) {
        cells.computeIfAbsent(cell.getClustering(), c -> new ArrayList<>()).add(cell);
      }
    }
    List<Clustering> chosen = new ArrayList<>();
    for (Clustering clustering : model.getAll(clusteringTag)) {
      ClusteringEvaluator.Evaluation evaluation =
          evaluator.evaluate(clustering, cellsOf(clustering, cells));
      out.get(Evaluate.METRICS).output(evaluation.metrics());
      evaluation.assignments().forEach(out.get(Evaluate.ASSIGNMENTS)::output);
      if (clustering.getChosen()) {
        chosen.add(clustering);
      }
    }
    if (!chosen.isEmpty()) {
      chosen.sort(Comparator.comparing(Clustering::getClusterer));
      Clustering any = chosen.get(0);
      out.get(Evaluate.FINDINGS)
          .output(
              new SongFindings(options, context.sideInput(sample).iterator().next(), known)
                  .of(
                      any.getRepresentation(),
                      any.getModelVersion(),
                      table,
                      chosen,
                      clustering -> cellsOf(clustering, cells)));
    }
    evaluated.inc();
    micros.inc((System.nanoTime() - start) / 1_000);
  }

  private static List<LabelCell> cellsOf(
      Clustering clustering, Map<Integer, List<LabelCell>> cells) {
    Population population = clustering.getPopulation();
    return population == null ? List.of() : cells.getOrDefault(population.getNumber(), List.of());
  }
}
