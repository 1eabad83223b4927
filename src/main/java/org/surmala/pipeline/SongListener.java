package org.surmala.pipeline;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.surmala.failure.SongException;
import org.surmala.files.WholeFile;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.segment.SegmentWav;

/**
 * The four audio stages inside a pipeline, for one song after another, on one thread: counts each
 * stage's time, and keeps the segments.
 */
final class SongListener {
  private final boolean keeps;
  private final String processed;
  private final SongEars ears;
  private final Map<String, Counter> micros =
      Map.of(
          "decode", Metrics.counter("surmala", "micros.decode"),
          "resample", Metrics.counter("surmala", "micros.resample"),
          "segment", Metrics.counter("surmala", "micros.segment"),
          "featurize", Metrics.counter("surmala", "micros.featurize"));

  /**
   * @param options of the four stages
   * @param processed folder for the segments, ending in a slash
   */
  SongListener(AudioOptions options, String processed) {
    this.keeps = options.keepsSegments();
    this.processed = processed;
    this.ears = new SongEars(options);
  }

  /**
   * Listens to a song; where segments are kept, its own is written to {@code <processed>/<id>.wav}.
   *
   * @throws SongException when a stage has to give it up
   * @throws IOException when the segment cannot be written
   */
  SegmentFeatures listen(SongRef song) throws SongException, IOException {
    return ears.listen(song, new Laps(song.getId()));
  }

  private final class Laps implements SongEars.Listener {
    private final String id;
    private long start = System.nanoTime();

    Laps(String id) {
      this.id = id;
    }

    @Override
    public void done(String stage) {
      long now = System.nanoTime();
      Objects.requireNonNull(micros.get(stage)).inc((now - start) / 1_000);
      start = now;
    }

    @Override
    public void segment(AudioSegment segment) throws IOException {
      if (keeps) {
        byte[] wav = SegmentWav.encode(segment);
        WholeFile.write(processed, id + ".wav", file -> file.write(wav));
      }
    }
  }
}
