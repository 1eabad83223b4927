package org.surmala.pipeline;

import java.io.IOException;
import org.surmala.decode.WindowDecoder;
import org.surmala.failure.SongException;
import org.surmala.featurize.FeatureExtractor;
import org.surmala.read.SongIdentifier;
import org.surmala.resample.MonoResampler;
import org.surmala.schema.AudioClip;
import org.surmala.schema.AudioSegment;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.segment.Segmenter;

/** The pure functions of the four audio stages, one after another. For one thread. */
final class SongEars {
  private final WindowDecoder decoder;
  private final MonoResampler resampler;
  private final Segmenter segmenter;
  private final FeatureExtractor extractor;

  SongEars(AudioOptions options) {
    decoder = new WindowDecoder(options.decode());
    resampler = new MonoResampler(options.sampleRate());
    segmenter = new Segmenter(options.segment());
    extractor = new FeatureExtractor(options.features(), options.sampleRate(), options.spec());
  }

  /** Is told how a song gets on. */
  interface Listener {
    /** A stage is done. */
    void done(String stage);

    /** The segment is there; called before its stage counts as done. */
    void segment(AudioSegment segment) throws IOException;
  }

  /**
   * The features of a song.
   *
   * @throws SongException when a stage gives it up
   */
  SegmentFeatures listen(SongRef song, Listener listener) throws SongException, IOException {
    AudioClip clip = decode(song);
    listener.done("decode");
    AudioClip mono = resampler.resample(clip);
    listener.done("resample");
    AudioSegment segment = segmenter.segment(mono);
    listener.segment(segment);
    listener.done("segment");
    SegmentFeatures features = extractor.extract(segment);
    listener.done("featurize");
    return features;
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
}
