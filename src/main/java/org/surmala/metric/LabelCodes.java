package org.surmala.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labels as numbers without gaps.
 *
 * @param codes one for each element, from 0 to {@code count - 1}, in the order of the labels'
 *     values
 * @param count number of distinct labels
 */
public record LabelCodes(int[] codes, int count) {
  /** Codes integer labels of any values, including negative ones. */
  public static LabelCodes of(int[] labels) {
    int[] values = Arrays.stream(labels).distinct().sorted().toArray();
    Map<Integer, Integer> code = new HashMap<>();
    for (int i = 0; i < values.length; i++) {
      code.put(values[i], i);
    }
    int[] codes = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      codes[i] = code.getOrDefault(labels[i], 0);
    }
    return new LabelCodes(codes, values.length);
  }

  /** Codes names, in code point order. */
  public static LabelCodes of(List<String> labels) {
    TreeMap<String, Integer> code = new TreeMap<>();
    labels.forEach(label -> code.put(label, 0));
    int next = 0;
    for (Map.Entry<String, Integer> entry : code.entrySet()) {
      entry.setValue(next++);
    }
    int[] codes = new int[labels.size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = code.getOrDefault(labels.get(i), 0);
    }
    return new LabelCodes(codes, code.size());
  }
}
