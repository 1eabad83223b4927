package org.surmala.config;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.surmala.io.SongTitle;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.train.TrainOptions;

/**
 * The inputs of models besides audio: lyrics and labels. Lyrics from the user (metadata.csv, a file
 * beside the song) replace those in the tags; a label comes from the song's row of the metadata, or
 * is one of {@link #KNOWN}.
 *
 * @param lyrics whether a model reads lyrics
 */
public record Annotation(boolean lyrics, List<String> columns) implements Serializable {
  /** Columns that every audio collection has, even without a metadata.csv. */
  static final List<String> KNOWN =
      List.of("language", "artist", "codec", "sample_rate", "channels");

  public Annotation {
    columns = List.copyOf(columns);
  }

  /** The annotation that the models of these options read. */
  public static Annotation of(TrainOptions train) {
    return new Annotation(train.readsLyrics(), train.columns());
  }

  /** Whether no model reads anything besides audio. */
  public boolean isNone() {
    return !lyrics && columns.isEmpty();
  }

  /** Columns that exist only in the user's metadata. */
  public static List<String> further(List<String> columns) {
    return columns.stream().filter(column -> !KNOWN.contains(column)).toList();
  }

  /** Adds lyrics and labels to features, from the user's metadata if there is any. */
  public SegmentFeatures with(SegmentFeatures features, @Nullable SongRef song) {
    String given = song == null || !lyrics ? null : song.getLyrics();
    Map<String, String> labels = new TreeMap<>();
    for (String column : columns) {
      String label = label(column, features.getInfo(), song);
      if (label != null && !label.isBlank()) {
        labels.put(column, label);
      }
    }
    if (given == null && labels.isEmpty()) {
      return features;
    }
    SegmentFeatures.Builder annotated = SegmentFeatures.newBuilder(features).setLabels(labels);
    if (given != null) {
      annotated.setInfo(AudioInfo.newBuilder(features.getInfo()).setLyrics(given).build());
    }
    return annotated.build();
  }

  private static @Nullable String label(String column, AudioInfo info, @Nullable SongRef song) {
    String given = song == null ? null : song.getLabels().get(column);
    if (given != null) {
      return given;
    }
    return switch (column) {
      case "language" -> song == null ? null : song.getLanguage();
      case "artist" -> SongTitle.artist(song, info);
      case "codec" -> info.getCodec();
      case "sample_rate" ->
          info.getSampleRate() > 0 ? Integer.toString(info.getSampleRate()) : null;
      case "channels" -> info.getChannels() > 0 ? Integer.toString(info.getChannels()) : null;
      default -> null;
    };
  }
}
