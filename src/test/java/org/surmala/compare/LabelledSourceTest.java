package org.surmala.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.Settings;
import org.surmala.read.FeatureTableOptions;

final class LabelledSourceTest {
  /** Several clips come from one song, whose number is no feature. */
  @Test
  void givenAColumnOfGroups_whenRead_thenItsRowsBelongTogetherAndItIsNoFeature(@TempDir Path folder)
      throws Exception {
    Random random = new Random(1);
    StringBuilder table = new StringBuilder("clip,genre,song,f0,f1,f2,f3,f4,f5\n");
    for (int i = 0; i < 12; i++) {
      table.append("clip%02d,g%d,%d".formatted(i, i % 2, i / 3 * 7));
      for (int f = 0; f < 6; f++) {
        table.append(',').append(random.nextGaussian());
      }
      table.append('\n');
    }
    Path file = Files.writeString(folder.resolve("table.csv"), table);
    FeatureTableOptions options =
        new FeatureTableOptions(file.toString(), "clip", "genre", List.of());

    LabelledSongs songs =
        new LabelledSource(
                options.withGroupColumn("song"), folder + "/", "genre", 1, List.of(), "song")
            .read(new Settings());

    assertThat(songs.names()).containsExactly("f0", "f1", "f2", "f3", "f4", "f5");
    assertThat(songs.copies()).containsExactly(0, 0, 0, 3, 3, 3, 6, 6, 6, 9, 9, 9);
    assertThat(ComparisonKey.of(songs)).isNotEqualTo(ComparisonKey.of(songs.inGroups("")));
  }
}
