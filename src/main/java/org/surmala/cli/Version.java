package org.surmala.cli;

import org.surmala.config.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** The output of --version. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"surmala " + BuildVersion.number()};
  }
}
