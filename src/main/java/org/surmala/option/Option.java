package org.surmala.option;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An option of a pipeline or of a model: key, range, default and parser.
 *
 * @param key dotted path in the pipeline's YAML file, such as {@code window.seconds}; for a model
 *     its last part, such as {@code latent}
 * @param range allowed values, in words
 * @param doc help text
 * @param standard default value, as text
 * @param parse from text to value; throws {@link IllegalArgumentException} when out of range
 */
public record Option<T>(
    String key, String range, String doc, String standard, Function<String, T> parse) {
  /**
   * Parses a value.
   *
   * @throws IllegalArgumentException if it is not allowed; the message names key, value and range
   */
  public T value(String text) {
    try {
      return parse.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is not allowed; give %s%s"
              .formatted(key, text, range, standard.isEmpty() ? "" : ", such as " + standard),
          e);
    }
  }

  /** The same option under another key. */
  public Option<T> withKey(String other) {
    return new Option<>(other, range, doc, standard, parse);
  }

  /** An option that validates its text and keeps it as text. */
  public Option<String> asText() {
    return new Option<>(
        key,
        range,
        doc,
        standard,
        text -> {
          Objects.requireNonNull(parse.apply(text));
          return text;
        });
  }

  public static Option<Double> real(
      String key, double low, double high, String standard, String doc) {
    return new Option<>(
        key,
        "a number from " + plain(low) + " to " + plain(high),
        doc,
        standard,
        text -> {
          double value = Double.parseDouble(text);
          // This form also refuses NaN.
          if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        });
  }

  public static Option<Integer> integer(
      String key, int low, int high, String standard, String doc) {
    return new Option<>(
        key,
        "a whole number from " + low + " to " + high,
        doc,
        standard,
        text -> inRange(Integer.parseInt(text), low, high));
  }

  public static Option<Long> seed(String key, String standard, String doc) {
    return new Option<>(key, "a whole number", doc, standard, Long::parseLong);
  }

  public static Option<Boolean> bool(String key, String standard, String doc) {
    return new Option<>(
        key,
        "true or false",
        doc,
        standard,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("neither");
            });
  }

  public static Option<String> oneOf(
      String key, List<String> allowed, String standard, String doc) {
    return new Option<>(
        key, "one of " + String.join(", ", allowed), doc, standard, text -> member(text, allowed));
  }

  /** One of an enumeration's constants, in lower case. */
  public static <E extends Enum<E>> Option<E> choice(String key, E standard, String doc) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : standard.getDeclaringClass().getEnumConstants()) {
      constants.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return new Option<>(
        key,
        "one of " + String.join(", ", constants.keySet()),
        doc,
        standard.name().toLowerCase(Locale.ROOT),
        text -> {
          E constant = constants.get(text);
          if (constant == null) {
            throw new IllegalArgumentException("unknown");
          }
          return constant;
        });
  }

  /** The name of a column of metadata.csv. */
  public static Option<String> column(String key, String standard, String doc) {
    return new Option<>(
        key,
        "the name of a column, without ; , = or quotes",
        doc,
        standard,
        text -> {
          if (!text.matches("[^;,=\"'\\p{Cntrl}]+")) {
            throw new IllegalArgumentException("no name of a column");
          }
          return text;
        });
  }

  /** Names with non-negative numbers, such as {@code timbre=1,harmony=0.5}; none if empty. */
  public static Option<Map<String, Double>> weights(String key, String doc) {
    return new Option<>(
        key,
        "name=weight pairs separated by commas, weights from 0 to 1e6",
        doc,
        "",
        text -> {
          Map<String, Double> values = new TreeMap<>();
          for (String item : text.isEmpty() ? List.<String>of() : items(text)) {
            String[] parts = item.split("=", 2);
            double value = Double.parseDouble(parts[parts.length - 1]);
            if (parts.length < 2 || parts[0].isBlank() || !(value >= 0 && value <= 1e6)) {
              throw new IllegalArgumentException("no name with a weight");
            }
            values.put(parts[0].strip(), value);
          }
          return Collections.unmodifiableMap(values);
        });
  }

  public static Option<List<String>> someOf(
      String key, List<String> allowed, String standard, String doc) {
    return new Option<>(
        key,
        "one or more of " + String.join(", ", allowed),
        doc,
        standard,
        text -> {
          List<String> members = items(text).stream().map(i -> member(i, allowed)).toList();
          if (members.stream().distinct().count() != members.size()) {
            throw new IllegalArgumentException("repeated");
          }
          return members;
        });
  }

  /** Any text, such as a path; empty by default. */
  public static Option<String> text(String key, String range, String doc) {
    return new Option<>(key, range, doc, "", text -> text);
  }

  public static Option<List<String>> words(String key, String range, String standard, String doc) {
    return new Option<>(key, range, doc, standard, text -> items(text.toLowerCase(Locale.ROOT)));
  }

  public static Option<List<Integer>> integers(
      String key, int low, int high, String standard, String doc) {
    return new Option<>(
        key,
        "whole numbers from " + low + " to " + high + ", separated by commas",
        doc,
        standard,
        text ->
            text.isEmpty()
                ? List.of()
                : items(text).stream()
                    .map(item -> inRange(Integer.parseInt(item), low, high))
                    .toList());
  }

  public static Option<IntRange> range(String key, int low, int high, String standard, String doc) {
    return new Option<>(
        key,
        "a whole number or a range from " + low + " to " + high,
        doc,
        standard,
        text -> {
          String[] ends = text.split("\\.\\.", -1);
          if (ends.length > 2) {
            throw new IllegalArgumentException("more than two limits");
          }
          int first = inRange(Integer.parseInt(ends[0].strip()), low, high);
          int last = inRange(Integer.parseInt(ends[ends.length - 1].strip()), low, high);
          if (first > last) {
            throw new IllegalArgumentException("the upper limit is below the lower");
          }
          return new IntRange(first, last);
        });
  }

  /** Whole numbers from first to last, both included. */
  public record IntRange(int first, int last) {}

  private static int inRange(int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private static String member(String text, List<String> allowed) {
    if (!allowed.contains(text)) {
      throw new IllegalArgumentException("unknown");
    }
    return text;
  }

  private static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    for (String item : Arrays.asList(text.split(",", -1))) {
      if (item.isBlank()) {
        throw new IllegalArgumentException("empty item");
      }
      items.add(item.strip());
    }
    return items;
  }

  /** A number as short text, without a zero fraction. */
  public static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
