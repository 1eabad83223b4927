package org.surmala.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.surmala.nn.OptionHelp;
import org.surmala.nn.Representations;

/**
 * The options of the models as settings. Each kind of representation says itself what options it
 * has; what happens to the features first is the same for all, so that they differ in the model
 * alone.
 */
final class ModelKeys {
  private static final String PREPROCESS_SECTION = "preprocess";

  /** Options that every kind of representation has, and that are set once for all. */
  static final List<Setting<String>> PREPROCESS =
      Representations.help("raw").stream()
          .map(option -> setting(PREPROCESS_SECTION, "raw", option))
          .toList();

  private ModelKeys() {}

  /** The options of each kind besides the common ones, by kind. */
  static Map<String, List<Setting<String>>> all() {
    List<String> common = Representations.help("raw").stream().map(OptionHelp::name).toList();
    Map<String, List<Setting<String>>> all = new LinkedHashMap<>();
    for (String kind : Representations.kinds()) {
      List<Setting<String>> own = new ArrayList<>();
      for (OptionHelp option : Representations.help(kind)) {
        if (!common.contains(option.name())) {
          own.add(setting(kind, kind, option));
        }
      }
      all.put(kind, List.copyOf(own));
    }
    return all;
  }

  private static Setting<String> setting(String section, String kind, OptionHelp option) {
    return new Setting<>(
        section + "." + option.name(),
        option.range(),
        option.doc(),
        option.standard(),
        text -> {
          // Refuses what is out of range.
          Representations.of(kind, Map.of(option.name(), text));
          return text;
        });
  }

  /** The options of one kind as its representation takes them. */
  static Map<String, String> options(String kind, Settings settings) {
    Map<String, String> options = new TreeMap<>();
    for (Setting<String> setting : PREPROCESS) {
      options.put(name(setting), settings.get(setting));
    }
    for (Setting<String> setting : Keys.OF_MODEL.getOrDefault(kind, List.of())) {
      options.put(name(setting), settings.get(setting));
    }
    return options;
  }

  private static String name(Setting<String> setting) {
    return setting.key().substring(setting.key().indexOf('.') + 1);
  }
}
