package org.surmala.config;

/** The version of this build. */
public final class BuildVersion {
  private BuildVersion() {}

  /** Its number; {@code unpackaged} where the classes come from no jar. */
  public static String number() {
    String version = BuildVersion.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
