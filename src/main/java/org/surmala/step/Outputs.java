package org.surmala.step;

import java.util.Map;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** The outputs of two steps, one behind the other. */
final class Outputs {
  private Outputs() {}

  /**
   * All but the one that the second step takes; what both give under one tag is one output.
   *
   * @param taken by the second step
   * @param title of the second step
   */
  static PCollectionTuple joined(
      Map<TupleTag<?>, PCollection<?>> before,
      TupleTag<?> taken,
      PCollectionTuple behind,
      String title) {
    PCollectionTuple all = behind;
    for (Map.Entry<TupleTag<?>, PCollection<?>> output : before.entrySet()) {
      if (!output.getKey().equals(taken)) {
        all = with(all, output.getKey(), output.getValue(), title);
      }
    }
    return all;
  }

  @SuppressWarnings("unchecked") // A tag stands for a collection of its own type.
  private static <T> PCollectionTuple with(
      PCollectionTuple all, TupleTag<T> tag, PCollection<?> earlier, String title) {
    PCollection<T> own = (PCollection<T>) earlier;
    if (!all.has(tag)) {
      return all.and(tag, own);
    }
    PCollection<T> both =
        PCollectionList.of(own)
            .and(all.get(tag))
            .apply("Until" + title + " " + tag.getId(), Flatten.pCollections());
    PCollectionTuple others = PCollectionTuple.empty(own.getPipeline());
    for (TupleTag<?> other : all.getAll().keySet()) {
      others = other.equals(tag) ? others : copy(others, other, all);
    }
    return others.and(tag, both);
  }

  private static <S> PCollectionTuple copy(
      PCollectionTuple into, TupleTag<S> tag, PCollectionTuple from) {
    return into.and(tag, from.get(tag));
  }
}
