package org.surmala.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.join.RawUnionValue;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Rule;
import org.junit.Test;

public class GatherTest {
  private static final TupleTag<String> WORDS = new TupleTag<>("words") {};
  private static final TupleTag<Integer> NUMBERS = new TupleTag<>("numbers") {};
  private static final List<TupleTag<?>> BOTH = List.of(WORDS, NUMBERS);

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void givenTwoCollections_whenGathered_thenEachIsWholeInOneElement() {
    PAssert.that(
            told(
                BOTH,
                pipeline.apply("Words", Create.of("a", "b", "b")),
                pipeline.apply("Numbers", Create.of(3, 1, 2))))
        .containsInAnyOrder("3 [a, b] 3 [1, 2, 3]");
    pipeline.run();
  }

  @Test
  public void givenNothing_whenGathered_thenThereStillIsOneElement() {
    PAssert.that(
            told(
                BOTH,
                pipeline.apply("Words", Create.empty(StringUtf8Coder.of())),
                pipeline.apply("Numbers", Create.empty(VarIntCoder.of()))))
        .containsInAnyOrder("0 [] 0 []");
    pipeline.run();
  }

  @Test
  public void givenAnotherOrderOfTags_whenGathered_thenEachIsFoundUnderItsOwn() {
    PAssert.that(
            told(
                List.of(NUMBERS, WORDS),
                pipeline.apply("Words", Create.of("a")),
                pipeline.apply("Numbers", Create.of(1))))
        .containsInAnyOrder("1 [a] 1 [1]");
    pipeline.run();
  }

  @Test
  public void givenATagThatWasNotGathered_whenAskedFor_thenItIsNamed() {
    Gathered gathered = new Gathered(List.of(WORDS), KV.of(0, List.of(new RawUnionValue(0, "a"))));

    assertThat(gathered.get(WORDS)).containsExactly("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> gathered.get(NUMBERS))
        .withMessageContaining("numbers")
        .withMessageContaining("words");
  }

  private static PCollection<String> told(
      List<TupleTag<?>> tags, PCollection<String> words, PCollection<Integer> numbers) {
    return PCollectionTuple.of(WORDS, words)
        .and(NUMBERS, numbers)
        .apply("Gather", Gather.of(tags))
        .apply(
            "Tell",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    all -> {
                      Gathered gathered = new Gathered(tags, all);
                      return gathered.get(WORDS).size()
                          + " "
                          + new TreeSet<>(gathered.get(WORDS))
                          + " "
                          + gathered.get(NUMBERS).size()
                          + " "
                          + new TreeSet<>(gathered.get(NUMBERS));
                    }));
  }
}
