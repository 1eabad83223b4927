package org.surmala.cli;

import org.jspecify.annotations.Nullable;
import org.surmala.config.Settings;
import org.surmala.config.UsageException;
import org.surmala.report.plot.FigureStyle;
import picocli.CommandLine.Option;

/** Options for the style of plots. */
final class FigureArguments {
  @Option(
      names = "--figure-width",
      paramLabel = "LENGTH",
      description =
          "Width of each plot, such as 3.3in or 84mm for a column of a paper. The text size does"
              + " not change. auto: the default width of each plot.")
  private @Nullable String width;

  @Option(names = "--no-title", description = "Omits titles and notes, for figures with a caption.")
  private boolean untitled;

  /** Writes the given options into the settings. */
  void addTo(Settings settings) {
    if (width != null) {
      settings.set("plots.width", width);
    }
    if (untitled) {
      settings.set("plots.title", "false");
    }
  }

  /** The style of the run, overridden by the given options. */
  FigureStyle over(FigureStyle ofRun) {
    try {
      return new FigureStyle(width == null ? ofRun.width() : width, ofRun.titled() && !untitled);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--figure-width: " + e.getMessage(), e);
    }
  }
}
