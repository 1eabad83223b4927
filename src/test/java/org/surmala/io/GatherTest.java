package org.surmala.io;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Rule;
import org.junit.Test;

public class GatherTest {
  private static final TupleTag<String> WORDS = new TupleTag<>("words") {};
  private static final TupleTag<Integer> NUMBERS = new TupleTag<>("numbers") {};

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void givenTwoCollections_whenGathered_thenEachIsWholeInOneElement() {
    PAssert.that(
            told(
                pipeline.apply("Words", Create.of("a", "b", "b")),
                pipeline.apply("Numbers", Create.of(3, 1, 2))))
        .containsInAnyOrder("[a, b, b] [1, 2, 3]");
    pipeline.run();
  }

  @Test
  public void givenNothing_whenGathered_thenThereStillIsOneElement() {
    PAssert.that(
            told(
                pipeline.apply("Words", Create.empty(StringUtf8Coder.of())),
                pipeline.apply("Numbers", Create.empty(VarIntCoder.of()))))
        .containsInAnyOrder("[] []");
    pipeline.run();
  }

  /** More than a group holds in memory before it reads on. */
  @Test
  public void givenManyElements_whenGathered_thenNoneIsMissing() {
    List<Integer> many = IntStream.range(0, 25_000).boxed().toList();
    PCollection<Integer> sizes =
        PCollectionTuple.of(NUMBERS, pipeline.apply("Numbers", Create.of(many)))
            .and(WORDS, pipeline.apply("Words", Create.of("a")))
            .apply("Gather", Gather.all())
            .apply(
                "Count",
                MapElements.into(TypeDescriptors.integers())
                    .via(all -> new HashSet<>(sorted(all.getValue().getAll(NUMBERS))).size()));
    PAssert.that(sizes).containsInAnyOrder(many.size());
    pipeline.run();
  }

  private static PCollection<String> told(PCollection<String> words, PCollection<Integer> numbers) {
    return PCollectionTuple.of(WORDS, words)
        .and(NUMBERS, numbers)
        .apply("Gather", Gather.all())
        .apply(
            "Tell",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    all ->
                        sorted(all.getValue().getAll(WORDS))
                            + " "
                            + sorted(all.getValue().getAll(NUMBERS))));
  }

  private static <T extends Comparable<T>> List<T> sorted(Iterable<T> values) {
    return StreamSupport.stream(values.spliterator(), false).sorted().toList();
  }
}
