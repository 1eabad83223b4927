package org.surmala.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a model's options by their YAML names. Each read names the allowed range; what is outside
 * it, and what no read has asked for, is refused with the option's name, the range and the value.
 */
final class OptionReader {
  private final String kind;
  private final Map<String, String> given;
  private final Map<String, String> read = new TreeMap<>();

  OptionReader(String kind, Map<String, String> given) {
    this.kind = kind;
    this.given = given;
  }

  /** A whole number from {@code least} to {@code most}. */
  int integer(String name, int standard, int least, int most) {
    String text = text(name, Integer.toString(standard));
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refusal(name, text, "a whole number from " + least + " to " + most, e);
    }
    throw refusal(name, text, "a whole number from " + least + " to " + most, null);
  }

  /** A number from {@code least} to {@code most}. */
  double number(String name, double standard, double least, double most) {
    String text = text(name, Double.toString(standard));
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refusal(name, text, "a number from " + least + " to " + most, e);
    }
    throw refusal(name, text, "a number from " + least + " to " + most, null);
  }

  /** true or false. */
  boolean flag(String name, boolean standard) {
    String text = text(name, Boolean.toString(standard));
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal(name, text, "true or false", null);
    };
  }

  /** One of the constants, in lower case. */
  <T extends Enum<T>> T choice(String name, T standard) {
    String text = text(name, standard.name().toLowerCase(Locale.ROOT));
    T[] constants = standard.getDeclaringClass().getEnumConstants();
    for (T constant : constants) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    List<String> names =
        Arrays.stream(constants).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    throw refusal(name, text, "one of " + String.join(", ", names), null);
  }

  /** Whole numbers joined by commas, each from {@code least} to {@code most}; none when empty. */
  List<Integer> integers(String name, List<Integer> standard, int least, int most) {
    String text = text(name, String.join(",", standard.stream().map(String::valueOf).toList()));
    List<Integer> values = new ArrayList<>();
    for (String part : items(text)) {
      try {
        int value = Integer.parseInt(part);
        if (value < least || value > most) {
          throw refusal(name, text, "whole numbers from " + least + " to " + most, null);
        }
        values.add(value);
      } catch (NumberFormatException e) {
        throw refusal(name, text, "whole numbers from " + least + " to " + most, e);
      }
    }
    return Collections.unmodifiableList(values);
  }

  /** Names with a number from 0 up each, as {@code timbre=1,harmony=0.5}; none when empty. */
  Map<String, Double> weights(String name) {
    String text = text(name, "");
    Map<String, Double> values = new TreeMap<>();
    for (String part : items(text)) {
      int equals = part.indexOf('=');
      double value = Double.NaN;
      if (equals > 0) {
        try {
          value = Double.parseDouble(part.substring(equals + 1).strip());
        } catch (NumberFormatException e) {
          throw refusal(name, text, "name=weight pairs joined by commas", e);
        }
      }
      if (!(value >= 0 && value <= 1e6)) {
        throw refusal(name, text, "name=weight pairs joined by commas, weights 0 to 1e6", null);
      }
      values.put(part.substring(0, equals).strip(), value);
    }
    return Collections.unmodifiableMap(values);
  }

  /** Everything that was read, with its value. */
  Map<String, String> all() {
    return Collections.unmodifiableMap(new TreeMap<>(read));
  }

  /** Refuses what was given but never read. */
  void end() {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(read.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "a "
              + kind
              + " model has no option '"
              + unknown.iterator().next()
              + "'; its options are "
              + String.join(", ", read.keySet()));
    }
  }

  /** A refusal of a value that is wrong together with others. */
  IllegalArgumentException refusal(String name, String value, String range) {
    return refusal(name, value, range, null);
  }

  private String text(String name, String standard) {
    String text = given.getOrDefault(name, standard).strip();
    read.put(name, text);
    return text;
  }

  private static List<String> items(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    return Arrays.stream(bare.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private IllegalArgumentException refusal(
      String name, String value, String range, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "option '" + name + "' of a " + kind + " model is '" + value + "'; give " + range, cause);
  }
}
