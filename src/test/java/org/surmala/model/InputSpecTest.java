package org.surmala.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.surmala.model.InputSpec.Part;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.FeatureWindows;
import org.surmala.schema.ModelEmbedding;
import org.surmala.schema.SegmentFeatures;

/** Which part of a song's vector a model takes. */
final class InputSpecTest {
  private static final List<String> GROUPS = List.of("timbre", "rhythm", "embedding");

  private static ByteBuffer bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static SegmentFeatures song(@Nullable ModelEmbedding embedding) {
    return SegmentFeatures.newBuilder()
        .setId("a")
        .setSpec("spec")
        .setInfo(
            AudioInfo.newBuilder()
                .setDurationSeconds(30)
                .setSampleRate(44_100)
                .setChannels(2)
                .setCodec("mp3")
                .setBitRate(0)
                .build())
        .setLoudnessLufs(-14)
        .setPaddedSamples(0)
        .setSilenceShare(0)
        .setDimensions(2)
        .setValues(bytes(1, 2))
        .setWindows(new FeatureWindows(2, 3.0, 2, bytes(), bytes(3, 4, 5, 6)))
        .setEmbedding(embedding)
        .build();
  }

  private static final SegmentFeatures WITH = song(new ModelEmbedding(1, bytes(10), bytes(20, 30)));
  private static final SegmentFeatures WITHOUT = song(null);

  private static InputSpec of(Part part) {
    return InputSpec.VECTOR_AND_WINDOWS.of(part);
  }

  @Test
  void aPartIsFeaturesEmbeddingOrBothSideBySide() {
    assertThat(of(Part.AUTO).vector(WITH)).containsExactly(1, 2, 10);
    assertThat(of(Part.BOTH).vector(WITH)).containsExactly(1, 2, 10);
    assertThat(of(Part.FEATURES).vector(WITH)).containsExactly(1, 2);
    assertThat(of(Part.EMBEDDING).vector(WITH)).containsExactly(10);
    assertThat(of(Part.AUTO).vector(WITHOUT)).containsExactly(1, 2);
    assertThat(of(Part.EMBEDDING).all(WITH).rows().get(0)).containsExactly(10);
  }

  @Test
  void windowsAreOfTheSamePart() {
    assertThat(of(Part.BOTH).windows(WITH))
        .containsExactly(new float[] {3, 4, 20}, new float[] {5, 6, 30});
    assertThat(of(Part.FEATURES).windows(WITH))
        .containsExactly(new float[] {3, 4}, new float[] {5, 6});
    assertThat(of(Part.EMBEDDING).windows(WITH))
        .containsExactly(new float[] {20}, new float[] {30});
    assertThat(of(Part.AUTO).windows(WITHOUT))
        .containsExactly(new float[] {3, 4}, new float[] {5, 6});
  }

  @Test
  void columnsAndGroupsAreThoseOfThePart() {
    assertThat(of(Part.AUTO).columns(GROUPS)).containsExactly(0, 1, 2);
    assertThat(of(Part.FEATURES).groups(GROUPS)).containsExactly("timbre", "rhythm");
    assertThat(of(Part.EMBEDDING).groups(GROUPS)).containsExactly("embedding");
    assertThat(of(Part.EMBEDDING).groups(List.of())).isEmpty();
  }

  @Test
  void batchesOfOtherPartsHaveOtherNames() {
    assertThat(of(Part.AUTO).label()).isEqualTo("vector_and_windows");
    assertThat(of(Part.EMBEDDING).label()).isEqualTo("vector_and_windows_of_embedding");
    assertThat(InputSpec.vectorAndLabel("mood").of(Part.FEATURES).label())
        .isEqualTo("vector_and_label_mood_of_features");
  }

  @Test
  void aSongWithoutAnEmbeddingSaysWhatMakesOne() {
    assertThatThrownBy(() -> of(Part.BOTH).all(WITHOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "song a has no embedding, which this model needs; set onnx.model and onnx.preset");
  }
}
