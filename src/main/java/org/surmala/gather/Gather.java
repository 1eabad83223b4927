package org.surmala.gather;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.Impulse;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.RawUnionValue;
import org.apache.beam.sdk.transforms.join.UnionCoder;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Brings all elements of some collections together: one element, when the last of them has come,
 * also where all are empty. {@link Gathered} gives the elements of each back. All are held by one
 * worker at once.
 *
 * <p>A side input for each collection does the same; a runner makes more of each of them than of
 * all of this.
 */
public final class Gather
    extends PTransform<PCollectionTuple, PCollection<KV<Integer, Iterable<RawUnionValue>>>> {
  private static final long serialVersionUID = 1L;

  private static final int ONE_PLACE = 0;

  private final List<TupleTag<?>> tags;

  private Gather(List<TupleTag<?>> tags) {
    this.tags = tags;
  }

  /**
   * Gathers the collections of these tags.
   *
   * @param tags in the order in which {@link Gathered} is told of them; others that the input holds
   *     are left out
   */
  public static Gather of(List<TupleTag<?>> tags) {
    return new Gather(List.copyOf(tags));
  }

  @Override
  public PCollection<KV<Integer, Iterable<RawUnionValue>>> expand(PCollectionTuple input) {
    List<Coder<?>> coders = new ArrayList<>();
    tags.forEach(tag -> coders.add(input.get(tag).getCoder()));
    coders.add(ByteArrayCoder.of());
    KvCoder<Integer, RawUnionValue> coder =
        KvCoder.of(VarIntCoder.of(), UnionCoder.of(List.copyOf(coders)));
    // Without it there would be no element where all collections are empty.
    PCollection<byte[]> once = input.getPipeline().apply("Once", Impulse.create());
    PCollectionList<KV<Integer, RawUnionValue>> all =
        PCollectionList.of(marked("Mark", once, tags.size()).setCoder(coder));
    for (int i = 0; i < tags.size(); i++) {
      TupleTag<?> tag = tags.get(i);
      all = all.and(marked("Mark " + tag.getId(), input.get(tag), i).setCoder(coder));
    }
    return all.apply("All", Flatten.pCollections()).apply("InOnePlace", GroupByKey.create());
  }

  private static <T> PCollection<KV<Integer, RawUnionValue>> marked(
      String name, PCollection<T> elements, int mark) {
    return elements.apply(name, ParDo.of(new MarkFn<T>(mark)));
  }

  /** Says of which collection an element is. */
  private static final class MarkFn<T> extends DoFn<T, KV<Integer, RawUnionValue>> {
    private final int mark;

    MarkFn(int mark) {
      this.mark = mark;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<KV<Integer, RawUnionValue>> out) {
      out.output(KV.of(ONE_PLACE, new RawUnionValue(mark, element)));
    }
  }
}
