package org.surmala.io;

import java.io.IOException;

/** A file lost or changed bytes after it was written. */
public final class DamagedFileException extends IOException {
  public DamagedFileException(String file, String damage, String remedy) {
    super(file + " is damaged: " + damage + "; " + remedy);
  }

  DamagedFileException(String file, String damage) {
    this(file, damage, "restore it from a copy, or run again");
  }
}
