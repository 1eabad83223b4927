package org.surmala.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import org.surmala.config.Annotation;
import org.surmala.config.AudioOptions;
import org.surmala.config.UsageException;
import org.surmala.embed.SongEmbedder;
import org.surmala.failure.SongException;
import org.surmala.io.CheckpointFile;
import org.surmala.model.InputSpec;
import org.surmala.pipeline.ExtractFeatures;
import org.surmala.pipeline.ExtractFeatures.Extraction;
import org.surmala.pipeline.RunManifest;
import org.surmala.read.SongIdentifier;
import org.surmala.report.SongPoint;
import org.surmala.report.StoredModel;
import org.surmala.schema.Failure;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;
import org.surmala.step.Worker;

/** An audio file outside the collection: decoded, and embedded by a run's model. */
final class QuerySong {
  private final SongRef song;

  private QuerySong(SongRef song) {
    this.song = song;
  }

  /** Identifies a readable file. */
  static QuerySong of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    SongFile found =
        SongFile.newBuilder()
            .setUri(file.toString())
            .setFilepath(file.toString())
            .setSize(attributes.size())
            .setModified(attributes.lastModifiedTime().toMillis())
            .build();
    try {
      return new QuerySong(new SongIdentifier().identify(found));
    } catch (SongException e) {
      throw failed(file.toString(), e);
    }
  }

  /** Its identity. */
  String id() {
    return song.getId();
  }

  /** The song under a run's model. */
  record Embedded(SongPoint point, SegmentFeatures features) {}

  /**
   * Embeds the song by the model of a run.
   *
   * @param results results folder of the run, ending in a slash
   * @throws UsageException if it cannot be decoded, or if the run used a feature table
   */
  Embedded embed(String results, String version) throws IOException {
    AudioOptions options = AudioOptions.of(RunManifest.settings(results));
    ModelCheckpoint checkpoint = StoredModel.of(results, version);
    SongEmbedder embedder = SongEmbedder.of(checkpoint, CheckpointFile.read(checkpoint));
    if (!embedder.spec().equals(options.spec())) {
      throw new UsageException(
          ("%s: its model was fitted on features of version %s, this program extracts"
                  + " version %s; only a run over audio (--songs) by this version can embed %s")
              .formatted(results, embedder.spec(), options.spec(), song.getFilepath()));
    }
    InputSpec inputSpec = embedder.model().inputSpec();
    Annotation annotation =
        new Annotation(
            inputSpec.hasLyrics(),
            inputSpec.column() == null ? List.of() : List.of(inputSpec.column()));
    SegmentFeatures features = extract(options);
    return new Embedded(SongPoint.of(embedder.embed(annotation.with(features, song))), features);
  }

  private SegmentFeatures extract(AudioOptions options) throws IOException {
    Worker<SongRef, SegmentFeatures> steps = ExtractFeatures.fromSound(options, null).worker();
    Extraction made;
    try {
      made = Extraction.of(song, steps);
    } finally {
      steps.close();
    }
    Failure failure = made.failure();
    if (failure != null) {
      throw new UsageException(
          song.getFilepath() + ": " + failure.getCode() + ": " + failure.getMessage());
    }
    return Objects.requireNonNull(made.features());
  }

  private static UsageException failed(String file, SongException e) {
    return new UsageException(file + ": " + e.code().code() + ": " + e.getMessage(), e);
  }
}
