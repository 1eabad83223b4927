package org.surmala.decode;

import java.util.HashMap;
import java.util.Map;

/**
 * The positions of Vorbis frames after a seek.
 *
 * <p>In Ogg only the end of a page has an exact position. FFmpeg sums block lengths in between; its
 * time stamps are off by up to half a block where long and short blocks meet, and on the first page
 * after a seek. Counting samples is exact up to a constant: the most common difference between time
 * stamp and count after the first page.
 */
final class VorbisPosition {
  private static final int MIN_AGREEING = 3;

  private final Map<Long, Integer> votes = new HashMap<>();
  private long counted;
  private long page = Long.MIN_VALUE;
  private boolean pageTurned;
  private long offset;

  /**
   * Adds the next frame.
   *
   * @param stamp FFmpeg's time stamp, in samples
   * @param samples number of samples in the frame
   * @param pageOffset file offset of the packet's page
   */
  void take(long stamp, int samples, long pageOffset) {
    if (page != Long.MIN_VALUE && page != pageOffset && !pageTurned) {
      pageTurned = true;
      votes.clear();
    }
    page = pageOffset;
    long difference = stamp - counted;
    int count = votes.merge(difference, 1, Integer::sum);
    if (count >= votes.getOrDefault(offset, 0)) {
      offset = difference;
    }
    counted += samples;
  }

  /** End of the last frame, by the most common difference. */
  long end() {
    return counted + offset;
  }

  /** Whether there are enough frames for a reliable result. */
  boolean isSure() {
    return pageTurned && votes.getOrDefault(offset, 0) >= MIN_AGREEING;
  }
}
