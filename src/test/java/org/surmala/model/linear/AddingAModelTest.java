package org.surmala.model.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.surmala.model.FittedModel;
import org.surmala.model.OptionReader;
import org.surmala.model.Planted;
import org.surmala.model.Representation;
import org.surmala.model.TrainingRows;
import org.surmala.schema.Model;
import org.surmala.schema.Provenance;

/** The model of src/docs/adding-a-model.md: that the page shows it, and that it is one. */
final class AddingAModelTest {
  private static final Path PAGE = Path.of("src/docs/adding-a-model.md");
  private static final int COLUMNS = 12;
  private static final TrainingRows TABLE =
      TrainingRows.of(COLUMNS, Planted.clusters(4, 100, 3, COLUMNS, 0.3, 11));

  private static RandomProjectionRepresentation projection(Map<String, String> options) {
    return new RandomProjectionRepresentation(new OptionReader("random_projection", options));
  }

  private static String block(String language) throws IOException {
    String page = Files.readString(PAGE);
    String fence = "```" + language + "\n";
    int start = page.indexOf(fence) + fence.length();
    return page.substring(start, page.indexOf("```", start));
  }

  @Test
  void givenThePage_whenItsClassIsRead_thenItIsTheFile() throws IOException {
    assertThat(block("java"))
        .isEqualTo(
            Files.readString(
                Path.of(
                    "src/test/java/org/surmala/model/linear/RandomProjectionRepresentation.java")));
  }

  @Test
  void givenThePage_whenItsDiffIsRead_thenEveryUnchangedLineIsInTheRegistry() throws IOException {
    List<String> registry =
        Files.readAllLines(Path.of("src/main/java/org/surmala/model/Representations.java"));
    List<String> unchanged =
        block("diff")
            .lines()
            .filter(line -> line.startsWith(" "))
            .map(l -> l.substring(1))
            .toList();
    assertThat(unchanged).hasSizeGreaterThan(2);
    assertThat(registry).containsAll(unchanged);
  }

  @Test
  void givenTheModel_whenFittedAndLoaded_thenPlacesAreTheSame() {
    Representation projection = projection(Map.of("latent", "5"));
    FittedModel fitted = projection.fit(TABLE, Representation.Setting.of(3));
    Model model =
        fitted.toModel(
            "random_projection",
            new Provenance("", 100, "", 3L, new TreeMap<>(projection.options()), Map.of()));
    FittedModel loaded = projection(projection.options()).load(model);
    float[] row = new float[COLUMNS];
    for (int r = 0; r < TABLE.rows(); r++) {
      TABLE.read(r, row, 0);
      assertThat(loaded.embed(row)).hasSize(5).containsExactly(fitted.embed(row));
    }
    assertThat(projection.fit(TABLE, Representation.Setting.of(4)).embed(row))
        .isNotEqualTo(fitted.embed(row));
  }

  /** A rotation: as many directions as columns keep every distance. */
  @Test
  void givenAsManyDirectionsAsColumns_whenProjected_thenLengthsAreKept() {
    FittedModel fitted =
        projection(Map.of("latent", "99")).fit(TABLE, Representation.Setting.of(3));
    assertThat(fitted.latentDimensions()).isEqualTo(COLUMNS);
    float[] row = new float[COLUMNS];
    for (int r = 0; r < TABLE.rows(); r++) {
      TABLE.read(r, row, 0);
      assertThat(length(fitted.embed(row))).isCloseTo(length(fitted.preprocess(row)), within(1e-4));
    }
  }

  private static double length(float[] values) {
    double square = 0;
    for (float value : values) {
      square += value * value;
    }
    return Math.sqrt(square);
  }
}
