package org.surmala.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.surmala.config.PipelineConfig;
import org.surmala.io.Quarantine;
import org.surmala.io.WholeFile;
import org.surmala.report.ReportOptions;

/**
 * What runs leave that is not theirs to leave: temporary files of those that were killed, and files
 * that one found damaged.
 */
public final class StaleFiles {
  private StaleFiles() {}

  /** Removes what earlier runs have left in the data folder. Nothing else may write there. */
  public static void clearData(PipelineConfig config) throws IOException {
    String data = config.report().data();
    WholeFile.sweep(data);
    WholeFile.sweep(config.processed());
    WholeFile.sweep(config.train().folder());
    WholeFile.sweep(data + "features/*/");
    Quarantine.clear(data);
    Quarantine.clear(config.store().directory());
  }

  /** Removes what earlier runs have left in the results. Nothing else may write there. */
  public static void clearResults(String results) throws IOException {
    for (String folder : ReportOptions.FOLDERS) {
      WholeFile.sweep(results + folder);
    }
  }

  /** What was found damaged since, one sentence for each file. */
  public static List<String> damage(PipelineConfig config) throws IOException {
    List<String> notes = new ArrayList<>();
    for (String file : Quarantine.in(config.store().directory())) {
      notes.add(file + " was damaged: its songs are extracted again");
    }
    for (String file : Quarantine.in(config.report().data())) {
      notes.add(file + " was damaged: every song is read again");
    }
    return notes;
  }
}
