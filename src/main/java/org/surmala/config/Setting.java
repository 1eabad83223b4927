package org.surmala.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * One option of a pipeline: a key of its YAML file and of {@code --set}.
 *
 * @param key dotted path in the YAML file, such as {@code window.seconds}
 * @param range what is allowed, in words
 * @param doc what it does
 * @param standard its value where none is given, as text
 * @param parse from text to value; throws {@link IllegalArgumentException} when out of range
 */
public record Setting<T>(
    String key, String range, String doc, String standard, Function<String, T> parse) {

  /** The value that the text stands for; a {@link UsageException} names key, value and range. */
  T value(String text) {
    try {
      return parse.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          key + ": '" + text + "' is not allowed; give " + range + ", such as " + standard, e);
    }
  }

  static Setting<Double> real(String key, double low, double high, String standard, String doc) {
    return new Setting<>(
        key,
        "a number from " + plain(low) + " to " + plain(high),
        doc,
        standard,
        text -> {
          double value = Double.parseDouble(text);
          // Written so that NaN is refused as well.
          if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException("out of range");
          }
          return value;
        });
  }

  static Setting<Integer> integer(String key, int low, int high, String standard, String doc) {
    return new Setting<>(
        key,
        "a whole number from " + low + " to " + high,
        doc,
        standard,
        text -> inRange(Integer.parseInt(text), low, high));
  }

  static Setting<Long> seed(String key, String standard, String doc) {
    return new Setting<>(key, "a whole number", doc, standard, Long::parseLong);
  }

  static Setting<Boolean> bool(String key, String standard, String doc) {
    return new Setting<>(
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

  static Setting<String> oneOf(String key, List<String> allowed, String standard, String doc) {
    return new Setting<>(
        key, "one of " + String.join(", ", allowed), doc, standard, text -> member(text, allowed));
  }

  static Setting<List<String>> someOf(
      String key, List<String> allowed, String standard, String doc) {
    return new Setting<>(
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

  static Setting<List<String>> words(String key, String range, String standard, String doc) {
    return new Setting<>(key, range, doc, standard, text -> items(text.toLowerCase(Locale.ROOT)));
  }

  static Setting<List<Integer>> integers(
      String key, int low, int high, String standard, String doc) {
    return new Setting<>(
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

  static Setting<IntRange> range(String key, int low, int high, String standard, String doc) {
    return new Setting<>(
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
  record IntRange(int first, int last) {}

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

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
