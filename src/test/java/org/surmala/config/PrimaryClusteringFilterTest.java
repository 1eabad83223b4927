package org.surmala.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrimaryClusteringFilterTest {
  @ParameterizedTest
  @CsvSource({
    "'raw,pca,vae,neighbour_vae', neighbour_vae",
    "'raw,pca,vae,ae', vae",
    "'pca,raw', pca",
    "raw, raw"
  })
  void givenNoChoice_whenModelsAreListed_thenItFollowsFromTheList(String models, String primary) {
    assertThat(
            PrimaryClusteringFilter.of(settings(Map.of("models.list", models)), new ArrayList<>()))
        .isEqualTo(new PrimaryClusteringFilter(primary, "kmeans"));
  }

  @ParameterizedTest
  @CsvSource({"'ward,kmeans', kmeans", "'ward,gmm', ward", "'model,ward', ward"})
  void givenNoChoice_whenClusterersAreListed_thenItFollowsFromTheList(
      String clusterers, String primary) {
    assertThat(
            PrimaryClusteringFilter.of(
                    settings(Map.of("cluster.algorithms", clusterers)), new ArrayList<>())
                .clusterer())
        .isEqualTo(primary);
  }

  @Test
  void givenAnotherChoiceThanUsual_whenSeveralWereThere_thenItIsSaid() {
    List<String> notes = new ArrayList<>();
    PrimaryClusteringFilter.of(settings(Map.of("models.list", "raw,vae")), notes);
    assertThat(notes)
        .containsExactly(
            "assignments, map and playlists use vae, for models.list has no neighbour_vae;"
                + " set primary.representation to use another");

    notes.clear();
    PrimaryClusteringFilter.of(settings(Map.of("models.list", "vae")), notes);
    PrimaryClusteringFilter.of(settings(Map.of()), notes);
    assertThat(notes).as("only one, or the usual").isEmpty();
  }

  @Test
  void givenAChoice_whenItIsNotAmongTheModels_thenTheErrorNamesThem() {
    assertThatThrownBy(
            () ->
                PrimaryClusteringFilter.of(
                    settings(Map.of("models.list", "raw,pca", "primary.representation", "vae")),
                    new ArrayList<>()))
        .isInstanceOf(UsageException.class)
        .hasMessage("primary.representation: 'vae' is not among models.list, which is raw,pca");
  }

  private static Settings settings(Map<String, String> changes) {
    Settings settings = new Settings();
    changes.forEach(settings::set);
    return settings;
  }
}
