package org.surmala.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code surmala completion}: prints a completion script for a shell. */
@Command(
    name = "completion",
    description = "Prints a script that lets a shell complete commands and options.",
    sortOptions = false,
    customSynopsis = {"surmala completion bash|zsh"},
    footer = {
      "",
      "Examples:",
      "  source <(surmala completion bash)          # put it into ~/.bashrc",
      "  source <(surmala completion zsh)           # put it into ~/.zshrc",
      "The shell must find the command under the name surmala: put a link to",
      "the launcher into a folder of PATH."
    })
final class CompletionCommand extends SurmalaCommand {
  /** Shells that can read the script. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.bash;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (shell == Shell.zsh) {
      // The script is for bash; zsh can read it after these lines.
      out.println("autoload -U +X compinit && compinit");
      out.println("autoload -U +X bashcompinit && bashcompinit");
    }
    CommandLine program = Main.line();
    out.println(AutoComplete.bash(program.getCommandName(), program));
    out.flush();
    return 0;
  }
}
