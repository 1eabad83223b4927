package org.surmala.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.Model;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.Provenance;

final class CheckpointFileTest {
  private static Model model(List<String> options) {
    Map<String, String> values = new LinkedHashMap<>();
    options.forEach(option -> values.put(option, "1"));
    return Model.newBuilder()
        .setName("vae")
        .setKind("vae")
        .setInputDimensions(2)
        .setLatentDimensions(1)
        .setTensors(List.of())
        .setProvenance(
            Provenance.newBuilder()
                .setDataHash("0")
                .setSongs(10)
                .setFeatureSpec("1")
                .setSeed(1)
                .setOptions(values)
                .setLibraries(Map.of())
                .build())
        .setHistory(List.of())
        .setKlPerDimension(List.of())
        .setActiveDimensions(1)
        .build();
  }

  @Test
  void givenAModelThatWasRead_whenWrittenAgain_thenItsVersionIsTheSame(@TempDir Path folder)
      throws IOException {
    String path = PathText.folder(folder);
    // The hash order of these keys, which a read map has, is not the alphabetical one.
    Model model = model(List.of("activation", "batch", "beta", "clip", "cycles", "weight_decay"));
    ModelCheckpoint written = CheckpointFile.write(path, model);

    assertThat(CheckpointFile.write(path, CheckpointFile.read(written))).isEqualTo(written);
  }

  @Test
  void givenOptionsInAnotherOrder_whenWritten_thenTheVersionIsTheSame(@TempDir Path folder)
      throws IOException {
    String path = PathText.folder(folder);

    assertThat(CheckpointFile.write(path, model(List.of("beta", "activation"))))
        .isEqualTo(CheckpointFile.write(path, model(List.of("activation", "beta"))));
  }
}
