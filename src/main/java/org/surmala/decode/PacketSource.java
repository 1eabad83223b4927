package org.surmala.decode;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.surmala.failure.SongException;

/** The packets of a song's audio stream, from any position. */
interface PacketSource {
  /** Numerator of the unit of time stamps, in seconds. */
  int unitNumerator();

  /** Denominator of the unit of time stamps. */
  int unitDenominator();

  /**
   * Seeks so that the next packet decodes correctly at or before a time; if that fails, the
   * position is undefined.
   */
  boolean seek(long time) throws SongException;

  /** Seeks to the first packet. */
  boolean rewind() throws SongException;

  /** Reads the next packet into an empty one; false at the end. */
  boolean next(AVPacket packet) throws SongException;
}
