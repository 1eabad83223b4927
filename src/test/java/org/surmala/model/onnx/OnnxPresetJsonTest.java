package org.surmala.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sidecar may say. */
final class OnnxPresetJsonTest {
  private static final String MEL =
      "\"input\": \"mel\", \"sample_rate\": 8000, \"fft_size\": 64, \"hop_length\": 64,"
          + " \"mels\": 4, \"log\": \"none\", \"patch_length\": 2";

  @Test
  void everyPresetIsValidAndHasASpecificationOfItsOwn() {
    assertThat(OnnxPreset.NAMES.stream().map(n -> OnnxFixtures.preset(n).canonical()))
        .doesNotHaveDuplicates()
        .hasSize(6);
  }

  @Test
  void theNameIsNoPartOfTheSpecification() {
    assertThat(OnnxPresetJson.read("a", "{" + MEL + "}").canonical())
        .isEqualTo(OnnxPresetJson.read("b", "{" + MEL + ", \"patch_hop\": 2}").canonical())
        .isNotEqualTo(OnnxPresetJson.read("a", "{" + MEL + ", \"patch_hop\": 1}").canonical());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"fft_size\": 100|fft_size must be a power of two from 64 to 16384, and is 100",
        "\"hops\": 3|there is no key hops",
        "\"edges\": \"mirror\"|edges must be one of none, reflect, zero, and is \"mirror\"",
        "\"fmax\": 5000|fmax must be at most half the sample rate, 4000.0, and is 5000.0",
        "\"log\": \"ln\"|log_offset must be above 0, or give log_floor",
        "\"layout\": \"nt\"|layout must be axes from n (patches, first), t (time), m (mel bands)",
        "\"output_layout\": \"nt\"|output_layout must be axes from n",
        "\"mels\": \"many\"|mels must be a whole number, and is \"many\"",
        "\"deviation\": 0|deviation must be above 0"
      })
  void aBadKeyIsNamedWithItsRange(String key, String message) {
    String json = "{" + replaced(key) + "}";
    assertThatThrownBy(() -> OnnxPresetJson.read("mine.json", json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("preset mine.json: ")
        .hasMessageContaining(message);
  }

  /** The keys, with one more or another value of one. */
  private static String replaced(String key) {
    String name = key.substring(0, key.indexOf(':') + 1);
    StringBuilder all = new StringBuilder(key);
    for (String other : MEL.split(", ", -1)) {
      if (!other.startsWith(name)) {
        all.append(", ").append(other);
      }
    }
    return all.toString();
  }

  @Test
  void whatIsMissingOrNoJsonIsSaid() {
    assertThatThrownBy(() -> OnnxPresetJson.read("mine.json", "{\"input\": \"wave\"}"))
        .hasMessage("preset mine.json: sample_rate is missing; give a whole number");
    assertThatThrownBy(() -> OnnxPresetJson.read("mine.json", "input: wave"))
        .hasMessageContaining("not JSON");
    assertThatThrownBy(() -> OnnxPresetJson.read("mine.json", "[]"))
        .hasMessageContaining("no JSON object");
    assertThatThrownBy(() -> OnnxPresetJson.read("mine.json", "{\"mels\": 1, \"mels\": 2}"))
        .hasMessageContaining("Duplicate field 'mels'");
    assertThatThrownBy(
            () ->
                OnnxPresetJson.read(
                    "mine.json",
                    "{\"input\": \"wave\", \"sample_rate\": 8000, \"patch_length\": 9,"
                        + " \"mels\": 2}"))
        .hasMessageContaining("there is no key mels of a preset whose input is wave");
  }
}
