package org.surmala.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command, whose result is the exit code. */
abstract class SurmalaCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // picocli fills it.
  @Mixin
  private StandardOptions standard = new StandardOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets spec before it runs a command.
  SurmalaCommand() {}
}
