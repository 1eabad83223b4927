package org.surmala.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.surmala.io.CheckpointFile;
import org.surmala.io.RecordCoder;
import org.surmala.model.FittedModel;
import org.surmala.model.Planted;
import org.surmala.model.Representation;
import org.surmala.model.Representations;
import org.surmala.model.TrainingRows;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.Embedding;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.Provenance;
import org.surmala.schema.SegmentFeatures;

public final class EmbedTest {
  private static final int COLUMNS = 6;
  private static final float[] VALUES = Planted.clusters(3, 50, 2, COLUMNS, 0.2, 4);

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();
  @Rule public final transient TemporaryFolder folder = new TemporaryFolder();

  private static SegmentFeatures song(int index, String spec) {
    ByteBuffer bytes = ByteBuffer.allocate(COLUMNS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(VALUES, index * COLUMNS, COLUMNS);
    return SegmentFeatures.newBuilder()
        .setId(String.format("%064x", index))
        .setSpec(spec)
        .setInfo(
            new AudioInfo(60.0, 44_100, 2, "mp3", 128_000L, null, null, null, "sum", null, null))
        .setLoudnessLufs(-14)
        .setPaddedSamples(0)
        .setSilenceShare(0)
        .setDimensions(COLUMNS)
        .setValues(bytes)
        .build();
  }

  private static FittedModel fit(String kind) {
    Map<String, String> options =
        kind.equals("vae") ? Map.of("hidden", "8", "latent", "2", "epochs", "5") : Map.of();
    return Representations.of(kind, options)
        .fit(TrainingRows.of(COLUMNS, VALUES), Representation.Setting.of(3));
  }

  private ModelCheckpoint write(String kind, FittedModel model) throws Exception {
    Map<String, String> options =
        kind.equals("vae") ? Map.of("hidden", "8", "latent", "2", "epochs", "5") : Map.of();
    return CheckpointFile.write(
        folder.getRoot().getAbsolutePath() + "/",
        model.toModel(
            kind,
            new Provenance(
                "",
                50,
                "spec",
                3L,
                new TreeMap<>(Representations.of(kind, options).options()),
                new TreeMap<>())));
  }

  private PCollectionView<Map<String, ModelCheckpoint>> view(List<ModelCheckpoint> checkpoints) {
    return pipeline
        .apply("Models", Create.of(checkpoints).withCoder(RecordCoder.of(ModelCheckpoint.class)))
        .apply(WithKeys.of(ModelCheckpoint::getName).withKeyType(TypeDescriptors.strings()))
        .apply(View.asMap());
  }

  @Test
  public void givenTwoModels_whenSongsAreEmbedded_thenEachHasItsPlaceUnderBoth() throws Exception {
    FittedModel raw = fit("raw");
    FittedModel vae = fit("vae");
    ModelCheckpoint rawFile = write("raw", raw);
    ModelCheckpoint vaeFile = write("vae", vae);
    List<SegmentFeatures> songs = new ArrayList<>();
    List<Embedding> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      songs.add(song(i, "spec"));
      float[] row = java.util.Arrays.copyOfRange(VALUES, i * COLUMNS, (i + 1) * COLUMNS);
      expected.add(embedding(i, rawFile, raw.embed(row)));
      expected.add(embedding(i, vaeFile, vae.embed(row)));
    }
    PCollection<Embedding> embeddings =
        pipeline
            .apply("Songs", Create.of(songs).withCoder(RecordCoder.of(SegmentFeatures.class)))
            .apply("Embed", Embed.with(view(List.of(rawFile, vaeFile))));
    PAssert.that(embeddings).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static Embedding embedding(int index, ModelCheckpoint checkpoint, float[] place) {
    List<Float> vector = new ArrayList<>();
    for (float value : place) {
      vector.add(value);
    }
    return new Embedding(
        String.format("%064x", index), checkpoint.getName(), checkpoint.getVersion(), vector, null);
  }

  @Test
  public void givenFeaturesOfAnotherSpecification_whenEmbedded_thenItIsRefused() throws Exception {
    ModelCheckpoint checkpoint = write("raw", fit("raw"));
    pipeline
        .apply(
            "Songs", Create.of(song(0, "newer")).withCoder(RecordCoder.of(SegmentFeatures.class)))
        .apply("Embed", Embed.with(view(List.of(checkpoint))));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageContaining("has features of specification newer; model raw was fitted on spec");
  }

  @Test
  public void givenModelFile_whenItIsAskedForTwice_thenItIsReadOnce() throws Exception {
    pipeline.enableAbandonedNodeEnforcement(false);
    ModelCheckpoint checkpoint = write("vae", fit("vae"));
    assertThat(LoadedModels.get(checkpoint)).isSameAs(LoadedModels.get(checkpoint));
  }
}
