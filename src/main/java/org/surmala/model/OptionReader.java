package org.surmala.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.surmala.option.Option;

/**
 * Declares a model's options by reading them: each read names an option with its default and range.
 * Values out of range and unknown options are refused.
 */
public final class OptionReader {
  private final String kind;
  private final Map<String, String> given;
  private final Map<String, String> read = new TreeMap<>();
  private final List<Option<?>> options = new ArrayList<>();

  /**
   * @param given values as text, by option name
   */
  public OptionReader(String kind, Map<String, String> given) {
    this.kind = kind;
    this.given = given;
  }

  /** A whole number from {@code least} to {@code most}. */
  public int integer(String name, int standard, int least, int most) {
    return value(
        Option.integer(name, least, most, Integer.toString(standard), OptionDocs.of(name)));
  }

  /** A number from {@code least} to {@code most}. */
  public double number(String name, double standard, double least, double most) {
    return value(Option.real(name, least, most, Option.plain(standard), OptionDocs.of(name)));
  }

  /** true or false. */
  public boolean flag(String name, boolean standard) {
    return value(Option.bool(name, Boolean.toString(standard), OptionDocs.of(name)));
  }

  /** One of the constants, in lower case. */
  public <T extends Enum<T>> T choice(String name, T standard) {
    return value(Option.choice(name, standard, OptionDocs.of(name)));
  }

  /** The name of a column of metadata.csv. */
  public String column(String name, String standard) {
    return value(Option.column(name, standard, OptionDocs.of(name)));
  }

  /** Whole numbers separated by commas, each from {@code least} to {@code most}; none if empty. */
  public List<Integer> integers(String name, List<Integer> standard, int least, int most) {
    String text = standard.stream().map(String::valueOf).collect(Collectors.joining(","));
    return value(Option.integers(name, least, most, text, OptionDocs.of(name)));
  }

  /** Names with non-negative numbers, such as {@code timbre=1,harmony=0.5}; none if empty. */
  Map<String, Double> weights(String name) {
    return value(Option.weights(name, OptionDocs.of(name)));
  }

  /** The values of all options that were read. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(new TreeMap<>(read));
  }

  /** The options that were read, in the order of reading. */
  List<Option<?>> options() {
    return List.copyOf(options);
  }

  /** Refuses options that were given but never read. */
  void end() {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(read.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "a %s model has no option '%s'; its options are %s"
              .formatted(kind, unknown.iterator().next(), String.join(", ", read.keySet())));
    }
  }

  /** The exception for a value that conflicts with other options. */
  public IllegalArgumentException refusal(String name, String value, String range) {
    return new IllegalArgumentException(
        kind + "." + name + ": '" + value + "' is not allowed; give " + range);
  }

  private <T> T value(Option<T> option) {
    String name = option.key();
    String text = given.getOrDefault(name, option.standard()).strip();
    options.add(option);
    read.put(name, text);
    return option.withKey(kind + "." + name).value(text);
  }
}
