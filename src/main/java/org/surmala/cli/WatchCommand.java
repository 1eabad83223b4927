package org.surmala.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.surmala.config.RunRequest;
import org.surmala.config.SongSource;
import org.surmala.runner.JobSubmittedException;
import org.surmala.watch.WatchRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code surmala watch}: assigns songs as they arrive and keeps the results up to date. */
@Command(
    name = "watch",
    description = "Assigns each song to a cluster as it arrives, until it is stopped.",
    sortOptions = false,
    customSynopsis = {
      "surmala watch --songs PATH [--results DIR] [--data DIR]",
      "                     [--pipeline FILE.yaml] [--set KEY=VALUE]... [--seed N]",
      "                     [--json] [-v] [-- BEAM OPTIONS]"
    },
    footer = {
      "",
      "Ctrl-C or SIGTERM finishes accepted songs and stops. surmala refit retrains now.",
      "Keys of --set: see surmala help keys.",
      "",
      "Example:",
      "  surmala watch --songs ~/Music --set watch.refit_songs=50"
    })
final class WatchCommand extends SurmalaCommand {
  @Option(
      names = "--songs",
      paramLabel = "PATH",
      required = true,
      description =
          "A folder (searched recursively; the first level of subfolders is the label), a glob"
              + " in quotes, a metadata.csv with a filepath column, or a .txt with one path or"
              + " URI per line; polled regularly. Or kafka://HOST:PORT/TOPIC, with paths and"
              + " URIs as messages.")
  private String songs = "";

  @Option(
      names = "--results",
      paramLabel = "DIR",
      defaultValue = "results",
      description = "Folder of the results (default: ${DEFAULT-VALUE}).")
  private String results = "";

  @Option(
      names = "--json",
      description = "Prints one JSON object per song and line on standard output.")
  private boolean json;

  @Mixin private PipelineArguments pipeline = new PipelineArguments();

  @Override
  public Integer call() throws IOException {
    RunRequest request =
        new RunRequest(
            SongSource.of(songs), results, pipeline.data(), pipeline.settings(), pipeline.beam());
    try (WatchLine line =
        new WatchLine(
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            Boolean.getBoolean("surmala.terminal"),
            json)) {
      WatchRun watch = new WatchRun(request, line, line::song, line::note);
      CountDownLatch ended = new CountDownLatch(1);
      AtomicBoolean drained = new AtomicBoolean();
      Thread drain = new Thread(() -> drain(watch, ended, drained), "drain");
      Runtime.getRuntime().addShutdownHook(drain);
      try {
        WatchRun.Ending ending = watch.execute();
        drained.set(true);
        line.clear();
        spec.commandLine()
            .getErr()
            .println(
                ending == WatchRun.Ending.DRAINED
                    ? "surmala: stopped; all accepted songs are in " + results
                    : "surmala: stopped in its cluster, with a savepoint");
      } catch (JobSubmittedException submitted) {
        spec.commandLine().getOut().println(submitted.getMessage());
      } finally {
        ended.countDown();
        forget(drain);
      }
    }
    return 0;
  }

  /** After a signal, the exit code would be that of the signal; a drained watch ends with 0. */
  private static void drain(WatchRun watch, CountDownLatch ended, AtomicBoolean drained) {
    try {
      watch.end();
      ended.await();
      Runtime.getRuntime().halt(drained.get() ? 0 : ExitCode.SOFTWARE);
    } catch (IOException e) {
      Runtime.getRuntime().halt(ExitCode.SOFTWARE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread drain) {
    try {
      Runtime.getRuntime().removeShutdownHook(drain);
    } catch (IllegalStateException shuttingDown) {
      // The shutdown hook is running: it ends the process.
      return;
    }
  }
}
