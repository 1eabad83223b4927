package org.surmala.watch;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.surmala.config.Annotation;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;

/**
 * Adds lyrics and labels to the features of a watched song, from the user's current metadata, for
 * models that read them. Reads nothing if no model does. Not safe for use by several threads.
 */
final class WatchedAnnotation {
  private final WatchConfig config;
  private final Annotation annotation;
  private Map<String, SongRef> songs = Map.of();
  private UserMetadata words = new UserMetadata(Map.of());
  private long stamp;

  WatchedAnnotation(WatchConfig config) {
    this.config = config;
    annotation = Annotation.of(config.pipeline().train());
  }

  /**
   * The features of a song of the collection; reads the event log if this instance does not know
   * the song.
   */
  SegmentFeatures with(SegmentFeatures features) throws IOException {
    if (annotation.isNone()) {
      return features;
    }
    if (!songs.containsKey(features.getId())) {
      Map<String, SongRef> there = new HashMap<>();
      for (SongRef song : WatchedFiles.following(config.history().after(0)).songs()) {
        there.put(song.getId(), song);
      }
      songs = there;
    }
    return with(features, songs.get(features.getId()));
  }

  /** The features of a song with the given metadata. */
  SegmentFeatures with(SegmentFeatures features, @Nullable SongRef song) throws IOException {
    if (annotation.isNone() || song == null) {
      return annotation.with(features, null);
    }
    if (config.pipeline().report().writesMetadata()) {
      String data = config.pipeline().report().data();
      long now = UserMetadata.stamp(data);
      if (now != stamp) {
        words = UserMetadata.read(data);
        stamp = now;
      }
    }
    return annotation.with(features, words.of(song));
  }
}
