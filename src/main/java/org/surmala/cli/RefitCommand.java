package org.surmala.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.surmala.watch.RefitRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code surmala refit}: runs the refits of a watch in a separate process. */
@Command(
    name = "refit",
    description = "Retrains the model of a watched collection.",
    sortOptions = false,
    customSynopsis = {"surmala refit [--data DIR] [--follow] [-v] [-- BEAM OPTIONS]"},
    footer = {
      "",
      "A watch retrains by itself while its client runs. This command retrains when the",
      "client is gone, or from another machine, with the settings of the watch.",
      "Only one process retrains at a time.",
      "",
      "Example:",
      "  surmala refit --follow -- --runner=FlinkRunner --flinkMaster=127.0.0.1:8081"
    })
final class RefitCommand extends SurmalaCommand {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--follow",
      description =
          "Retrains whenever the watch requests it, until stopped (default: once, now, if there"
              + " are new songs).")
  private boolean follow;

  @Parameters(
      paramLabel = "BEAM OPTIONS",
      arity = "0..*",
      description = "After --: options of Beam and its runner, the same as for the watch.")
  private List<String> beam = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    RefitRun refit =
        new RefitRun(
            data.folder(), beam, line -> MessageLine.print(spec.commandLine().getErr(), line));
    if (!follow) {
      refit.once();
      return 0;
    }
    AtomicBoolean isEnding = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  isEnding.set(true);
                  try {
                    ended.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "end"));
    try {
      refit.follow(isEnding::get);
    } finally {
      ended.countDown();
    }
    return 0;
  }
}
