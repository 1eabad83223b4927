package org.surmala.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.config.Settings;
import org.surmala.model.Representations;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code surmala help}: explains a command or the options of a pipeline. */
@Command(
    name = "help",
    description = "Explains a command or the options of a pipeline.",
    sortOptions = false,
    customSynopsis = {"surmala help [TOPIC]"},
    footer = {
      "",
      "Examples:",
      "  surmala help                          # all topics",
      "  surmala help playlist                 # a command",
      "  surmala help cluster.k                # an option of --set",
      "  surmala help models                   # the options of all models"
    })
final class HelpCommand extends SurmalaCommand {
  private static final String MODELS = "models";
  private static final String ALL = "keys";

  @Parameters(
      paramLabel = "TOPIC",
      arity = "0..1",
      description =
          "A command, a key such as cluster.k, a group of keys such as cluster, models for all"
              + " models, or keys for all keys.")
  private @Nullable String topic;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (topic == null) {
      topics().forEach(out::println);
    } else {
      CommandLine command = Main.line(topic).getSubcommands().get(topic);
      if (command != null) {
        command.usage(out);
      } else {
        keys(topic).forEach(help -> describe(help).forEach(out::println));
      }
    }
    out.flush();
    return 0;
  }

  private static List<String> topics() {
    Map<String, Integer> groups = new LinkedHashMap<>();
    Settings.help().forEach(help -> groups.merge(group(help), 1, Integer::sum));
    List<String> kinds = Representations.kinds();
    List<String> lines = new ArrayList<>();
    lines.add("surmala help TOPIC explains one of these:");
    lines.addAll(
        LineWrap.wrap(
            "  Commands  ",
            String.join(", ", Main.line().getSubcommands().keySet()),
            "            "));
    lines.addAll(
        LineWrap.wrap(
            "  Keys      ",
            String.join(", ", groups.keySet().stream().filter(g -> !kinds.contains(g)).toList()),
            "            "));
    lines.addAll(LineWrap.wrap("  Models    ", String.join(", ", kinds), "            "));
    lines.add("surmala help keys prints all " + Settings.help().size() + " keys of --set.");
    return lines;
  }

  private static String group(Settings.Help help) {
    return help.key().split("\\.", 2)[0];
  }

  private static List<Settings.Help> keys(String topic) {
    List<Settings.Help> keys =
        Settings.help().stream()
            .filter(
                help ->
                    topic.equals(ALL)
                        || topic.equals(help.key())
                        || topic.equals(group(help))
                        || (topic.equals(MODELS) && Representations.kinds().contains(group(help))))
            .toList();
    if (keys.isEmpty()) {
      throw Settings.unknown(topic);
    }
    return keys;
  }

  private static List<String> describe(Settings.Help help) {
    return Stream.concat(
            LineWrap.wrap("  " + help.key() + "=", help.standard(), "      ").stream(),
            LineWrap.wrap("      ", help.doc() + "; " + help.range(), "      ").stream())
        .toList();
  }
}
