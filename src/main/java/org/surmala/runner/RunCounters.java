package org.surmala.runner;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.surmala.decode.DecodingProgress;
import org.surmala.train.TrainingProgress;
import org.surmala.words.Noun;

/** A reading of the stages' counters. */
public final class RunCounters {
  /** Counted only with a pretrained model of the user. */
  private static final String ONNX = "onnx";

  private static final List<String> STAGES =
      List.of(
          "read",
          "decode",
          "resample",
          "segment",
          ONNX,
          "featurize",
          "store",
          "train",
          "embed",
          "cluster",
          "evaluate",
          "report",
          "assign",
          "publish");
  private static final double MICROS = 1e-6;

  private final Map<String, Long> counts = new HashMap<>();

  public RunCounters(PipelineResult result) {
    MetricsFilter ours =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("surmala")).build();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(ours).getCounters()) {
      counts.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
  }

  private RunCounters() {}

  /** No counters, if the runner does not report any. */
  public static RunCounters none() {
    return new RunCounters();
  }

  public long get(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** Seconds of work by stage, in the order of the stages. */
  public Map<String, Double> stageSeconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String stage : STAGES) {
      double used = get("micros." + stage) * MICROS;
      if (used > 0 || !stage.equals(ONNX)) {
        seconds.put(stage, used);
      }
    }
    return seconds;
  }

  /** The progress, derived from the counters. */
  RunProgress progress(Noun noun) {
    long found = get("found") - get("skipped");
    long failed = get("failed");
    long decoded = Math.max(get("decoded"), DecodingProgress.songs());
    if (counts.isEmpty() && (decoded > 0 || !TrainingProgress.running().isEmpty())) {
      return TrainingProgress.running().isEmpty()
          ? new RunProgress("decode", decoded, 0, noun.plural(), failed)
          : training(failed);
    }
    if (get("models") == 0) {
      return decoded == 0
          ? new RunProgress("read", get("identified"), found, noun.plural(), failed)
          : new RunProgress(
              "decode",
              Math.min(found, decoded + get("recalled") + get("duplicate")),
              found,
              noun.plural(),
              failed);
    }
    if (get("fitted") + get("unfitted") < get("models")) {
      return training(failed);
    }
    if (get("gathered") == 0 && get("embedded") < get("fitted") * (get("identified") - failed)) {
      return new RunProgress(
          "embed",
          get("embedded"),
          get("fitted") * (get("identified") - failed),
          noun.plural(),
          failed);
    }
    if (get("gathered") < get("fitted")) {
      return new RunProgress("cluster", get("gathered"), get("fitted"), "models", failed);
    }
    return get("evaluated") < get("fitted")
        ? new RunProgress("evaluate", get("evaluated"), get("fitted"), "models", failed)
        : new RunProgress("report", 0, 0, "", failed, "tables, plots, page");
  }

  /** The progress of training, which is that of the slowest fit. */
  private RunProgress training(long failed) {
    RunProgress slowest = new RunProgress("train", get("fitted"), get("models"), "models", failed);
    double least = Double.POSITIVE_INFINITY;
    for (Map.Entry<String, TrainingProgress.Epoch> fit : TrainingProgress.running().entrySet()) {
      TrainingProgress.Epoch epoch = fit.getValue();
      double share = (double) epoch.epoch() / epoch.epochs();
      if (share < least) {
        least = share;
        slowest =
            new RunProgress(
                "train",
                epoch.epoch(),
                epoch.epochs(),
                "epochs",
                failed,
                String.format(Locale.ROOT, "%s, loss %.4g", fit.getKey(), epoch.loss()));
      }
    }
    return slowest;
  }
}
