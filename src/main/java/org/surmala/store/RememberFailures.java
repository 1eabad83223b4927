package org.surmala.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.surmala.schema.Failure;

/**
 * Stores permanent failures, so that the next run reports them without decoding these songs again.
 * Transient failures, and files that could not be identified, are not stored.
 */
public final class RememberFailures extends PTransform<PCollection<Failure>, PDone> {
  private final FeatureStore store;

  private RememberFailures(FeatureStore store) {
    this.store = store;
  }

  /** Stores into the given store. */
  public static RememberFailures in(FeatureStore store) {
    return new RememberFailures(store);
  }

  @Override
  public PDone expand(PCollection<Failure> failures) {
    failures.apply("Write", ParDo.of(new WriteFn(store)));
    return PDone.in(failures.getPipeline());
  }

  private static final class WriteFn extends DoFn<Failure, Void> {
    private final FeatureStore store;
    private transient List<Failure> lasting = new ArrayList<>();

    WriteFn(FeatureStore store) {
      this.store = store;
    }

    @StartBundle
    public void startBundle() {
      lasting = new ArrayList<>();
    }

    @ProcessElement
    public void process(@Element Failure failure) {
      if (failure.getId() != null && !failure.getIsTransient()) {
        lasting.add(failure);
      }
    }

    @FinishBundle
    public void finishBundle() throws IOException {
      if (!lasting.isEmpty()) {
        store.writeFailures(lasting);
      }
    }
  }
}
