package org.surmala.pipeline;

import java.io.IOException;
import java.util.Map;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Puts the words that owners give to songs, now, over those of the songs' files, as {@link
 * OwnersLyrics} does for an edition: a song is placed by what its edition was made from. For use by
 * one thread.
 */
final class GivenLyrics {
  private final PipelineConfig pipeline;
  private OwnersWords words = new OwnersWords(Map.of());
  private long stamp;

  GivenLyrics(PipelineConfig pipeline) {
    this.pipeline = pipeline;
  }

  /** Whether any model asks for them. */
  boolean areAsked() {
    return pipeline.train().readsLyrics();
  }

  /**
   * What a song is placed by.
   *
   * @param features from the store
   * @param song from the history
   */
  SegmentFeatures over(SegmentFeatures features, SongRef song) throws IOException {
    if (!areAsked()) {
      return features;
    }
    if (pipeline.report().writesMetadata()) {
      long changed = OwnersWords.stamp(pipeline.report().data());
      if (changed != stamp) {
        words = OwnersWords.read(pipeline.report().data());
        stamp = changed;
      }
    }
    return OwnersLyrics.over(features, words.of(song));
  }
}
