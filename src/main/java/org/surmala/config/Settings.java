package org.surmala.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.surmala.featurize.FeatureDimension;
import org.surmala.option.Option;

/**
 * The options of a pipeline as text, by key: defaults, overridden by a YAML file, overridden by the
 * command line. Each value is checked when it is set.
 */
public final class Settings implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final YAMLMapper STRICT =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Former names of keys, in manifests and YAML files of earlier versions. */
  private static final Map<String, String> FORMER_KEYS =
      Map.of("watch.look_seconds", "watch.poll_seconds");

  /** Two keys are similar if at most a third of their letters differ. */
  private static final int LETTERS_PER_EDIT = 3;

  private final Map<String, String> values = new TreeMap<>();

  /** All options at their defaults. */
  public Settings() {
    for (Option<?> setting : Keys.ALL) {
      values.put(setting.key(), setting.standard());
    }
  }

  /** One line of help for an option. */
  public record Help(String key, String standard, String doc, String range) {}

  /** Every option, in the order of the stages. */
  public static List<Help> help() {
    List<Help> lines = new ArrayList<>();
    for (Option<?> s : Keys.ALL) {
      lines.add(new Help(s.key(), s.standard(), s.doc(), s.range()));
    }
    return lines;
  }

  /**
   * Sets one option.
   *
   * @param typed its key, or a former name
   * @throws UsageException if the key is unknown, or the value is not allowed
   */
  public void set(String typed, String value) {
    String key = FORMER_KEYS.getOrDefault(typed, typed);
    value(find(key), value);
    values.put(key, value.strip());
  }

  /**
   * Sets the options of a YAML file. Nested keys are dotted keys of the options; a list is joined
   * by commas.
   *
   * @throws UsageException if it cannot be read, is not YAML, or has an unknown key or invalid
   *     value
   */
  public void setAll(Path yaml) {
    JsonNode root;
    try (var reader = Files.newBufferedReader(yaml)) {
      root = STRICT.readTree(reader);
    } catch (JsonProcessingException malformed) {
      throw new UsageException(
          "--pipeline "
              + yaml
              + ": not YAML at line "
              + (malformed.getLocation() == null ? "?" : malformed.getLocation().getLineNr())
              + ": "
              + malformed.getOriginalMessage().lines().findFirst().orElse(""),
          malformed);
    } catch (IOException unreadable) {
      throw new UsageException(
          "--pipeline " + yaml + ": cannot be read; give a YAML file such as those in pipelines/",
          unreadable);
    }
    if (root == null || root.isMissingNode() || root.isNull()) {
      return;
    }
    Map<String, String> flat = new LinkedHashMap<>();
    try {
      flatten("", root, flat);
      flat.forEach(this::set);
    } catch (UsageException e) {
      throw new UsageException("--pipeline " + yaml + ": " + e.getMessage(), e);
    }
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(
              field ->
                  flatten(
                      prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                      field.getValue(),
                      into));
    } else if (prefix.isEmpty()) {
      throw new UsageException("expected keys such as 'window:', found '" + node.asText() + "'");
    } else if (node.isArray()) {
      List<String> items = new ArrayList<>();
      for (JsonNode item : node) {
        if (item.isContainerNode()) {
          throw new UsageException(prefix + ": a list of plain values is expected");
        }
        items.add(item.asText());
      }
      putOnce(prefix, String.join(",", items), into);
    } else {
      putOnce(prefix, node.asText(), into);
    }
  }

  private static void putOnce(String key, String value, Map<String, String> into) {
    String before = into.putIfAbsent(key, value);
    if (before != null) {
      throw new UsageException(
          key + " occurs twice, as '" + before + "' and as '" + value + "'; remove one");
    }
  }

  /** The value of an option. */
  public <T> T get(Option<T> setting) {
    String text = values.get(setting.key());
    if (text == null) {
      throw new IllegalArgumentException(setting.key() + " is not a key");
    }
    return value(setting, text);
  }

  /** The dimensions of the song vector with these options. */
  public List<FeatureDimension> dimensions() {
    return AudioOptions.of(this).dimensions();
  }

  /** All options as text, ascending by key. */
  public Map<String, String> asMap() {
    return Map.copyOf(values);
  }

  private static <T> T value(Option<T> option, String text) {
    return UsageException.unlessRefused(() -> option.value(text));
  }

  private static Option<?> find(String key) {
    for (Option<?> setting : Keys.ALL) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    throw unknown(key);
  }

  /** The error for an unknown key; it names the most similar key, if there is one. */
  public static UsageException unknown(String key) {
    LevenshteinDistance edits = LevenshteinDistance.getDefaultInstance();
    String nearest =
        Keys.ALL.stream()
            .map(Option::key)
            .min(Comparator.comparingInt(k -> edits.apply(k, key)))
            .filter(k -> edits.apply(k, key) * LETTERS_PER_EDIT <= key.length())
            .map(k -> "; did you mean '" + k + "'?")
            .orElse(";");
    return new UsageException(
        "'" + key + "' is not an option" + nearest + " see surmala help keys");
  }
}
