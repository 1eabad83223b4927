package org.surmala.gather;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.transforms.join.RawUnionValue;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** The collections that {@link Gather} brought together, each apart again. */
public final class Gathered {
  private final List<TupleTag<?>> tags;
  private final List<List<Object>> elements = new ArrayList<>();

  /**
   * @param tags those of the {@link Gather}, in its order
   * @param all its one element
   */
  public Gathered(List<TupleTag<?>> tags, KV<Integer, Iterable<RawUnionValue>> all) {
    this.tags = List.copyOf(tags);
    // The last is of what was put beside the collections.
    for (int i = 0; i <= tags.size(); i++) {
      elements.add(new ArrayList<>());
    }
    all.getValue().forEach(value -> elements.get(value.getUnionTag()).add(value.getValue()));
  }

  /**
   * The elements of a collection, in no order.
   *
   * @throws IllegalArgumentException when the collection was not gathered
   */
  @SuppressWarnings("unchecked") // Only elements of the tag's own collection were marked with it.
  public <T> List<T> get(TupleTag<T> tag) {
    int index = tags.indexOf(tag);
    if (index < 0) {
      throw new IllegalArgumentException(tag + " was not gathered, only " + tags + " were");
    }
    return (List<T>) Collections.unmodifiableList(elements.get(index));
  }
}
