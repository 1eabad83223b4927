package org.surmala.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.util.UserCodeException;
import org.surmala.pipeline.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program's entry: reads the command line, runs a command, gives an exit code. */
@Command(
    name = "surmala",
    description = "Sorts a music collection by how it sounds, without labels.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      WatchCommand.class,
      FeaturesCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      BenchCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but more than",
      "failures.max_share of the songs failed."
    })
public final class Main implements Runnable {
  /** Done, but more songs failed than is accepted. */
  static final int EXIT_MANY_FAILED = 3;

  private static final int WIDTH = 80;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  public Main() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /** Runs the program and ends the process. */
  public static void main(String[] arguments) {
    Quiet.before(arguments);
    // Names of songs are UTF-8 whatever the locale says.
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    System.setOut(out);
    System.setErr(err);
    System.exit(execute(writer(out), writer(err), arguments));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Runs the program; the exit code is returned. */
  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new Main()).setOut(out).setErr(err);
    Objects.requireNonNull(line.getSubcommands().get("run"))
        .getCommandSpec()
        .usageMessage()
        .footer(RunCommand.describeSettings());
    return line.setUsageHelpWidth(WIDTH)
        .setExecutionExceptionHandler(Main::explain)
        .setParameterExceptionHandler(Main::explainUsage)
        .execute(arguments);
  }

  private static int explain(Exception e, CommandLine command, ParseResult parsed) {
    Throwable cause = e;
    while (cause.getCause() != null
        && (cause instanceof PipelineExecutionException || cause instanceof UserCodeException)) {
      cause = cause.getCause();
    }
    boolean usage = cause instanceof UsageException;
    command.getErr().println("surmala: " + message(cause));
    ParseResult typed = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (typed.hasMatchedOption("--verbose")) {
      e.printStackTrace(command.getErr());
    } else if (!usage) {
      command.getErr().println("surmala: -v shows where");
    }
    return usage ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static String message(Throwable cause) {
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static int explainUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    // Some of picocli's messages begin with a word that the name of the program stands for here.
    String message = String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    command.getErr().println("surmala: " + message);
    command
        .getErr()
        .println("surmala: see " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }
}
