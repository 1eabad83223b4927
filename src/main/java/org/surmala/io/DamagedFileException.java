package org.surmala.io;

import java.io.IOException;

/** A file has not the bytes that were written: some are missing or have changed. */
public final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file its path
   * @param damage what is wrong with it
   * @param remedy what to do
   */
  public DamagedFileException(String file, String damage, String remedy) {
    super(file + " is damaged: " + damage + "; " + remedy);
  }

  DamagedFileException(String file, String damage) {
    this(file, damage, "restore it from a copy, or run again");
  }
}
