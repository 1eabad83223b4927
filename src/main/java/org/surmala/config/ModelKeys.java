package org.surmala.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.surmala.evaluate.FigureCaveat;
import org.surmala.model.InputSpec;
import org.surmala.model.Representations;
import org.surmala.option.Option;

/**
 * The options of the models as settings. Each kind of representation declares its options;
 * preprocessing is the same for all kinds that read features, so that they differ in the model
 * only.
 */
public final class ModelKeys {
  private static final String PREPROCESS_SECTION = "preprocess";

  /** A kind with only the options that are common to all kinds that read features. */
  private static final String PLAIN = "onnx";

  /** Options that are set once for all kinds that read features. */
  static final List<Option<String>> PREPROCESS =
      Representations.options(PLAIN).stream()
          .map(option -> option.asText().withKey(PREPROCESS_SECTION + "." + option.key()))
          .toList();

  private ModelKeys() {}

  /** The options of each kind besides the common ones, by kind. */
  static Map<String, List<Option<String>>> all() {
    List<String> common = PREPROCESS.stream().map(ModelKeys::name).toList();
    Map<String, List<Option<String>>> all = new LinkedHashMap<>();
    for (String kind : Representations.kinds()) {
      List<Option<String>> own = new ArrayList<>();
      for (Option<?> option : Representations.options(kind)) {
        if (!common.contains(option.key())) {
          own.add(option.asText().withKey(kind + "." + option.key()));
        }
      }
      all.put(kind, List.copyOf(own));
    }
    return all;
  }

  /** The options of one kind, for its representation. */
  public static Map<String, String> options(String kind, Settings settings) {
    Map<String, String> options = new TreeMap<>();
    Set<String> own =
        Representations.options(kind).stream().map(Option::key).collect(Collectors.toSet());
    for (Option<String> setting : PREPROCESS) {
      if (own.contains(name(setting))) {
        options.put(name(setting), settings.get(setting));
      }
    }
    for (Option<String> setting : Keys.OF_MODEL.getOrDefault(kind, List.of())) {
      options.put(name(setting), settings.get(setting));
    }
    return options;
  }

  /**
   * The input of one kind.
   *
   * @throws UsageException if its options contradict each other
   */
  public static InputSpec inputSpec(String kind, Settings settings) {
    return UsageException.unlessRefused(
        () -> Representations.of(kind, options(kind, settings)).inputSpec());
  }

  /** The distinct columns of conditional kinds. */
  public static List<String> columns(List<String> kinds, Settings settings) {
    return kinds.stream()
        .map(kind -> inputSpec(kind, settings).column())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * Checks that songs have the columns of conditional kinds.
   *
   * @param where source of the songs, for messages
   * @throws UsageException if one is missing; the message names the option
   */
  public static void requireColumns(
      List<String> kinds, Settings settings, Collection<String> columns, String where) {
    for (String kind : kinds) {
      String column = inputSpec(kind, settings).column();
      if (column != null && !columns.contains(column)) {
        throw new UsageException(
            ("%s.condition is '%s', and %s has only the columns %s; name one of them, or"
                    + " give a metadata.csv with the column %s")
                .formatted(kind, column, where, String.join(", ", columns), column));
      }
    }
  }

  /**
   * Checks that songs have the group column.
   *
   * @param group empty for none
   * @param where source of the songs, for messages
   * @throws UsageException if it is missing
   */
  public static void requireGroup(String group, Collection<String> columns, String where) {
    if (!group.isEmpty() && !columns.contains(group)) {
      throw new UsageException(
          ("%s is '%s', and %s has only the columns %s; name one of them, or give a"
                  + " metadata.csv with the column %s")
              .formatted(Keys.GROUP.key(), group, where, String.join(", ", columns), group));
    }
  }

  /** The caveats on the kinds' scores, by kind; most kinds have none. */
  public static Map<String, FigureCaveat> marks(List<String> kinds, Settings settings) {
    Map<String, FigureCaveat> marks = new TreeMap<>();
    for (String kind : kinds) {
      InputSpec inputSpec = inputSpec(kind, settings);
      String column = inputSpec.column();
      if (column != null) {
        marks.put(kind, FigureCaveat.conditionedOn(column));
      } else if (inputSpec.hasLyrics()) {
        marks.put(kind, FigureCaveat.script());
      }
    }
    return marks;
  }

  /**
   * Checks that songs have the inputs of the kinds.
   *
   * @param isTable whether the songs come from a feature table
   * @throws UsageException if a kind reads what a table lacks, or patches that are not stored or
   *     may be too short
   */
  public static void requireIntakes(List<String> kinds, Settings settings, boolean isTable) {
    for (String kind : kinds) {
      InputSpec inputSpec = inputSpec(kind, settings);
      if (isTable && inputSpec.hasLyrics()) {
        throw new UsageException(
            "the model " + kind + " reads lyrics, and a feature table has none; use --songs");
      }
      requireEmbedding(kind, inputSpec, settings, isTable);
      if (!inputSpec.hasPatches()) {
        continue;
      }
      if (isTable) {
        throw new UsageException(
            "the model "
                + kind
                + " needs log-mel patches, and a feature table has none; use --songs");
      }
      if (!settings.get(Keys.PATCHES)) {
        throw new UsageException(
            "the model %s needs log-mel patches, which are not stored; give --set %s=true"
                .formatted(kind, Keys.PATCHES.key()));
      }
      if (settings.get(Keys.MIN_SECONDS) < settings.get(Keys.PATCH_SECONDS)) {
        throw new UsageException(
            Keys.MIN_SECONDS.key()
                + " is "
                + settings.get(Keys.MIN_SECONDS)
                + ", but the model "
                + kind
                + " takes patches of "
                + settings.get(Keys.PATCH_SECONDS)
                + " s: increase it to that, or lower "
                + Keys.PATCH_SECONDS.key());
      }
    }
  }

  private static void requireEmbedding(
      String kind, InputSpec inputSpec, Settings settings, boolean isTable) {
    boolean needsOne =
        inputSpec.part() == InputSpec.Part.EMBEDDING || inputSpec.part() == InputSpec.Part.BOTH;
    if (needsOne && isTable) {
      throw new UsageException(
          "the model "
              + kind
              + " takes the embedding of an ONNX model, and a feature table has none; use --songs");
    }
    if (needsOne && settings.get(Keys.ONNX_MODEL).isEmpty()) {
      throw new UsageException(
          ("the model %s takes the embedding of an ONNX model, and there is none; use"
                  + " --set %s=PATH --set %s=NAME")
              .formatted(kind, Keys.ONNX_MODEL.key(), Keys.ONNX_PRESET.key()));
    }
  }

  private static String name(Option<String> setting) {
    return setting.key().substring(setting.key().indexOf('.') + 1);
  }
}
