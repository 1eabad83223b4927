package org.surmala.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.surmala.schema.SongRef;

/** The folders of a synthetic run whose songs are files: music/, results/ and data/. */
public final class SyntheticResults {
  /** Bytes of the first song; each further one has one more. */
  public static final int BYTES = 1_000;

  private SyntheticResults() {}

  /** Id of a song, by its number. */
  public static String id(int song) {
    return SyntheticRun.id(song);
  }

  /** The bytes of a song's file, no two alike within 251. */
  public static byte[] bytes(int song) {
    byte[] bytes = new byte[BYTES + song];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i + song) % 251);
    }
    return bytes;
  }

  /**
   * Writes them.
   *
   * @param clusters of the songs, the largest first
   */
  public static void write(Path folder, int songs, int clusters) throws IOException {
    write(folder, songs, clusters, cluster -> cluster);
  }

  /**
   * Likewise, with other numbers of the same clusters.
   *
   * @param numbers the number of each
   */
  static void write(Path folder, int songs, int clusters, IntUnaryOperator numbers)
      throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    SyntheticRun run = new SyntheticRun(songs, clusters, 2, 1);
    run.assignments().forEach(song -> song.setCluster(numbers.applyAsInt(song.getCluster())));
    Files.createDirectories(folder.resolve("music"));
    List<SongRef> refs = run.refs();
    for (int i = 0; i < songs; i++) {
      Path file = folder.resolve("music/" + i + ".mp3");
      Files.write(file, bytes(i));
      refs.set(
          i,
          SongRef.newBuilder(refs.get(i))
              .setUri(file.toString())
              .setFilepath("../music/" + i + ".mp3")
              .setSize(Files.size(file))
              .setModified(Files.getLastModifiedTime(file).toMillis())
              .build());
    }
    String results = folder + "/results/";
    String data = folder + "/data/";
    ResultsFolder.write(new ReportOptions(results, data, "vae", "kmeans", 11), run.records(data));
    Redraw.page(results, data);
  }
}
