package org.surmala.failure;

import java.util.Locale;
import org.surmala.schema.Stage;

/**
 * The failure codes of songs, the closed list of codes in {@code results/failures.csv}.
 *
 * <p>A transient failure may disappear without a change of the file and is never stored; a
 * permanent one is stored by the file's bytes until the feature version changes.
 */
public enum FailureCode {
  /** The file has no bytes. */
  EMPTY_FILE(Stage.DECODE, false),
  /** The format is unknown to FFmpeg. */
  NOT_AUDIO(Stage.DECODE, false),
  /** A container without an audio stream, such as a silent film. */
  NO_AUDIO_STREAM(Stage.DECODE, false),
  /** An audio stream that decodes to no samples. */
  NO_SAMPLES(Stage.DECODE, false),
  /** The file ends before the end of the window. */
  TRUNCATED(Stage.DECODE, false),
  /** The container's header contradicts the file, and the window cannot be found. */
  BAD_HEADER(Stage.DECODE, false),
  /** The audio stream cannot be decoded. */
  CORRUPT(Stage.DECODE, false),
  /** Decoded samples are not finite numbers. */
  NOT_FINITE(Stage.DECODE, false),
  /** The decoder exceeded its wall-clock limit. */
  TIMEOUT(Stage.DECODE, true),
  /** The file could not be opened or read: permissions, or an input/output error. */
  UNREADABLE(Stage.READ, true),
  /** The file was listed and is gone, or changed while it was being read. */
  VANISHED(Stage.READ, true),
  /** A directory whose name has the extension of a song. */
  IS_DIRECTORY(Stage.READ, true),
  /** A symbolic link to a parent folder. */
  SYMLINK_LOOP(Stage.READ, true),
  /** The path is invalid in the encoding of file names, so it cannot be opened. */
  BAD_NAME(Stage.READ, true),
  /** A row of a table has a wrong number of cells, or an empty id or path. */
  BAD_ROW(Stage.READ, false),
  /** A row of a feature table has a cell that is not a finite number. */
  BAD_FEATURE(Stage.READ, false),
  /** The song is shorter than the shortest accepted length. */
  TOO_SHORT(Stage.SEGMENT, false),
  /** No part of the window reaches -70 LUFS: digital silence, or nearly. */
  SILENT(Stage.SEGMENT, false),
  /** The user's pretrained model gives values that are not finite. */
  BAD_EMBEDDING(Stage.FEATURIZE, false);

  private final Stage stage;
  private final boolean isTransient;

  FailureCode(Stage stage, boolean isTransient) {
    this.stage = stage;
    this.isTransient = isTransient;
  }

  /** The stage that reports it. */
  public Stage stage() {
    return stage;
  }

  /** Whether the same bytes may succeed later. */
  public boolean isTransient() {
    return isTransient;
  }

  /** The code in files and messages: {@code empty_file}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
