package org.surmala.pipeline;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;
import org.surmala.decode.WindowDecoder;
import org.surmala.failure.SongException;
import org.surmala.featurize.FeatureExtractor;
import org.surmala.files.WholeFile;
import org.surmala.read.SongIdentifier;
import org.surmala.resample.MonoResampler;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.segment.SegmentWav;
import org.surmala.segment.Segmenter;

/** The four audio stages, one song at a time. */
final class AudioToFeaturesFn extends DoFn<SongRef, SegmentFeatures> {
  private final AudioOptions options;
  private final String processed;
  private final TupleTag<SegmentFeatures> features;
  private final TupleTag<Failure> failures;

  private final Counter done = Metrics.counter("surmala", "decoded");
  private final Counter failed = Metrics.counter("surmala", "failed");
  private final Counter decodeMicros = Metrics.counter("surmala", "micros.decode");
  private final Counter resampleMicros = Metrics.counter("surmala", "micros.resample");
  private final Counter segmentMicros = Metrics.counter("surmala", "micros.segment");
  private final Counter featurizeMicros = Metrics.counter("surmala", "micros.featurize");

  private transient @Nullable Tools tools;

  AudioToFeaturesFn(
      AudioOptions options,
      String processed,
      TupleTag<SegmentFeatures> features,
      TupleTag<Failure> failures) {
    this.options = options;
    this.processed = processed;
    this.features = features;
    this.failures = failures;
  }

  private record Tools(
      WindowDecoder decoder,
      MonoResampler resampler,
      Segmenter segmenter,
      FeatureExtractor extractor) {}

  @Setup
  public void setup() {
    tools =
        new Tools(
            new WindowDecoder(options.decode()),
            new MonoResampler(options.sampleRate()),
            new Segmenter(options.segment()),
            new FeatureExtractor(options.features(), options.sampleRate(), options.spec()));
  }

  @ProcessElement
  public void process(@Element SongRef song, MultiOutputReceiver out) throws IOException {
    Tools ready = Objects.requireNonNull(tools);
    try {
      long start = System.nanoTime();
      AudioClip clip = decode(ready.decoder(), song);
      start = lap(decodeMicros, start);
      AudioClip mono = ready.resampler().resample(clip);
      start = lap(resampleMicros, start);
      AudioSegment segment = ready.segmenter().segment(mono);
      byte[] wav = SegmentWav.encode(segment);
      WholeFile.write(processed, song.getId() + ".wav", file -> file.write(wav));
      start = lap(segmentMicros, start);
      SegmentFeatures vector = ready.extractor().extract(segment);
      lap(featurizeMicros, start);
      out.get(features).output(vector);
    } catch (SongException e) {
      failed.inc();
      ListeningProgress.failed();
      out.get(failures).output(e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
    }
    done.inc();
    ListeningProgress.heard();
  }

  /** A file that changed meanwhile is no longer the song; what its decoder made of it is moot. */
  private static AudioClip decode(WindowDecoder decoder, SongRef song) throws SongException {
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
