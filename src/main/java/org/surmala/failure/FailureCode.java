package org.surmala.failure;

import java.util.Locale;
import org.surmala.schema.Stage;

/**
 * Why a song could not be followed to the end: the closed list of codes in {@code
 * results/failures.csv}.
 *
 * <p>A transient failure may go away without the file changing and is never remembered; any other
 * is remembered with the file's content until the feature specification changes.
 */
public enum FailureCode {
  /** The file has no bytes. */
  EMPTY_FILE(Stage.DECODE, false),
  /** The bytes are of no format that FFmpeg knows. */
  NOT_AUDIO(Stage.DECODE, false),
  /** A container without an audio stream, such as a silent film. */
  NO_AUDIO_STREAM(Stage.DECODE, false),
  /** An audio stream that decodes to no samples. */
  NO_SAMPLES(Stage.DECODE, false),
  /** The file ends before the wanted window does. */
  TRUNCATED(Stage.DECODE, false),
  /** The container's header contradicts the file, and the wanted window cannot be had. */
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
  /** A directory whose name ends as a song's does. */
  IS_DIRECTORY(Stage.READ, true),
  /** A symbolic link that leads back to a folder above it. */
  SYMLINK_LOOP(Stage.READ, true),
  /** The bytes of the path are no text in the encoding of file names, so it cannot be opened. */
  BAD_NAME(Stage.READ, true),
  /** A row of a table has a wrong number of cells, or none where its name should be. */
  BAD_ROW(Stage.READ, false),
  /** A row of a feature table has a cell that is not a finite number. */
  BAD_FEATURE(Stage.READ, false),
  /** The song is shorter than the shortest accepted length. */
  TOO_SHORT(Stage.SEGMENT, false),
  /** No part of the window is as loud as -70 LUFS: digital silence, or what passes for it. */
  SILENT(Stage.SEGMENT, false),
  /** The model of the user's gives numbers that are not finite. */
  BAD_EMBEDDING(Stage.FEATURIZE, false);

  private final Stage stage;
  private final boolean isTransient;

  FailureCode(Stage stage, boolean isTransient) {
    this.stage = stage;
    this.isTransient = isTransient;
  }

  /** The stage that finds it. */
  public Stage stage() {
    return stage;
  }

  /** Whether the same bytes may succeed another time. */
  public boolean isTransient() {
    return isTransient;
  }

  /** The code as files and messages spell it: {@code empty_file}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
