package org.surmala.io;

import java.util.Map;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Gathers all elements of some collections into a single element, once the last one has arrived,
 * even if all collections are empty. One worker holds all elements.
 *
 * <p>A side input per collection would do the same, but costs a runner more.
 */
public final class Gather
    extends PTransform<PCollectionTuple, PCollection<KV<Integer, CoGbkResult>>> {
  private static final int ONE_KEY = 0;
  private static final TupleTag<byte[]> ONCE = new TupleTag<>("once") {};

  private Gather() {}

  /** Gathers every collection of the input, under its tag. */
  public static Gather all() {
    return new Gather();
  }

  @Override
  public PCollection<KV<Integer, CoGbkResult>> expand(PCollectionTuple input) {
    // Without it there would be no element if all collections are empty.
    KeyedPCollectionTuple<Integer> keyed =
        KeyedPCollectionTuple.of(
            ONCE, keyed("once", input.getPipeline().apply("Once", Impulse.create())));
    for (Map.Entry<TupleTag<?>, PCollection<?>> each : input.getAll().entrySet()) {
      keyed = with(keyed, each.getKey(), input);
    }
    return keyed.apply("InOnePlace", CoGroupByKey.create());
  }

  private static <T> KeyedPCollectionTuple<Integer> with(
      KeyedPCollectionTuple<Integer> keyed, TupleTag<T> tag, PCollectionTuple input) {
    return keyed.and(tag, keyed(tag.getId(), input.get(tag)));
  }

  private static <T> PCollection<KV<Integer, T>> keyed(String name, PCollection<T> elements) {
    return elements.apply(
        "Key " + name, WithKeys.<Integer, T>of(ONE_KEY).withKeyType(TypeDescriptors.integers()));
  }
}
