package org.surmala.pipeline;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.surmala.decode.WindowDecoder;
import org.surmala.failure.SongException;
import org.surmala.featurize.FeatureExtractor;
import org.surmala.files.WholeFile;
import org.surmala.read.SongIdentifier;
import org.surmala.resample.MonoResampler;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.segment.SegmentWav;
import org.surmala.segment.Segmenter;

/** The four audio stages for one song after another, on one thread. */
final class SongListener {
  private final String processed;
  private final WindowDecoder decoder;
  private final MonoResampler resampler;
  private final Segmenter segmenter;
  private final FeatureExtractor extractor;
  private final Counter decodeMicros = Metrics.counter("surmala", "micros.decode");
  private final Counter resampleMicros = Metrics.counter("surmala", "micros.resample");
  private final Counter segmentMicros = Metrics.counter("surmala", "micros.segment");
  private final Counter featurizeMicros = Metrics.counter("surmala", "micros.featurize");

  /**
   * @param options of the four stages
   * @param processed folder for the segments, ending in a slash
   */
  SongListener(AudioOptions options, String processed) {
    this.processed = processed;
    decoder = new WindowDecoder(options.decode());
    resampler = new MonoResampler(options.sampleRate());
    segmenter = new Segmenter(options.segment());
    extractor = new FeatureExtractor(options.features(), options.sampleRate(), options.spec());
  }

  /**
   * Listens to a song; its segment is also written to {@code <processed>/<id>.wav}.
   *
   * @throws SongException when a stage has to give it up
   * @throws IOException when the segment cannot be written
   */
  SegmentFeatures listen(SongRef song) throws SongException, IOException {
    long start = System.nanoTime();
    AudioClip clip = decode(song);
    start = lap(decodeMicros, start);
    AudioClip mono = resampler.resample(clip);
    start = lap(resampleMicros, start);
    AudioSegment segment = segmenter.segment(mono);
    byte[] wav = SegmentWav.encode(segment);
    WholeFile.write(processed, song.getId() + ".wav", file -> file.write(wav));
    start = lap(segmentMicros, start);
    SegmentFeatures vector = extractor.extract(segment);
    lap(featurizeMicros, start);
    return vector;
  }

  /** A file that changed meanwhile is no longer the song; what its decoder made of it is moot. */
  private AudioClip decode(SongRef song) throws SongException {
    try {
      AudioClip clip = decoder.decode(song);
      SongIdentifier.requireUnchanged(song.getUri(), song.getSize(), song.getModified());
      return clip;
    } catch (SongException failed) {
      SongIdentifier.requireUnchanged(song.getUri(), song.getSize(), song.getModified());
      throw failed;
    }
  }

  private static long lap(Counter micros, long start) {
    long now = System.nanoTime();
    micros.inc((now - start) / 1_000);
    return now;
  }
}
