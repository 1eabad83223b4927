package org.surmala.decode;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.surmala.failure.SongException;

/** The packets of one song's sound, from any place on. */
interface PacketSource {
  /** Numerator of the unit of time stamps, in seconds. */
  int unitNumerator();

  /** Denominator of the unit of time stamps. */
  int unitDenominator();

  /**
   * Goes to a place, so that the next packet is one whose sound is whole at the time or before.
   *
   * @param time in units
   * @return whether it could; if not, the place is undefined
   */
  boolean seek(long time) throws SongException;

  /** Goes to the first packet. */
  boolean rewind() throws SongException;

  /**
   * Reads the next packet.
   *
   * @param packet empty; filled with data and a time stamp
   * @return false at the end
   */
  boolean next(AVPacket packet) throws SongException;
}
