package org.surmala.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a model's options by their YAML names. Each read names the allowed range; what is outside
 * it, and what no read has asked for, is refused with the option's name, the range and the value.
 */
public final class OptionReader {
  private final String kind;
  private final Map<String, String> given;
  private final Map<String, String> read = new TreeMap<>();
  private final List<OptionHelp> help = new ArrayList<>();

  public OptionReader(String kind, Map<String, String> given) {
    this.kind = kind;
    this.given = given;
  }

  /** A whole number from {@code least} to {@code most}. */
  public int integer(String name, int standard, int least, int most) {
    String range = "a whole number from " + least + " to " + most;
    String text = text(name, Integer.toString(standard), range);
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refusal(name, text, range, e);
    }
    throw refusal(name, text, range, null);
  }

  /** A number from {@code least} to {@code most}. */
  public double number(String name, double standard, double least, double most) {
    String range = "a number from " + plain(least) + " to " + plain(most);
    String text = text(name, plain(standard), range);
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw refusal(name, text, range, e);
    }
    throw refusal(name, text, range, null);
  }

  /** true or false. */
  public boolean flag(String name, boolean standard) {
    String range = "true or false";
    String text = text(name, Boolean.toString(standard), range);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refusal(name, text, range, null);
    };
  }

  /** One of the constants, in lower case. */
  public <T extends Enum<T>> T choice(String name, T standard) {
    T[] constants = standard.getDeclaringClass().getEnumConstants();
    String range =
        "one of "
            + Arrays.stream(constants)
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    String text = text(name, standard.name().toLowerCase(Locale.ROOT), range);
    for (T constant : constants) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw refusal(name, text, range, null);
  }

  /** The name of a column of metadata.csv. */
  public String column(String name, String standard) {
    String range = "the name of a column, without ; , = or quotes";
    String text = text(name, standard, range);
    if (text.isEmpty() || !text.matches("[^;,=\"'\\p{Cntrl}]+")) {
      throw refusal(name, text, range, null);
    }
    return text;
  }

  /** Whole numbers joined by commas, each from {@code least} to {@code most}; none when empty. */
  public List<Integer> integers(String name, List<Integer> standard, int least, int most) {
    String range = "whole numbers from " + least + " to " + most + ", separated by commas";
    String text =
        text(name, String.join(",", standard.stream().map(String::valueOf).toList()), range);
    List<Integer> values = new ArrayList<>();
    for (String part : items(text)) {
      try {
        int value = Integer.parseInt(part);
        if (value < least || value > most) {
          throw refusal(name, text, range, null);
        }
        values.add(value);
      } catch (NumberFormatException e) {
        throw refusal(name, text, range, e);
      }
    }
    return Collections.unmodifiableList(values);
  }

  /** Names with a number from 0 up each, as {@code timbre=1,harmony=0.5}; none when empty. */
  Map<String, Double> weights(String name) {
    String range = "name=weight pairs separated by commas, weights from 0 to 1e6";
    String text = text(name, "", range);
    Map<String, Double> values = new TreeMap<>();
    for (String part : items(text)) {
      int equals = part.indexOf('=');
      double value = Double.NaN;
      if (equals > 0) {
        try {
          value = Double.parseDouble(part.substring(equals + 1).strip());
        } catch (NumberFormatException e) {
          throw refusal(name, text, range, e);
        }
      }
      if (!(value >= 0 && value <= 1e6)) {
        throw refusal(name, text, range, null);
      }
      values.put(part.substring(0, equals).strip(), value);
    }
    return Collections.unmodifiableMap(values);
  }

  /** Everything that was read, with its value. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(new TreeMap<>(read));
  }

  /** What was read, in the order of reading. */
  List<OptionHelp> help() {
    return List.copyOf(help);
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
  public IllegalArgumentException refusal(String name, String value, String range) {
    return refusal(name, value, range, null);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private String text(String name, String standard, String range) {
    help.add(OptionHelp.of(name, standard, range));
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
