package org.surmala.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.surmala.io.CsvFile;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.ClusteringMetrics;
import org.surmala.schema.Estimate;
import org.surmala.schema.Failure;
import org.surmala.schema.LatentDiagnostics;
import org.surmala.schema.ModelCheckpoint;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongRef;

/**
 * The tables of a run: CSV (RFC 4180) in UTF-8 with a header line; a field is empty if its value is
 * unknown or withheld. Numbers are written so that they are read back unchanged.
 */
public final class ResultTables {
  /** Columns of assignments.csv. */
  public static final List<String> ASSIGNMENTS =
      CsvFile.columns(
          "id,filepath,language,title,artist,cluster,cluster_name,distance,novelty,"
              + "silhouette,x,y,model,bpm,key,camelot,group,group_name");

  /** Columns of clustering_metrics.csv. */
  public static final List<String> METRICS =
      CsvFile.columns(
          "run,representation,clusterer,k,n_songs,silhouette,davies_bouldin,"
              + "calinski_harabasz,nmi,nmi_low,nmi_high,ari,ari_low,ari_high,ami,ami_low,"
              + "ami_high,purity,purity_low,purity_high,majority_rate,majority_rate_low,"
              + "majority_rate_high,stability,active_dims,noise_share,largest_cluster_share,"
              + "flags,reconstruction_r2,group_r2,kl_per_dimension,least_cluster_stability,"
              + "compared,group_stability,silhouette_low,silhouette_high");

  /** The table of skipped files. */
  static final String SKIPPED_FILE = "skipped.csv";

  /** The table of failures. */
  static final String FAILURES_FILE = "failures.csv";

  /** The table of found songs. */
  static final String METADATA_FILE = "metadata.csv";

  /** Columns of failures.csv. */
  public static final List<String> FAILURES =
      List.of("id", "filepath", "stage", "code", "message", "transient");

  /** Columns of metadata.csv. */
  public static final List<String> METADATA =
      CsvFile.columns(
          "id,filepath,language,title,lyrics,artist,duration_s,sample_rate,channels,codec,"
              + "bit_rate,loudness_lufs,mix,album,genre,title_source");

  private ResultTables() {}

  /**
   * Writes clustering_metrics.csv in the given order, each row with the diagnostics of its model.
   */
  static void writeMetrics(
      ReportOptions options, List<ClusteringMetrics> metrics, List<ModelCheckpoint> checkpoints)
      throws IOException {
    List<ClusteringMetrics> compared = ComparedRows.of(options, metrics);
    Map<String, LatentDiagnostics> diagnostics = new HashMap<>();
    for (ModelCheckpoint checkpoint : checkpoints) {
      if (checkpoint.getDiagnostics() != null) {
        diagnostics.put(checkpoint.getName(), checkpoint.getDiagnostics());
      }
    }
    CsvFile.write(
        options.results(),
        "clustering_metrics.csv",
        METRICS,
        csv -> {
          for (ClusteringMetrics m : metrics) {
            csv.print(m.getRun());
            csv.print(m.getRepresentation());
            csv.print(m.getClusterer());
            csv.print(m.getK());
            csv.print(m.getSongs());
            csv.print(number(m.getSilhouette()));
            csv.print(number(m.getDaviesBouldin()));
            csv.print(number(m.getCalinskiHarabasz()));
            for (Estimate estimate :
                List.of(m.getNmi(), m.getAri(), m.getAmi(), m.getPurity(), m.getMajorityRate())) {
              csv.print(number(estimate.getValue()));
              csv.print(number(estimate.getLow()));
              csv.print(number(estimate.getHigh()));
            }
            csv.print(number(m.getStability()));
            csv.print(m.getActiveDimensions());
            csv.print(number(m.getNoiseShare()));
            csv.print(number(m.getLargestClusterShare()));
            csv.print(m.getFlags());
            LatentDiagnostics latent = diagnostics.get(m.getRepresentation());
            csv.print(latent == null ? null : number(latent.getReconstructionR2()));
            csv.print(latent == null ? null : groups(latent));
            csv.print(latent == null ? null : dimensions(latent));
            csv.print(number(m.getLeastClusterStability()));
            csv.print(compared.contains(m));
            csv.print(number(m.getGroupStability()));
            csv.print(number(m.getSilhouetteLow()));
            csv.print(number(m.getSilhouetteHigh()));
            csv.println();
          }
        });
  }

  /** Writes skipped files in the given order. */
  static void writeSkipped(String folder, String file, List<SkippedFile> skipped)
      throws IOException {
    CsvFile.write(
        folder,
        file,
        List.of("filepath", "reason"),
        csv -> {
          for (SkippedFile left : skipped) {
            csv.printRecord(left.getFilepath(), left.getReason().name().toLowerCase(Locale.ROOT));
          }
        });
  }

  /** Writes failures in the given order. */
  static void writeFailures(String folder, String file, List<Failure> failures) throws IOException {
    CsvFile.write(
        folder,
        file,
        FAILURES,
        csv -> {
          for (Failure f : failures) {
            csv.printRecord(
                f.getId(),
                f.getFilepath(),
                f.getStage().name().toLowerCase(Locale.ROOT),
                f.getCode(),
                f.getMessage(),
                f.getIsTransient());
          }
        });
  }

  /**
   * Writes metadata: one row for each found song, in the given order. Audio properties of failed
   * songs are empty.
   */
  static void writeMetadata(
      String folder, String file, List<SongRef> songs, Map<String, ReportedSong> audio)
      throws IOException {
    CsvFile.writeEditable(
        folder,
        file,
        METADATA,
        csv -> {
          for (SongRef found : songs) {
            ReportedSong known = audio.get(found.getId());
            SongRef song = known == null ? found : known.song();
            AudioInfo info = known == null ? null : known.info();
            csv.printRecord(
                song.getId(),
                song.getFilepath(),
                song.getLanguage(),
                song.getTitle(),
                song.getLyrics(),
                song.getArtist(),
                info == null ? null : String.format(Locale.ROOT, "%.3f", info.getDurationSeconds()),
                info == null ? null : info.getSampleRate(),
                info == null ? null : info.getChannels(),
                info == null ? null : info.getCodec(),
                info == null || info.getBitRate() == 0 ? null : info.getBitRate(),
                known == null ? null : String.format(Locale.ROOT, "%.2f", known.loudnessLufs()),
                info == null || info.getChannels() == 0 ? null : info.getMix(),
                song.getAlbum(),
                info == null ? null : info.getGenre(),
                known == null ? null : known.titleSource().label());
          }
        });
  }

  /** group=value pairs, ascending by name. */
  private static String groups(LatentDiagnostics latent) {
    return new TreeMap<>(latent.getGroupR2())
        .entrySet().stream()
            .map(group -> group.getKey() + "=" + group.getValue())
            .collect(Collectors.joining(";"));
  }

  private static String dimensions(LatentDiagnostics latent) {
    return latent.getKlPerDimension().stream()
        .map(String::valueOf)
        .collect(Collectors.joining(";"));
  }

  /** A number as text that reads back to the same value; null for null. */
  static @Nullable String number(@Nullable Double value) {
    return value == null || value.isNaN() ? null : value.toString();
  }
}
