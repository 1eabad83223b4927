package org.surmala.featurize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.surmala.schema.SegmentFeatures;

final class FeatureOptionsTest {
  private static FeatureOptions with(int fftSize, int hop, int mels, int mfccs) {
    return new FeatureOptions(
        List.of("mfcc"),
        List.of("mean"),
        FeatureScale.LINEAR,
        fftSize,
        hop,
        mels,
        mfccs,
        false,
        false,
        3,
        1.5);
  }

  @Test
  void eachDimensionHasItsOwnNameAGroupAUnitAndADoc() {
    List<FeatureDimension> dimensions =
        FeatureOptionsWith.features(FeatureOptions.defaults(), FeatureOptions.NAMES).dimensions();
    assertThat(dimensions).extracting(FeatureDimension::name).doesNotHaveDuplicates();
    assertThat(dimensions)
        .allSatisfy(
            dimension -> {
              assertThat(dimension.name()).matches("[a-z0-9_]+");
              assertThat(dimension.unit()).isNotBlank();
              assertThat(dimension.doc()).isNotBlank();
            });
    // The embedding of a model comes beside the features, not among them.
    Set<FeatureGroup> own = EnumSet.complementOf(EnumSet.of(FeatureGroup.EMBEDDING));
    assertThat(dimensions)
        .extracting(FeatureDimension::group)
        .containsAll(own)
        .doesNotContain(FeatureGroup.EMBEDDING);
  }

  @Test
  void theDefaultVectorLeavesTheLogMelBandsToTheirPatches() {
    List<FeatureDimension> dimensions = FeatureOptions.defaults().dimensions();
    // 20 + 12 + 4 + 7 + 1 + 1 + 1 + 6 values in a frame, five statistics of each; 2 + 1 + 1 + 16.
    assertThat(dimensions).hasSize(52 * 3 + 20);
    assertThat(dimensions)
        .extracting(FeatureDimension::name)
        .noneMatch(name -> name.startsWith("log_mel") || name.startsWith("melody"));
  }

  @Test
  void theSchemaDocumentsEachDimensionByFeatureGroupAndUnit() {
    // The first row whose feature fits a name is the one that describes it.
    List<String[]> rows =
        SegmentFeatures.getClassSchema()
            .getDoc()
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("|"))
            .map(line -> line.substring(1).strip().split(" *\\| *"))
            .toList();
    FeatureOptions all =
        FeatureOptionsWith.features(FeatureOptions.defaults(), FeatureOptions.NAMES);
    for (FeatureDimension dimension :
        FeatureOptionsWith.statistics(all, List.of("mean")).dimensions()) {
      String feature = dimension.name().replaceFirst("_mean$", "");
      String[] row =
          rows.stream()
              .filter(
                  cells ->
                      feature.matches(
                          cells[0].replace("N", "[0-9]").replaceAll("PITCH|AXIS", "[a-z_]+")))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no row for " + feature));
      assertThat(List.of(row[1], row[2]))
          .as(feature)
          .containsExactly(dimension.group().label(), dimension.unit());
    }
    for (String statistic : FeatureOptions.STATISTICS) {
      assertThat(SegmentFeatures.getClassSchema().getDoc())
          .containsPattern("\\b" + statistic + "\\b \\(|\\b" + statistic + " and ");
    }
  }

  @Test
  void namesAreStable() {
    Map<String, FeatureDimension> byName =
        FeatureOptionsWith.statistics(
                FeatureOptionsWith.features(FeatureOptions.defaults(), FeatureOptions.NAMES),
                FeatureOptions.STATISTICS)
            .dimensions()
            .stream()
            .collect(Collectors.toMap(FeatureDimension::name, Function.identity()));
    assertThat(byName)
        .containsKeys(
            "mfcc_03_mean",
            "mfcc_19_delta_std",
            "log_mel_000_mean",
            "log_mel_127_std",
            "chroma_c_sharp_skew",
            "spectral_contrast_6_mean",
            "tonnetz_fifth_sin_mean",
            "rms_mean",
            "onset_strength_delta_mean",
            "tempo",
            "tempo_strength",
            "onset_rate",
            "beat_regularity",
            "key_profile_07",
            "key_tonic_cos",
            "key_mode");
    assertThat(named(byName, "mfcc_03_mean").group()).isEqualTo(FeatureGroup.TIMBRE);
    assertThat(named(byName, "mfcc_00_mean").group()).isEqualTo(FeatureGroup.LEVEL);
    assertThat(named(byName, "spectral_centroid_mean").unit()).isEqualTo("octaves from 1 kHz");
    assertThat(named(byName, "spectral_centroid_skew").unit()).isEqualTo("1");
    assertThat(named(byName, "mfcc_03_delta_mean").unit()).isEqualTo("dB/frame");
  }

  private static FeatureDimension named(Map<String, FeatureDimension> byName, String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  @Test
  void theVectorHasOneOrder() {
    FeatureOptions options =
        FeatureOptionsWith.statistics(
            FeatureOptionsWith.features(FeatureOptions.defaults(), List.of("tempo", "rms", "mfcc")),
            List.of("std", "mean"));
    FeatureOptions turned =
        FeatureOptionsWith.statistics(
            FeatureOptionsWith.features(FeatureOptions.defaults(), List.of("mfcc", "tempo", "rms")),
            List.of("mean", "std"));
    assertThat(options).isEqualTo(turned);
    assertThat(options.canonical()).isEqualTo(turned.canonical());
    assertThat(options.dimensions())
        .extracting(FeatureDimension::name)
        .startsWith("mfcc_00_mean")
        .containsSubsequence("mfcc_19_std", "rms_mean", "rms_std", "tempo", "tempo_strength")
        .hasSize(20 * 2 + 2 + 2);
  }

  @Test
  void whatChangesTheValuesChangesTheText() {
    FeatureOptions defaults = FeatureOptions.defaults();
    List<String> texts =
        List.of(
            defaults.canonical(),
            FeatureOptionsWith.scale(defaults, FeatureScale.LINEAR).canonical(),
            FeatureOptionsWith.features(defaults, List.of("mfcc")).canonical(),
            FeatureOptionsWith.statistics(defaults, List.of("mean")).canonical(),
            FeatureOptionsWith.windows(defaults, false, false, 3, 3).canonical(),
            FeatureOptionsWith.windows(defaults, true, false, 3, 1).canonical(),
            FeatureOptionsWith.windows(defaults, true, false, 2, 1).canonical(),
            FeatureOptionsWith.windows(defaults, false, true, 3, 3).canonical(),
            with(1024, 512, 128, 20).canonical(),
            with(2048, 256, 128, 20).canonical(),
            with(2048, 512, 64, 20).canonical(),
            with(2048, 512, 128, 40).canonical());
    assertThat(texts).doesNotHaveDuplicates();
    // Without windows their length changes nothing.
    assertThat(FeatureOptionsWith.windows(defaults, false, false, 4, 2).canonical())
        .isEqualTo(FeatureOptionsWith.windows(defaults, false, false, 3, 3).canonical());
  }

  @Test
  void anUnsuitableOptionIsNamedWithItsRange() {
    assertThatThrownBy(() -> with(1000, 512, 128, 20))
        .hasMessageContaining("features.fft_size")
        .hasMessageContaining("256 to 16384")
        .hasMessageContaining("1000");
    assertThatThrownBy(() -> with(2048, 0, 128, 20))
        .hasMessage("features.hop_length must be 1 to 2048, not 0");
    assertThatThrownBy(() -> with(2048, 512, 7, 5))
        .hasMessage("features.mels must be 8 to 512, not 7");
    assertThatThrownBy(() -> with(2048, 512, 32, 40))
        .hasMessage("features.mfccs must be 1 to 32, not 40");
    FeatureOptions defaults = FeatureOptions.defaults();
    assertThatThrownBy(() -> FeatureOptionsWith.features(defaults, List.of("loudness")))
        .hasMessageContaining("features.features has 'loudness'")
        .hasMessageContaining("mfcc, log_mel, chroma");
    assertThatThrownBy(() -> FeatureOptionsWith.features(defaults, List.of()))
        .hasMessageContaining("is empty");
    assertThatThrownBy(() -> FeatureOptionsWith.statistics(defaults, List.of("mean", "mean")))
        .hasMessageContaining("names one twice");
    assertThatThrownBy(() -> FeatureOptionsWith.windows(defaults, true, false, 3, 4))
        .hasMessage("features.window_hop_seconds must be 0.1 to 3, not 4");
    assertThatThrownBy(() -> FeatureOptionsWith.windows(defaults, true, false, Double.NaN, 1))
        .hasMessageContaining("features.window_seconds");
  }
}
