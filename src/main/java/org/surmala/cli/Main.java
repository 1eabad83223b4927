package org.surmala.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.util.UserCodeException;
import org.surmala.config.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point: parses the command line, runs a command, returns an exit code. */
@Command(
    name = "surmala",
    description = "Sorts a music collection by how it sounds, without labels.",
    versionProvider = Version.class,
    customSynopsis = "surmala COMMAND [OPTIONS]",
    footer = {
      "",
      "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but more than",
      "failures.max_share of the songs failed, or tag could not tag some."
    })
public final class Main implements Runnable {
  /** Done, but more songs failed than failures.max_share allows, or some could not be tagged. */
  static final int EXIT_SOME_FAILED = 3;

  private static final int WIDTH = 80;

  /** The commands in the order of the help. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  /** Example tasks, by the command that does each. */
  private static final Map<String, List<String>> THINGS = things();

  @SuppressWarnings("UnusedVariable") // picocli shows it itself.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @SuppressWarnings("UnusedVariable") // picocli shows it itself.
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean version;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  public Main() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /** Runs the program and ends the process, if the process is its own. */
  public static void main(String[] arguments) {
    // Flink runs this program in its own process: log, streams and exit belong to Flink.
    boolean isOwnProcess = Main.class.getClassLoader() == ClassLoader.getSystemClassLoader();
    if (isOwnProcess) {
      LogVerbosity.before(arguments);
    }
    // Song names are UTF-8 whatever the locale.
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    if (isOwnProcess) {
      System.setOut(out);
      System.setErr(err);
      Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> report(err, thrown, arguments));
    }
    int code = execute(writer(out), writer(err), arguments);
    if (isOwnProcess) {
      System.exit(code);
    } else if (code != ExitCode.OK) {
      throw new IllegalStateException("exit code " + code);
    }
  }

  /** Reports an exception on a thread that no one joins, such as a shutdown hook. */
  private static void report(PrintStream err, Throwable thrown, String[] arguments) {
    err.println("surmala: " + message(thrown));
    if (LogVerbosity.isVerbose(arguments)) {
      thrown.printStackTrace(err);
    }
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Runs the program and returns the exit code. */
  static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    return line(arguments).setOut(out).setErr(err).execute(arguments);
  }

  /**
   * The parser of the arguments. It knows only the command that they start with, because describing
   * all commands takes longer than describing and parsing one; without a command it knows all.
   */
  static CommandLine line(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> list());
    boolean asksProgram = arguments.length == 1 && arguments[0].startsWith("-");
    if (arguments.length > 0 && COMMANDS.containsKey(arguments[0])) {
      line.addSubcommand(arguments[0], COMMANDS.get(arguments[0]));
    } else if (!asksProgram) {
      COMMANDS.forEach(line::addSubcommand);
    }
    return line.setUsageHelpWidth(WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Main::explain)
        .setParameterExceptionHandler(Main::explainUsage);
  }

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand.class);
    commands.put("run", RunCommand.class);
    commands.put("watch", WatchCommand.class);
    commands.put("refit", RefitCommand.class);
    commands.put("features", FeaturesCommand.class);
    commands.put("serve", ServeCommand.class);
    commands.put("similar", SimilarCommand.class);
    commands.put("playlist", PlaylistCommand.class);
    commands.put("tag", TagCommand.class);
    commands.put("compare", CompareCommand.class);
    commands.put("report", ReportCommand.class);
    commands.put("bench", BenchCommand.class);
    commands.put("flink", FlinkCommand.class);
    commands.put("completion", CompletionCommand.class);
    commands.put("help", HelpCommand.class);
    return commands;
  }

  private static Map<String, List<String>> things() {
    Map<String, List<String>> things = new LinkedHashMap<>();
    things.put("demo", List.of("demo", "compose 40 songs and cluster them"));
    things.put("run", List.of("run --songs ~/Music", "cluster a collection, draw its map"));
    things.put("serve", List.of("serve", "open the map as an app in the browser"));
    things.put("similar", List.of("similar \"Ekla Chalo Re\"", "find similar songs"));
    things.put("playlist", List.of("playlist --cluster A", "make a playlist of a cluster"));
    things.put("tag", List.of("tag --write", "write the clusters into the songs' tags"));
    things.put("compare", List.of("compare", "find the best model, if any"));
    return things;
  }

  /** The list of commands, with examples of the most common ones. */
  private static String list() {
    StringBuilder text = new StringBuilder();
    THINGS
        .values()
        .forEach(
            thing -> text.append("  surmala %-30s %s%n".formatted(thing.get(0), thing.get(1))));
    List<String> further =
        COMMANDS.keySet().stream().filter(name -> !THINGS.containsKey(name)).toList();
    LineWrap.wrap("More: ", String.join(", ", further) + ". Each has --help.", "  ")
        .forEach(line -> text.append("%s%n".formatted(line)));
    return text.toString();
  }

  private static int explain(Exception e, CommandLine command, ParseResult parsed) {
    Throwable cause = e;
    while (cause.getCause() != null
        && (cause instanceof PipelineExecutionException || cause instanceof UserCodeException)) {
      cause = cause.getCause();
    }
    boolean usage = cause instanceof UsageException;
    MessageLine.print(command.getErr(), message(cause));
    ParseResult typed = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    if (typed.hasMatchedOption("--verbose")) {
      e.printStackTrace(command.getErr());
    } else if (typed.hasMatchedOption("--log-json")) {
      Logger.getLogger(Main.class.getName()).log(Level.SEVERE, message(cause), e);
    } else if (!usage) {
      MessageLine.print(command.getErr(), "for details add -v");
    }
    return usage ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static String message(Throwable cause) {
    if (cause instanceof FileSystemException file) {
      return file.getFile() + ": " + reason(file);
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** The cause in words: some of the JDK's exceptions have no message. */
  private static String reason(FileSystemException e) {
    if (e.getReason() != null) {
      return e.getReason();
    }
    if (e instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e instanceof DirectoryNotEmptyException
        ? "the folder is not empty"
        : e.getClass().getSimpleName();
  }

  /** The message for an unknown argument, with a suggestion. */
  private static String unmatched(UnmatchedArgumentException e) {
    CommandLine command = e.getCommandLine();
    String word = e.getUnmatched().get(0);
    String kind =
        e.isUnknownOption()
            ? "an option"
            : command.getParent() == null ? "a command" : "an argument";
    List<String> suggestions = e.getSuggestions();
    String place = command.getParent() == null ? "" : " of " + command.getCommandName();
    return "'"
        + word
        + "' is not "
        + kind
        + place
        + (suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?");
  }

  private static int explainUsage(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    // Some of picocli's messages start with a word that the program's name replaces here.
    String message =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : String.valueOf(e.getMessage())
                .replaceFirst("^Error: ", "")
                .replaceFirst("' is not an? (int|long)$", "' is not a whole number");
    MessageLine.print(command.getErr(), message);
    MessageLine.print(
        command.getErr(), "see " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }
}
