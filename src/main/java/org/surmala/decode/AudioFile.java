package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_AAC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP2;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MP3;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VORBIS;
import static org.bytedeco.ffmpeg.global.avcodec.av_get_exact_bits_per_sample;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale;

import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * An open song: its timeline in samples, and access to any window.
 *
 * <p>Sample 0 is the first sample of a decode of the whole file, after the encoder's delay.
 * Decoding starts some distance before the window, so that the decoder's state is correct at its
 * start; the frames' time stamps, in samples, give their positions.
 *
 * <p>This file is longer than others because length, seek and decode share the timeline of the open
 * file.
 */
final class AudioFile implements AutoCloseable {
  private static final double PREROLL_SECONDS = 0.5;
  private static final double LONG_PREROLL_SECONDS = 1.0;
  private static final double TAIL_SECONDS = 1.0;
  private static final int HEAD_ATTEMPTS = 400;

  private static final Set<String> EXACT_CONTAINERS =
      Set.of("flac", "ogg", "mov", "matroska", "asf", "wv", "ape", "tta");

  /**
   * Codecs with exact windows: a test compares them with FFmpeg's decode of the whole file, sample
   * by sample.
   */
  private static final Set<String> EXACT_CODECS =
      Set.of(
          "aac", "ac3", "alac", "ape", "dts", "eac3", "flac", "mp1", "mp2", "mp3", "opus", "tta",
          "vorbis", "wavpack", "wmav1", "wmav2");

  /** Twice the longest block: FFmpeg's Vorbis time stamps are off by at most half a block. */
  private static final int VORBIS_SLACK = 16_384;

  private static final RiffHeader NO_RIFF = new RiffHeader(-1, -1, false);
  private static final long UNKNOWN = Long.MIN_VALUE;

  /**
   * Smallest missing duration that counts as truncation: encoders count their last frame
   * differently.
   */
  private static final double TOLERANCE_SECONDS = 0.25;

  private final DecodeOptions options;
  private final Deadline deadline;
  private final long fileBytes;
  private final RiffHeader riff;
  private final double asfSeconds;
  private final boolean chained;
  private @Nullable CountedTimeline counted;
  private double otherSeconds;
  private final Container container;
  private final @Nullable FrameIndex index;
  private final PacketSource source;
  private final SoundDecoder decoder;
  private final int codecId;
  private final long codedBitRate;
  private final int presetDelay;

  private int sampleRate;
  private int channels;
  private int firstFrameSamples;
  private int frameSamples;
  private long origin;
  private long firstPacketOffset = -1;
  private long length;
  private long promised;

  /** Opens a song by FFmpeg's input, which the caller closes, and measures its length. */
  AudioFile(SongInput input, ByteWindow bytes, DecodeOptions options, Deadline deadline)
      throws SongException {
    this.options = options;
    this.deadline = deadline;
    this.fileBytes = bytes.size();
    FileSignature magic = FileSignature.of(bytes);
    this.riff = "WAV".equals(magic.name()) ? RiffHeader.of(bytes, magic.start()) : NO_RIFF;
    if (magic.start() >= fileBytes) {
      throw new SongException(
          FailureCode.NO_SAMPLES, "a tag of " + fileBytes + " bytes and no audio after it");
    }
    this.chained = "Ogg".equals(magic.name()) && OggChain.in(bytes, magic.start());
    this.asfSeconds =
        "ASF (WMA)".equals(magic.name()) ? AsfHeader.seconds(bytes, magic.start()) : -1;
    this.container = new Container(input, magic, magic.endsEarly(bytes), riff.tooSmall());
    boolean done = false;
    try {
      AVCodecParameters parameters = container.parameters();
      this.codecId = parameters.codec_id();
      this.codedBitRate = parameters.bit_rate();
      this.presetDelay = parameters.initial_padding();
      this.index = indexOf(bytes, magic);
      this.source = index == null ? container : new FramePackets(bytes, index);
      this.decoder = new SoundDecoder(parameters, source, options, deadline);
      try {
        readHead();
        measure();
        done = true;
      } finally {
        if (!done) {
          decoder.close();
        }
      }
    } finally {
      if (!done) {
        container.close();
      }
    }
  }

  private @Nullable FrameIndex indexOf(ByteWindow bytes, FileSignature magic) throws SongException {
    String name = container.name();
    if (name.equals("aac")) {
      return FrameIndex.of(bytes, FrameHeader.Format.ADTS, magic.start());
    }
    boolean mpeg =
        codecId == AV_CODEC_ID_MP1 || codecId == AV_CODEC_ID_MP2 || codecId == AV_CODEC_ID_MP3;
    // MP3 in a WAV file has no better timeline than an MP3 file.
    return mpeg && (name.equals("mp3") || name.equals("wav"))
        ? FrameIndex.of(bytes, FrameHeader.Format.MPEG, magic.start())
        : null;
  }

  /** Decodes the first frames, for properties that the header lacks and the time of sample 0. */
  private void readHead() throws SongException {
    // The first frame may be shortened by the encoder's delay: the second has the full length.
    int wanted = codecId == AV_CODEC_ID_AAC ? 3 : 2;
    int[] seen = {0, 0};
    PacketSource noting =
        new PacketSource() {
          @Override
          public int unitNumerator() {
            return source.unitNumerator();
          }

          @Override
          public int unitDenominator() {
            return source.unitDenominator();
          }

          @Override
          public boolean seek(long time) throws SongException {
            return source.seek(time);
          }

          @Override
          public boolean rewind() throws SongException {
            return source.rewind();
          }

          @Override
          public boolean next(AVPacket packet) throws SongException {
            boolean got = seen[1]++ < HEAD_ATTEMPTS && source.next(packet);
            if (got && firstPacketOffset < 0) {
              firstPacketOffset = packet.pos();
            }
            return got;
          }
        };
    decoder.run(
        noting,
        frame -> {
          if (seen[0] == 0) {
            origin = frame.pts() == AV_NOPTS_VALUE ? 0 : frame.pts();
            firstFrameSamples = frame.nb_samples();
          }
          sampleRate = frame.sample_rate();
          channels = frame.ch_layout().nb_channels();
          frameSamples = frame.nb_samples();
          return ++seen[0] < wanted;
        });
    if (seen[0] == 0) {
      throw soundless();
    }
    SoundDecoder.checkLimits(channels, sampleRate, options);
    if (channels == 0 || sampleRate == 0) {
      throw new SongException(
          FailureCode.BAD_HEADER, "says " + channels + " channels at " + sampleRate + " Hz");
    }
    if (index != null) {
      origin = index.delay();
    }
  }

  private SongException soundless() {
    if (decoder.errors() > 0) {
      return new SongException(
          FailureCode.CORRUPT, "none of the first " + decoder.errors() + " packets can be decoded");
    }
    // The length of an Ogg file is that of its existing pages.
    boolean announced = index == null && !container.name().equals("ogg");
    long declared = announced ? container.declaredLength() : -1;
    double seconds =
        declared * (double) source.unitNumerator() / Math.max(1, source.unitDenominator());
    if (seconds > TOLERANCE_SECONDS || riff.dataBytes() > 0) {
      return new SongException(
          FailureCode.TRUNCATED,
          "the header promises audio, and the file has none; copy or download the whole file");
    }
    return new SongException(FailureCode.NO_SAMPLES, "the audio stream has no samples");
  }

  private void measure() throws SongException {
    if (chained || (index != null ? index.isSpliced() : !hasExactStamps())) {
      count();
      return;
    }
    if (index != null) {
      int scale = Math.max(1, sampleRate / index.sampleRate());
      length = index.samples() * scale;
      promised = Math.max(length, index.announcedSamples() * scale);
      return;
    }
    long declared = container.declaredLength();
    long declaredSamples = declared < 0 ? -1 : samples(declared);
    int bits = av_get_exact_bits_per_sample(codecId);
    if (bits > 0 && channels > 0 && firstPacketOffset >= 0) {
      long there = (fileBytes - firstPacketOffset) * 8 / ((long) bits * channels);
      boolean believed = declaredSamples >= 0 && !riff.tooSmall();
      length = believed ? Math.min(there, declaredSamples) : there;
      if (riff.dataBytes() > 0) {
        declaredSamples = riff.dataBytes() * 8 / ((long) bits * channels);
      }
    } else if (container.name().equals("ogg") && declaredSamples > 0) {
      // FFmpeg reads the last page's granule position, which includes Opus's pre-skip.
      length = declaredSamples - (codecId == AV_CODEC_ID_OPUS ? presetDelay : 0);
    } else {
      length = end(declaredSamples);
      if (container.name().startsWith("mov") && declaredSamples > 0) {
        // The edit list removes the encoder's padding, which is still in the frames.
        length = Math.min(length, declaredSamples);
      }
    }
    if (changes()) {
      count();
      return;
    }
    long asfSamples = (long) Math.min(asfSeconds * sampleRate, Long.MAX_VALUE / 4.0);
    promised = Math.max(length, Math.max(declaredSamples, asfSamples));
    if (length <= 0) {
      throw soundless();
    }
  }

  /** The song's end: decodes the last second or, if that fails, reads all packets. */
  private long end(long declared) throws SongException {
    if (declared > 0) {
      long start = Math.max(0, declared - (long) (TAIL_SECONDS * sampleRate));
      long end = endFrom(start);
      if (end > start) {
        return end;
      }
    }
    return scan();
  }

  /** Decodes the whole song to count its samples, if time stamps do not give them. */
  private void count() throws SongException {
    counted = new CountedTimeline(decoder, source, index == null ? 0 : index.delay());
    sampleRate = counted.sampleRate();
    channels = counted.channels();
    SoundDecoder.checkLimits(channels, sampleRate, options);
    length = counted.length();
    promised = length;
    long there = fileBytes - Math.max(0, firstPacketOffset);
    if (riff.dataBytes() > there) {
      promised = av_rescale(length, riff.dataBytes(), Math.max(1, there));
    }
    if (length <= 0) {
      throw soundless();
    }
  }

  /**
   * Whether time stamps after a seek are exact. Many demuxers compute them from the bit rate, so
   * only known ones are trusted.
   */
  private boolean hasExactStamps() {
    return decoder.codec().startsWith("pcm_")
        || (EXACT_CODECS.contains(decoder.codec())
            && EXACT_CONTAINERS.stream().anyMatch(container.name()::startsWith));
  }

  private long endFrom(long start) throws SongException {
    if (!source.seek(origin + units(start))) {
      return UNKNOWN;
    }
    decoder.flush();
    long[] end = {UNKNOWN};
    decoder.run(
        source,
        frame -> {
          notesAnother(frame);
          end[0] = position(frame, end[0]) + frame.nb_samples();
          return true;
        });
    return end[0];
  }

  private long scan() throws SongException {
    source.rewind();
    AVPacket packet = av_packet_alloc();
    long last = -1;
    try {
      while (source.next(packet)) {
        if (packet.pts() != AV_NOPTS_VALUE) {
          last = Math.max(last, packet.pts());
        }
        av_packet_unref(packet);
        deadline.check();
      }
    } finally {
      av_packet_free(packet);
    }
    long start = last < 0 ? -1 : samples(last - origin);
    long end = start < 0 ? -1 : endFrom(Math.max(0, start - (long) (TAIL_SECONDS * sampleRate)));
    return Math.max(start, end);
  }

  private long samples(long units) {
    return av_rescale(units, (long) source.unitNumerator() * sampleRate, source.unitDenominator());
  }

  private long units(long samples) {
    return av_rescale(
        samples, source.unitDenominator(), (long) source.unitNumerator() * sampleRate);
  }

  /** The position of a frame's first sample, given the end of the frame before, if any. */
  private long position(AVFrame frame, long expected) {
    if (frame.pts() == AV_NOPTS_VALUE) {
      return expected == UNKNOWN ? 0 : expected;
    }
    long stamped = samples(frame.pts() - origin);
    long resolution =
        Math.max(1, (long) source.unitNumerator() * sampleRate / source.unitDenominator());
    long slack = codecId == AV_CODEC_ID_VORBIS ? VORBIS_SLACK : 2 * resolution;
    if (expected != UNKNOWN && Math.abs(stamped - expected) <= slack) {
      return expected;
    }
    if (resolution > 1 && codecId != AV_CODEC_ID_VORBIS && frameSamples > 2 * resolution) {
      // A time stamp in milliseconds is nearer to the start of its own frame than to any other.
      long frames = Math.round((stamped - firstFrameSamples) / (double) frameSamples);
      return Math.max(0, firstFrameSamples + frames * frameSamples);
    }
    return stamped;
  }

  /** Hz. */
  int sampleRate() {
    return sampleRate;
  }

  int channels() {
    return channels;
  }

  /** Number of samples in the file. */
  long length() {
    return length;
  }

  /** FFmpeg's name of the codec. */
  String codec() {
    return decoder.codec();
  }

  /** Bits per second. */
  long bitRate() {
    if (index != null) {
      return index.bitRate();
    }
    // Tags and pictures precede the first packet.
    long soundBytes = fileBytes - Math.max(0, firstPacketOffset);
    return codedBitRate > 0
        ? codedBitRate
        : Math.round(8.0 * soundBytes * sampleRate / Math.max(1, length));
  }

  Tags tags() {
    return container.tags();
  }

  /**
   * Refuses a song that ends before its header says and before the end of the window, in samples.
   */
  void checkTruncation(long window) throws SongException {
    long tolerance = Math.round(TOLERANCE_SECONDS * sampleRate);
    if (promised > length + tolerance && length < Math.min(window, promised)) {
      throw new SongException(
          FailureCode.TRUNCATED,
          "the file has "
              + seconds(length / (double) sampleRate)
              + " s of the "
              + seconds(promised / (double) sampleRate)
              + " s that its header promises; copy or download the whole file");
    }
  }

  /** Decodes from a sample to the one before another, at most the length. */
  SampleBuffer decode(long from, long to) throws SongException {
    if ((to - from) * 4.0 * channels > options.maxClipBytes()) {
      throw new SongException(
          FailureCode.BAD_HEADER,
          (to - from) + " samples in " + channels + " channels exceed decode.max_clip_bytes");
    }
    SampleBuffer buffer = new SampleBuffer(from, to, channels);
    if (counted != null) {
      counted.fill(buffer);
      return buffer;
    }
    long preroll = preroll();
    for (long start : new long[] {from - preroll, from - preroll - 8L * sampleRate, -1}) {
      if (start <= 0 ? source.rewind() : source.seek(origin + units(start))) {
        decoder.flush();
        boolean filled = fill(buffer, from, start > 0);
        if (changes()) {
          count();
          return buffer;
        }
        if (filled || start <= 0) {
          return buffer;
        }
        buffer = new SampleBuffer(from, to, channels);
      }
    }
    return buffer;
  }

  private long preroll() {
    if (index != null) {
      // Layer III frames may refer to 511 earlier bytes, not counting headers.
      double body = Math.max(4, index.frameBytes() - 40);
      return (8 + (long) Math.ceil(511 / body)) * frameSamples;
    }
    boolean longer = codecId == AV_CODEC_ID_OPUS || codecId == AV_CODEC_ID_VORBIS;
    double seconds = longer ? LONG_PREROLL_SECONDS : PREROLL_SECONDS;
    return av_get_exact_bits_per_sample(codecId) > 0 ? 0 : Math.round(seconds * sampleRate);
  }

  /** Fills the buffer; returns whether decoding started before the window. */
  private boolean fill(SampleBuffer buffer, long from, boolean seeked) throws SongException {
    VorbisPosition place = seeked && codecId == AV_CODEC_ID_VORBIS ? new VorbisPosition() : null;
    long[] next = {UNKNOWN};
    boolean[] fromBefore = {false};
    decoder.run(
        source,
        frame -> {
          long position = position(frame, next[0]);
          if (place != null && !fromBefore[0]) {
            place.take(samples(frame.pts() - origin), frame.nb_samples(), decoder.packetOffset());
            if (place.end() <= from) {
              return true;
            }
            position = place.end() - frame.nb_samples();
            fromBefore[0] = position <= from && place.isSure();
          } else if (next[0] == UNKNOWN) {
            fromBefore[0] = position <= from;
          }
          if (!fromBefore[0]) {
            return false;
          }
          next[0] = position + frame.nb_samples();
          if (!notesAnother(frame) && !buffer.add(frame, position)) {
            throw new SongException(
                FailureCode.CORRUPT, "samples of FFmpeg's format " + frame.format());
          }
          return !buffer.isFull();
        });
    return fromBefore[0];
  }

  /** Whether a frame differs from the first in sample rate or channels; counts such frames. */
  private boolean notesAnother(AVFrame frame) {
    boolean another =
        frame.sample_rate() != sampleRate || frame.ch_layout().nb_channels() != channels;
    otherSeconds += another ? frame.nb_samples() / (double) frame.sample_rate() : 0;
    return another;
  }

  private boolean changes() {
    return otherSeconds > TOLERANCE_SECONDS;
  }

  /** Whether a window can be reached by seeking. */
  boolean seeks() {
    return counted == null;
  }

  /** Whether {@link #decode} found a change of rate or channels and measured the song again. */
  boolean isRemeasured() {
    return counted != null && changes();
  }

  /** Reduces the song's length to what was found. */
  void shorten(long found) {
    length = found;
  }

  private static String seconds(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value);
  }

  @Override
  public void close() {
    decoder.close();
    container.close();
  }
}
