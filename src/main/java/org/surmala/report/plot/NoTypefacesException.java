package org.surmala.report.plot;

/**
 * Java cannot draw text on this machine: native font libraries, which are not part of the JDK, are
 * missing.
 */
public final class NoTypefacesException extends Exception {
  NoTypefacesException(Throwable cause) {
    super(
        "Java cannot draw text on this machine, so there are no plots. Install its font libraries"
            + " (Debian and Ubuntu: apt-get install fontconfig libfreetype6 fonts-dejavu-core;"
            + " Fedora: dnf install fontconfig freetype; Alpine: apk add fontconfig freetype"
            + " ttf-dejavu) and redraw the report. The cause: "
            + cause,
        cause);
  }
}
