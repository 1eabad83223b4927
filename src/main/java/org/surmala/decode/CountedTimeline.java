package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avutil.av_rescale;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_rnd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.surmala.failure.SongException;

/**
 * The timeline of a song without reliable time stamps, or with a change of sample rate or channels:
 * the whole song is decoded from its start, and samples are counted.
 *
 * <p>The song's rate and channels are those of most of its duration, so that the music is not
 * resampled because of a jingle. Frames with this rate and channels are used unchanged; others are
 * converted by a {@link FrameConverter}. A piece of n samples at another rate takes n × rate / its
 * rate samples, rounded up; the next piece begins there.
 */
final class CountedTimeline {
  /** The format of consecutive frames. */
  private record Kind(int sampleRate, int channels) {}

  private record Piece(Kind kind, long samples) {}

  private final SoundDecoder decoder;
  private final PacketSource source;
  private final List<Piece> pieces = new ArrayList<>();
  private final Kind main;
  private final long delay;
  private final long length;

  /** Decodes the song once, to measure it without the encoder's delay in coded samples. */
  CountedTimeline(SoundDecoder decoder, PacketSource source, int delay) throws SongException {
    this.decoder = decoder;
    this.source = source;
    source.rewind();
    decoder.flush();
    decoder.run(
        source,
        frame -> {
          Kind kind = new Kind(frame.sample_rate(), frame.ch_layout().nb_channels());
          int last = pieces.size() - 1;
          if (last >= 0 && pieces.get(last).kind.equals(kind)) {
            pieces.set(last, new Piece(kind, pieces.get(last).samples + frame.nb_samples()));
          } else {
            pieces.add(new Piece(kind, frame.nb_samples()));
          }
          return true;
        });
    Map<Kind, Double> seconds = new HashMap<>();
    for (Piece piece : pieces) {
      seconds.merge(piece.kind, piece.samples / (double) piece.kind.sampleRate, Double::sum);
    }
    main =
        seconds.entrySet().stream()
            .max(
                Map.Entry.<Kind, Double>comparingByValue()
                    .thenComparing(
                        Map.Entry.comparingByKey(
                            Comparator.comparingInt(Kind::sampleRate)
                                .thenComparingInt(Kind::channels))))
            .map(Map.Entry::getKey)
            .orElse(new Kind(0, 0));
    this.delay =
        pieces.isEmpty() ? 0 : av_rescale(delay, main.sampleRate, pieces.get(0).kind.sampleRate);
    this.length = start(pieces.size());
  }

  /** Hz; 0 if nothing could be decoded. */
  int sampleRate() {
    return main.sampleRate;
  }

  int channels() {
    return main.channels;
  }

  /** Samples at {@link #sampleRate}. */
  long length() {
    return length;
  }

  private long start(int piece) {
    long start = -delay;
    for (Piece before : pieces.subList(0, piece)) {
      start += av_rescale_rnd(before.samples, main.sampleRate, before.kind.sampleRate, 3);
    }
    return start;
  }

  /** Decodes the song again, up to the end of the buffer. */
  void fill(SampleBuffer buffer) throws SongException {
    source.rewind();
    decoder.flush();
    try (FrameConverter converter = new FrameConverter(main.sampleRate, main.channels)) {
      int[] piece = {0};
      long[] decoded = {0};
      long[] position = {start(0)};
      SoundDecoder.FrameSink sink =
          frame -> {
            buffer.add(frame, position[0]);
            position[0] += frame.nb_samples();
            return !buffer.isFull();
          };
      boolean ended =
          decoder.run(
              source,
              frame -> {
                if (decoded[0] == pieces.get(piece[0]).samples && piece[0] + 1 < pieces.size()) {
                  if (!converter.flush(sink)) {
                    return false;
                  }
                  piece[0]++;
                  decoded[0] = 0;
                  position[0] = start(piece[0]);
                }
                decoded[0] += frame.nb_samples();
                // After a rewind, the MP3 decoder gives its first frame the rate of the last one.
                frame.sample_rate(pieces.get(piece[0]).kind.sampleRate);
                return converter.convert(frame, sink);
              });
      if (ended) {
        converter.flush(sink);
      }
    }
  }
}
