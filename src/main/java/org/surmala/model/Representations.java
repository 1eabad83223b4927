package org.surmala.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.surmala.model.conv.ConvRepresentation;
import org.surmala.model.dense.DenseRepresentation;
import org.surmala.model.linear.PcaRepresentation;
import org.surmala.model.linear.RawRepresentation;
import org.surmala.model.linear.SongLdaRepresentation;
import org.surmala.model.text.LyricsRepresentation;
import org.surmala.model.text.MultimodalRepresentation;
import org.surmala.model.text.ScriptRepresentation;
import org.surmala.option.Option;
import org.surmala.schema.Model;

/** The kinds of representation, by name. */
public final class Representations {
  private Representations() {}

  /** Names of the kinds. */
  public static List<String> kinds() {
    return List.of(
        "raw",
        "pca",
        "onnx",
        "song_lda",
        "ae",
        "vae",
        "sigma_vae",
        "neighbour_vae",
        "vade",
        "cvae",
        "conv_vae",
        "audio_lyrics",
        "lyrics",
        "script");
  }

  /**
   * The kinds, followed by their baselines: a model of lyrics is compared with lyrics alone and
   * with their script alone.
   */
  public static List<String> withCompanions(List<String> kinds) {
    LinkedHashSet<String> all = new LinkedHashSet<>(kinds);
    if (all.contains("audio_lyrics")) {
      all.add("lyrics");
    }
    if (all.contains("lyrics")) {
      all.add("script");
    }
    return List.copyOf(all);
  }

  /**
   * A representation with the given options and defaults for the others.
   *
   * @param options values by their names in the pipeline's YAML
   * @throws IllegalArgumentException if the kind or an option is unknown, or a value is out of
   *     range; the message names the option, the range and the value
   */
  public static Representation of(String kind, Map<String, String> options) {
    return loadable(kind, options);
  }

  /**
   * Loads the model that {@link FittedModel#toModel} saved.
   *
   * @throws IllegalArgumentException if its kind is unknown or a tensor is missing
   */
  public static FittedModel load(Model model) {
    return loadable(model.getKind(), model.getProvenance().getOptions()).load(model);
  }

  /**
   * The options of a kind, in the order of processing.
   *
   * @throws IllegalArgumentException if the kind is unknown
   */
  public static List<Option<?>> options(String kind) {
    OptionReader reader = new OptionReader(kind, Map.of());
    read(kind, reader);
    return reader.options();
  }

  private static LoadableRepresentation loadable(String kind, Map<String, String> options) {
    OptionReader reader = new OptionReader(kind, options);
    LoadableRepresentation representation = read(kind, reader);
    reader.end();
    return representation;
  }

  private static LoadableRepresentation read(String kind, OptionReader reader) {
    return switch (kind) {
      case "raw" -> RawRepresentation.raw(reader);
      case "onnx" -> RawRepresentation.onnx(reader);
      case "pca" -> new PcaRepresentation(reader);
      case "song_lda" -> new SongLdaRepresentation(reader);
      case "ae", "vae", "sigma_vae", "neighbour_vae", "vade", "cvae" ->
          new DenseRepresentation(kind, reader);
      case "conv_vae" -> new ConvRepresentation(reader);
      case "audio_lyrics" -> new MultimodalRepresentation(reader);
      case "lyrics" -> new LyricsRepresentation(reader);
      case "script" -> new ScriptRepresentation(reader);
      default ->
          throw new IllegalArgumentException(
              "there is no model kind '" + kind + "'; give one of " + String.join(", ", kinds()));
    };
  }

  public static void requireRows(TrainingRows table) {
    if (table.songs() < Representation.MINIMUM_ROWS) {
      throw new IllegalArgumentException(
          "a model needs at least %s songs to be fitted on; there are %s"
              .formatted(Representation.MINIMUM_ROWS, table.songs()));
    }
  }
}
