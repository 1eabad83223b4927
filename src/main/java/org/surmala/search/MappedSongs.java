package org.surmala.search;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.surmala.config.UsageException;
import org.surmala.report.ClusterNames;
import org.surmala.report.EditedClusters;
import org.surmala.report.ReportedSong;
import org.surmala.report.ReportedSongs;
import org.surmala.report.SongPoint;
import org.surmala.report.StoredClusters;
import org.surmala.report.StoredPoints;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.SongRef;

/**
 * The clustered songs of a run with their embeddings under the primary model, read from the
 * records.
 *
 * @param songs songs, ascending by id
 * @param index index of their embeddings, one for each song
 */
public record MappedSongs(List<KnownSong> songs, EmbeddingIndex index, String modelVersion) {
  /**
   * Reads a results folder.
   *
   * @param results the results folder, ending in a slash
   * @param data the data folder, ending in a slash
   * @throws UsageException if it has no results of a run
   * @throws IOException if a file cannot be read, or the records contradict each other
   */
  public static MappedSongs read(String results, String data) throws IOException {
    List<KnownSong> songs = new ArrayList<>();
    String version = "";
    try {
      Map<String, ReportedSong> reported = ReportedSongs.read(results);
      EditedClusters clusters = StoredClusters.edited(results, data);
      ClusterNames names = clusters.names();
      for (ClusterAssignment assignment : clusters.assignments()) {
        int cluster = assignment.getCluster();
        ReportedSong known =
            Objects.requireNonNull(reported.get(assignment.getId()), assignment.getId());
        SongRef song = known.song();
        songs.add(
            new KnownSong(
                song.getId(),
                song.getFilepath(),
                Objects.requireNonNull(song.getTitle()),
                song.getArtist(),
                ClusterNames.letter(cluster),
                names.of(cluster),
                assignment.getDistance(),
                known.bpm(),
                known.key(),
                group(names, assignment),
                album(song),
                known.info().getDurationSeconds()));
        version = assignment.getModelVersion();
      }
    } catch (FileNotFoundException e) {
      throw new UsageException(
          "--results "
              + results
              + " has no results of a run; first run: surmala run --songs PATH --results "
              + results,
          e);
    }
    Map<String, SongPoint> points = StoredPoints.read(results, version);
    List<SongPoint> ofSongs = new ArrayList<>();
    for (KnownSong song : songs) {
      SongPoint point = points.get(song.id());
      if (point == null) {
        throw new IOException(
            "%sembeddings.avro has no embedding of song %s under model %s; run again"
                .formatted(results, song.id(), version));
      }
      ofSongs.add(point);
    }
    return new MappedSongs(List.copyOf(songs), EmbeddingIndex.of(ofSongs), version);
  }

  private static KnownSong.@Nullable Group group(ClusterNames names, ClusterAssignment song) {
    String mark = ClusterNames.mark(song);
    Double distance = song.getGroupDistance();
    return mark == null || distance == null
        ? null
        : new KnownSong.Group(mark, Objects.requireNonNull(names.group(song)), distance);
  }

  private static @Nullable String album(SongRef song) {
    if (song.getAlbum() != null) {
      return song.getAlbum();
    }
    String[] names = song.getFilepath().split("/", -1);
    String folder = names.length > 1 ? names[names.length - 2] : "";
    return folder.isEmpty() || folder.equals("..") ? null : folder;
  }
}
