package org.surmala.config;

/** The version of this build. */
public final class BuildVersion {
  private BuildVersion() {}

  /** The version number; {@code unpackaged} if the classes are not in a jar. */
  public static String number() {
    String version = BuildVersion.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
