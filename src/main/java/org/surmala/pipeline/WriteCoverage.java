package org.surmala.pipeline;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.io.Gather;
import org.surmala.read.Read;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Failure;
import org.surmala.schema.FileCounts;

/**
 * Counts the outcomes of all files and writes {@link Coverage}. Counts the records themselves, not
 * the runner's metrics, which count a retried element twice.
 */
final class WriteCoverage extends PTransform<PCollectionTuple, PDone> {
  /** The songs of the primary clustering. */
  static final TupleTag<ClusterAssignment> CLUSTERED = new TupleTag<>("clustered") {};

  /** The failures of every stage. */
  static final TupleTag<Failure> FAILED = new TupleTag<>("failed") {};

  private static final TupleTag<KV<String, Long>> COUNTS = new TupleTag<>("counts") {};

  private final String results;

  private WriteCoverage(String results) {
    this.results = results;
  }

  /** Writes to a folder, whose path ends in a slash. */
  static WriteCoverage to(String results) {
    return new WriteCoverage(results);
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    PCollection<KV<String, Long>> counts =
        PCollectionList.of(input.get(Read.LISTED).apply("Found", ParDo.of(new FoundFn())))
            .and(one(input.get(CLUSTERED), "clustered"))
            .and(one(input.get(FAILED), "failed"))
            .and(one(input.get(Read.SKIPPED), "skipped"))
            .and(one(input.get(Read.DUPLICATES), "duplicate"))
            .apply("Outcomes", Flatten.pCollections())
            .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()))
            .apply("Count", Combine.perKey(Sum.ofLongs()));
    PCollectionTuple.of(COUNTS, counts)
        .apply("Gather", Gather.all())
        .apply("Write", ParDo.of(new WriteFn(results)));
    return PDone.in(input.getPipeline());
  }

  private static <T> PCollection<KV<String, Long>> one(PCollection<T> files, String outcome) {
    return files.apply("One " + outcome, ParDo.of(new OneFn<T>(outcome)));
  }

  private static final class FoundFn extends DoFn<Long, KV<String, Long>> {
    @ProcessElement
    public void process(@Element Long listed, OutputReceiver<KV<String, Long>> out) {
      out.output(KV.of("found", listed));
    }
  }

  private static final class OneFn<T> extends DoFn<T, KV<String, Long>> {
    private final String outcome;

    OneFn(String outcome) {
      this.outcome = outcome;
    }

    @ProcessElement
    public void process(OutputReceiver<KV<String, Long>> out) {
      out.output(KV.of(outcome, 1L));
    }
  }

  private static final class WriteFn extends DoFn<KV<Integer, CoGbkResult>, Void> {
    private final String results;

    WriteFn(String results) {
      this.results = results;
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> all) throws IOException {
      Map<String, Long> known = new TreeMap<>();
      for (KV<String, Long> count : all.getValue().getAll(COUNTS)) {
        known.put(count.getKey(), count.getValue());
      }
      Coverage.write(
          results,
          FileCounts.newBuilder()
              .setFound(known.getOrDefault("found", 0L))
              .setClustered(known.getOrDefault("clustered", 0L))
              .setFailed(known.getOrDefault("failed", 0L))
              .setSkipped(known.getOrDefault("skipped", 0L))
              .setDuplicate(known.getOrDefault("duplicate", 0L))
              .build());
    }
  }
}
