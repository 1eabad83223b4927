package org.surmala.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.surmala.config.UsageException;
import org.surmala.tag.NoteField;
import org.surmala.tag.SongTagging;
import org.surmala.tag.TagField;
import org.surmala.tag.TagRequest;
import org.surmala.words.Noun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code surmala tag}: writes cluster and nearest songs into the tags of the songs. */
@Command(
    name = "tag",
    description =
        "Writes the cluster and the nearest songs of each song into the tag of its file. Without"
            + " --write it only shows the tags, and changes nothing.",
    sortOptions = false,
    customSynopsis = {
      "surmala tag [--write] [--field GROUPING|MOOD|COMMENT] [-n N]",
      "                   [--bpm] [--key] [--mood] [--overwrite]",
      "                   [--json] [--results DIR] [--data DIR] [-v]"
    },
    footer = {
      "",
      "Existing text of the field stays in front; text of an earlier run is",
      "replaced. The audio stays the same to the last sample, and the file keeps its",
      "entry in the feature store: the next run does not decode it again.",
      "",
      "Examples:",
      "  surmala tag",
      "  surmala tag --write --field COMMENT",
      "  surmala tag --write --bpm --key --mood"
    })
final class TagCommand extends SurmalaCommand {
  private static final int SHOWN = 20;

  @Option(names = "--write", description = "Writes the tags. Back up your songs first.")
  private boolean write;

  @Option(
      names = "--field",
      paramLabel = "FIELD",
      defaultValue = "GROUPING",
      description =
          "Field of cluster and nearest songs: one of ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private NoteField field = NoteField.GROUPING;

  @Option(names = "--bpm", description = "Writes the tempo too, as a whole number.")
  private boolean bpm;

  @Option(names = "--key", description = "Writes the key too, as ID3 has it: Am, Bb, F#m.")
  private boolean key;

  @Option(
      names = "--mood",
      description = "Writes up to three words for the song into the field for the mood too.")
  private boolean mood;

  @Option(
      names = "--overwrite",
      description =
          "Replaces tempo, key and mood that another program wrote. Without it, only empty fields"
              + " are filled.")
  private boolean overwrite;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "3",
      description = "Number of nearest songs to name (default: ${DEFAULT-VALUE}).")
  private int count;

  @Mixin private JsonOption json = new JsonOption();

  @Mixin private ResultsOption results = new ResultsOption();

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    if (count < 0 || count > SHOWN) {
      throw new UsageException("-n is " + count + "; give a whole number from 0 to " + SHOWN);
    }
    TagRequest request = request();
    SongTagging.Outcome outcome;
    try (ProgressLine line = ProgressLine.of(spec)) {
      SongTagging tagging = new SongTagging(results.folder(), data.folder(), request, line);
      outcome = write ? tagging.write() : tagging.plan();
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOption.print(out, asJson(outcome));
    } else {
      print(out, outcome);
    }
    return outcome.refusals().isEmpty() ? 0 : Main.EXIT_SOME_FAILED;
  }

  private TagRequest request() {
    Set<TagField> facts = EnumSet.noneOf(TagField.class);
    if (bpm) {
      facts.add(TagField.BPM);
    }
    if (key) {
      facts.add(TagField.KEY);
    }
    if (mood) {
      facts.add(TagField.MOOD);
    }
    return UsageException.unlessRefused(() -> new TagRequest(field, count, facts, overwrite));
  }

  private Map<String, Object> asJson(SongTagging.Outcome outcome) {
    List<Map<String, Object>> changes = new ArrayList<>();
    for (SongTagging.Change change : outcome.changes()) {
      Map<String, Object> song = PlaylistOutput.asJson(change.song());
      song.put("text", change.note());
      song.put("facts", change.facts());
      changes.add(song);
    }
    List<Map<String, Object>> refusals = new ArrayList<>();
    for (SongTagging.Refusal refusal : outcome.refusals()) {
      Map<String, Object> song = PlaylistOutput.asJson(refusal.song());
      song.put("reason", refusal.reason());
      refusals.add(song);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("written", write);
    answer.put("field", field.name());
    answer.put("changes", changes);
    answer.put("unchanged", outcome.unchanged());
    answer.put("refusals", refusals);
    return answer;
  }

  private static void printField(PrintWriter out, TagField written, String text) {
    out.println(DisplayWidth.fit("  " + written + "=" + text, LineWrap.WIDTH).stripTrailing());
  }

  /** Groups refusals by reason, since many songs share one, such as their format. */
  private static void printRefusals(PrintWriter out, List<SongTagging.Refusal> refusals) {
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    for (SongTagging.Refusal refusal : refusals) {
      byReason
          .computeIfAbsent(refusal.reason(), reason -> new ArrayList<>())
          .add(refusal.song().filepath());
    }
    byReason.forEach(
        (reason, paths) -> {
          LineWrap.wrap("Cannot be tagged: ", reason, "  ").forEach(out::println);
          paths.stream()
              .limit(SHOWN)
              .map(path -> DisplayWidth.fit("  " + path, LineWrap.WIDTH).stripTrailing())
              .forEach(out::println);
          if (paths.size() > SHOWN) {
            out.println("  … and " + (paths.size() - SHOWN) + " more");
          }
        });
  }

  private void print(PrintWriter out, SongTagging.Outcome outcome) {
    int shown = 0;
    for (SongTagging.Change change : outcome.changes()) {
      if (++shown > SHOWN) {
        break;
      }
      out.println(DisplayWidth.fit(change.song().filepath(), LineWrap.WIDTH).stripTrailing());
      printField(out, field.field(), change.note());
      for (Map.Entry<TagField, String> fact : new TreeMap<>(change.facts()).entrySet()) {
        printField(out, fact.getKey(), fact.getValue());
      }
    }
    if (outcome.changes().size() > SHOWN) {
      out.println("… and " + (outcome.changes().size() - SHOWN) + " more");
    }
    printRefusals(out, outcome.refusals());
    int changed = outcome.changes().size();
    out.printf(
        "%s%s, %d %s the tag already, %d cannot be tagged%n",
        Noun.SONG.count(changed),
        write ? " tagged" : " to tag",
        outcome.unchanged(),
        outcome.unchanged() == 1 ? "has" : "have",
        outcome.refusals().size());
    if (!write && changed > 0) {
      out.println("Nothing is written yet; add --write to write the tags.");
    }
    out.flush();
  }
}
