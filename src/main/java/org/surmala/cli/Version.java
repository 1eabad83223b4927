package org.surmala.cli;

import org.surmala.config.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** What --version says. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"surmala " + BuildVersion.number()};
  }
}
