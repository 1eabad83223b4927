package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AVDISCARD_ALL;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BACKWARD;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_COMMENT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_HEARING_IMPAIRED;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_VISUAL_IMPAIRED;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_seek_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.Comparator;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * A file opened by FFmpeg, and the packets of its audio stream.
 *
 * <p>The stream is not probed beyond its header; the first decoded frame gives missing properties.
 */
final class Container implements PacketSource, AutoCloseable {
  private static final int MAX_UNREADABLE = 64;
  private static final int EINVAL = -22;
  private static final int COMMENTARY =
      AV_DISPOSITION_COMMENT | AV_DISPOSITION_HEARING_IMPAIRED | AV_DISPOSITION_VISUAL_IMPAIRED;

  /** The choice of the ffmpeg command: the default stream, then the one with the most channels. */
  private static final Comparator<AVStream> BY_PREFERENCE =
      Comparator.<AVStream>comparingInt(stream -> stream.disposition() & AV_DISPOSITION_DEFAULT)
          .thenComparing(stream -> (stream.disposition() & COMMENTARY) == 0)
          .thenComparingInt(stream -> stream.codecpar().ch_layout().nb_channels());

  private final SongInput input;
  private final FileSignature magic;
  private final boolean endsEarly;
  private final boolean ignoreLength;
  private AVFormatContext format;
  private AVStream stream;

  /**
   * Opens a file.
   *
   * @param endsEarly whether the file is known to end before its own structure does
   * @param ignoreLength whether the audio of a WAV file continues to the end of the file whatever
   *     its header says
   * @throws SongException if the format is unknown, the header is broken, or there is no audio
   */
  Container(SongInput input, FileSignature magic, boolean endsEarly, boolean ignoreLength)
      throws SongException {
    this.input = input;
    this.magic = magic;
    this.endsEarly = endsEarly;
    this.ignoreLength = ignoreLength;
    this.format = open();
    boolean done = false;
    try {
      this.stream = soundOf(format);
      done = true;
    } finally {
      if (!done) {
        avformat_close_input(format);
      }
    }
  }

  private AVFormatContext open() throws SongException {
    AVFormatContext format = avformat_alloc_context();
    input.attachTo(format);
    format.max_streams(256);
    AVInputFormat forced = magic.demuxer() == null ? null : av_find_input_format(magic.demuxer());
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "format_whitelist", FfmpegLibrary.DEMUXERS, 0);
    av_dict_set(options, "protocol_whitelist", "none", 0);
    if (ignoreLength) {
      av_dict_set(options, "ignore_length", "1", 0);
    }
    int opened = avformat_open_input(format, (String) null, forced, options);
    av_dict_free(options);
    if (opened < 0) {
      // FFmpeg has freed the context.
      input.check();
      throw refusal(opened);
    }
    return format;
  }

  private SongException refusal(int error) {
    if (magic.name() == null || (error == EINVAL && magic.demuxer() == null)) {
      return new SongException(
          FailureCode.NOT_AUDIO,
          "unknown audio format, whatever the file name says; convert or delete the file");
    }
    if (endsEarly || input.reachedEnd()) {
      return new SongException(
          FailureCode.TRUNCATED,
          "begins like "
              + magic.name()
              + " and ends before its index; copy or download the whole file");
    }
    return new SongException(
        FailureCode.BAD_HEADER,
        "begins like %s, but: %s; encode it again"
            .formatted(magic.name(), FfmpegLibrary.message(error)));
  }

  private static AVStream soundOf(AVFormatContext format) throws SongException {
    AVStream sound = null;
    for (int i = 0; i < format.nb_streams(); i++) {
      AVStream candidate = format.streams(i);
      if (candidate.codecpar().codec_type() == AVMEDIA_TYPE_AUDIO
          && (sound == null || BY_PREFERENCE.compare(candidate, sound) > 0)) {
        sound = candidate;
      }
    }
    if (sound == null) {
      throw new SongException(
          FailureCode.NO_AUDIO_STREAM,
          "a %s file with %s streams, none of them audio"
              .formatted(format.iformat().name().getString(), format.nb_streams()));
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      if (i != sound.index()) {
        format.streams(i).discard(AVDISCARD_ALL);
      }
    }
    return sound;
  }

  /** FFmpeg's name of the format, or its names separated by commas. */
  String name() {
    return format.iformat().name().getString();
  }

  AVCodecParameters parameters() {
    return stream.codecpar();
  }

  Tags tags() {
    return Tags.of(format.metadata(), stream.metadata());
  }

  /** The duration in the header, in units; -1 if it has none. */
  long declaredLength() {
    long own = stream.duration();
    if (own != AV_NOPTS_VALUE && own > 0) {
      return own;
    }
    long whole = format.duration();
    if (whole == AV_NOPTS_VALUE || whole <= 0) {
      return -1;
    }
    return (long) (whole / 1e6 * unitDenominator() / unitNumerator());
  }

  @Override
  public int unitNumerator() {
    return Math.max(1, stream.time_base().num());
  }

  @Override
  public int unitDenominator() {
    return Math.max(1, stream.time_base().den());
  }

  @Override
  public boolean seek(long time) throws SongException {
    int result = av_seek_frame(format, stream.index(), time, AVSEEK_FLAG_BACKWARD);
    input.check();
    return result >= 0;
  }

  /** Opens the file again: the only way back to the first packet that works with every demuxer. */
  @Override
  public boolean rewind() throws SongException {
    avformat_close_input(format);
    input.rewind();
    format = open();
    stream = soundOf(format);
    return true;
  }

  @Override
  public boolean next(AVPacket packet) throws SongException {
    for (int failures = 0; failures < MAX_UNREADABLE; ) {
      int result = av_read_frame(format, packet);
      input.check();
      if (result == AVERROR_EOF()) {
        return false;
      }
      if (result < 0) {
        failures++;
      } else if (packet.stream_index() == stream.index()) {
        return true;
      } else {
        av_packet_unref(packet);
      }
    }
    return false;
  }

  @Override
  public void close() {
    // Does nothing if opening again has failed.
    avformat_close_input(format);
  }
}
