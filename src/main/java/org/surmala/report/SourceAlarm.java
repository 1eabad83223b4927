package org.surmala.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.surmala.schema.Confound;

/** The caution shown first when file properties alone predict the labels. */
public final class SourceAlarm {
  private SourceAlarm() {}

  /**
   * Names every alarming property of clusterings of the same songs, the worst first; empty if there
   * is none.
   */
  public static Optional<String> of(List<Confound> confounds) {
    Map<String, Confound> alarming = new LinkedHashMap<>();
    confounds.stream()
        .filter(Confound::getAlarming)
        .sorted(
            Comparator.comparingDouble((Confound c) -> -accuracy(c))
                .thenComparing(Confound::getProperty))
        .forEach(c -> alarming.putIfAbsent(c.getProperty(), c));
    if (alarming.isEmpty()) {
      return Optional.empty();
    }
    double chance = alarming.values().stream().mapToDouble(SourceAlarm::chance).max().orElse(0);
    return Optional.of(
        alarming.values().stream()
            .map(
                c ->
                    String.format(
                        Locale.ROOT, "%s (balanced accuracy %.2f)", c.getProperty(), accuracy(c)))
            .collect(
                Collectors.joining(
                    " and ",
                    "Caution: ",
                    String.format(
                        Locale.ROOT,
                        " alone %s your labels (guessing: %.2f), so scores may reflect where the"
                            + " files came from rather than how they sound.",
                        alarming.size() == 1 ? "predicts" : "predict",
                        chance))));
  }

  private static double accuracy(Confound confound) {
    Double accuracy = confound.getBalancedAccuracy();
    return accuracy == null ? 0 : accuracy;
  }

  private static double chance(Confound confound) {
    Double chance = confound.getChance();
    return chance == null ? 0 : chance;
  }
}
