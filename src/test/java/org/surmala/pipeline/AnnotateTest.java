package org.surmala.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.surmala.config.Annotation;
import org.surmala.io.RecordCoder;
import org.surmala.read.Read;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

public final class AnnotateTest {
  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static SongRef song(String id, @Nullable String lyrics) {
    return SongRef.newBuilder()
        .setId(id)
        .setUri("file:///" + id)
        .setFilepath(id)
        .setLyrics(lyrics)
        .setSize(1)
        .setModified(1)
        .build();
  }

  private static SegmentFeatures features(String id, @Nullable String lyrics) {
    return SegmentFeatures.newBuilder()
        .setId(id)
        .setSpec("spec")
        .setInfo(
            new AudioInfo(
                60.0, 44_100, 2, "mp3", 128_000L, "title", null, lyrics, "sum", null, null))
        .setLoudnessLufs(-14)
        .setPaddedSamples(0)
        .setSilenceShare(0)
        .setDimensions(0)
        .setValues(ByteBuffer.allocate(0))
        .build();
  }

  @Test
  public void givenLyricsOfOwnerAndFile_whenJoined_thenTheOwnersStandAndNoSongIsLost() {
    PCollectionTuple collection =
        PCollectionTuple.of(
                Read.SONGS,
                pipeline.apply(
                    "Songs",
                    Create.of(
                            song("a", "owner's"),
                            song("b", null),
                            song("c", "গান"),
                            song("d", null),
                            song("failed", "unheard"))
                        .withCoder(RecordCoder.of(SongRef.class))))
            .and(
                CollectFeatures.FEATURES,
                pipeline.apply(
                    "Features",
                    Create.of(
                            features("a", "file's"),
                            features("b", "file's"),
                            features("c", null),
                            features("d", null))
                        .withCoder(RecordCoder.of(SegmentFeatures.class))));
    PAssert.that(collection.apply("Annotate", Annotate.with(new Annotation(true, List.of()))))
        .containsInAnyOrder(
            List.of(
                features("a", "owner's"),
                features("b", "file's"),
                features("c", "গান"),
                features("d", null)));
    pipeline.run().waitUntilFinish();
  }

  private static SongRef told(String id, @Nullable String language, Map<String, String> labels) {
    return SongRef.newBuilder(song(id, "owner's")).setLanguage(language).setLabels(labels).build();
  }

  @Test
  public void givenColumns_whenAnnotated_thenLabelsComeFromRowSongAndFileAndLyricsStay() {
    pipeline.enableAbandonedNodeEnforcement(false);
    Annotation annotation =
        new Annotation(false, List.of("language", "source", "codec", "sample_rate", "channels"));
    SegmentFeatures audio = features("a", "file's");

    SegmentFeatures annotated =
        annotation.with(audio, told("a", "Bangla", Map.of("source", "vinyl", "mood", "glad")));

    assertThat(annotated.getLabels())
        .isEqualTo(
            Map.of(
                "language", "Bangla",
                "source", "vinyl",
                "codec", "mp3",
                "sample_rate", "44100",
                "channels", "2"));
    assertThat(annotated.getInfo()).isEqualTo(audio.getInfo());
    assertThat(annotation.with(audio, told("a", null, Map.of("language", " "))).getLabels())
        .containsOnlyKeys("codec", "sample_rate", "channels");
    assertThat(annotation.with(audio, null).getLabels())
        .containsOnlyKeys("codec", "sample_rate", "channels");
    assertThat(new Annotation(false, List.of()).isNone()).isTrue();
    assertThat(Annotation.further(annotation.columns())).containsExactly("source");
  }
}
