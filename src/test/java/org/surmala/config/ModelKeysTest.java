package org.surmala.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surmala.evaluate.FigureCaveat;
import org.surmala.model.InputSpec;

final class ModelKeysTest {
  private static Settings settings(Map<String, String> changes) {
    Settings settings = new Settings();
    changes.forEach(settings::set);
    return settings;
  }

  @Test
  void givenConvolutionsWithoutPatches_whenChecked_thenTheOptionThatMakesThemIsNamed() {
    assertThatThrownBy(
            () -> ModelKeys.requireIntakes(List.of("raw", "conv_vae"), settings(Map.of()), false))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the model conv_vae needs log-mel patches, which are not stored; give --set"
                + " features.patches=true");
  }

  @Test
  void givenPatchesLongerThanTheShortestSong_whenChecked_thenBothOptionsAreNamed() {
    Settings settings =
        settings(Map.of("features.patches", "true", "features.window_seconds", "12"));
    assertThatThrownBy(() -> ModelKeys.requireIntakes(List.of("conv_vae"), settings, false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("window.min_seconds is 10.0")
        .hasMessageContaining("lower features.window_seconds");
    assertThatCode(
            () ->
                ModelKeys.requireIntakes(
                    List.of("conv_vae"), settings(Map.of("features.patches", "true")), false))
        .doesNotThrowAnyException();
  }

  @Test
  void givenATableOfFeatures_whenChecked_thenModelsOfPatchesAndLyricsAreRefused() {
    Settings settings = settings(Map.of("features.patches", "true"));
    assertThatThrownBy(() -> ModelKeys.requireIntakes(List.of("conv_vae"), settings, true))
        .hasMessage(
            "the model conv_vae needs log-mel patches, and a feature table has none; use --songs");
    assertThatThrownBy(() -> ModelKeys.requireIntakes(List.of("script"), settings, true))
        .hasMessage("the model script reads lyrics, and a feature table has none; use --songs");
  }

  @Test
  void givenNoOnnxModel_whenChecked_thenModelsOfItsEmbeddingAreRefused() {
    assertThatThrownBy(
            () -> ModelKeys.requireIntakes(List.of("raw", "onnx"), settings(Map.of()), false))
        .hasMessage(
            "the model onnx takes the embedding of an ONNX model, and there is none; use --set"
                + " onnx.model=PATH --set onnx.preset=NAME");
    Settings settings = settings(Map.of("neighbour_vae.input", "both", "onnx.model", "x.onnx"));
    assertThatThrownBy(() -> ModelKeys.requireIntakes(List.of("neighbour_vae"), settings, true))
        .hasMessageContaining("a feature table has none; use --songs");
    assertThatCode(() -> ModelKeys.requireIntakes(List.of("neighbour_vae"), settings, false))
        .doesNotThrowAnyException();
  }

  /** What happens to features is said once for all, what is taken of them for each kind. */
  @Test
  void givenThePartOfOneKind_whenOthersAreRead_thenTheirsIsTheirOwn() {
    Settings settings = settings(Map.of("pca.input", "embedding"));
    assertThat(ModelKeys.inputSpec("pca", settings).part()).isEqualTo(InputSpec.Part.EMBEDDING);
    assertThat(ModelKeys.inputSpec("raw", settings).part()).isEqualTo(InputSpec.Part.AUTO);
    assertThat(ModelKeys.inputSpec("onnx", settings).part()).isEqualTo(InputSpec.Part.EMBEDDING);
  }

  @Test
  void givenAModelWithoutAPresetOrAPresetWithoutAModel_whenRead_thenTheOtherIsAskedFor() {
    assertThatThrownBy(() -> AudioOptions.of(settings(Map.of("onnx.model", "a.onnx"))))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("onnx.model is 'a.onnx', but what it expects is not said; give")
        .hasMessageContaining("yamnet, vggish");
    assertThatThrownBy(() -> AudioOptions.of(settings(Map.of("onnx.preset", "clap"))))
        .hasMessage("onnx.preset is 'clap', but there is no model; give onnx.model=PATH");
  }

  @Test
  void givenKinds_whenMarked_thenThoseThatReadLyricsAre() {
    assertThat(ModelKeys.marks(List.of("raw", "vae", "audio_lyrics", "script"), settings(Map.of())))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("audio_lyrics", FigureCaveat.script(), "script", FigureCaveat.script()));
  }

  @Test
  void givenAKindWithoutPreprocessing_whenItsOptionsAreRead_thenItHasItsOwnOnly() {
    assertThat(ModelKeys.options("script", settings(Map.of()))).isEmpty();
    assertThat(ModelKeys.options("lyrics", settings(Map.of())))
        .containsOnlyKeys("buckets", "latent");
    assertThat(ModelKeys.options("audio_lyrics", settings(Map.of("preprocess.clip", "3"))))
        .containsEntry("clip", "3");
  }
}
