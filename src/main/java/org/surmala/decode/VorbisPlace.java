package org.surmala.decode;

import java.util.HashMap;
import java.util.Map;

/**
 * Where Vorbis frames after a seek belong.
 *
 * <p>Only a page's end has an exact place in Ogg; FFmpeg adds up block lengths in between, and its
 * stamps are off by up to half a block where long and short blocks meet, and on the whole of the
 * first page after a seek. Counting samples is exact, but for one constant: that is the difference
 * between stamp and count that most frames agree on, after the first page.
 */
final class VorbisPlace {
  private static final int MIN_AGREEING = 3;

  private final Map<Long, Integer> votes = new HashMap<>();
  private long counted;
  private long page = Long.MIN_VALUE;
  private boolean pageTurned;
  private long offset;

  /**
   * Takes the next frame.
   *
   * @param stamp what FFmpeg says, in samples
   * @param samples in the frame
   * @param pageOffset of its packet in the file
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

  /** Where the last frame ends, by what most frames agree on. */
  long end() {
    return counted + offset;
  }

  /** Whether enough was seen to believe it. */
  boolean isSure() {
    return pageTurned && votes.getOrDefault(offset, 0) >= MIN_AGREEING;
  }
}
