package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_flush_buffers;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/** A decoder for one song on one thread: from packets to frames of samples. */
final class SoundDecoder implements AutoCloseable {
  private static final int MAX_FRAME_SAMPLES = 1 << 22;

  /** Receives decoded frames. */
  @FunctionalInterface
  interface FrameSink {
    /** Receives a frame, which is valid only during the call; returns whether to continue. */
    boolean take(AVFrame frame) throws SongException;
  }

  private final AVCodecContext codec;
  private final String name;
  private final Deadline deadline;
  private final AVPacket packet = av_packet_alloc();
  private final AVFrame frame = av_frame_alloc();
  private long errors;
  private long packetOffset = -1;

  /**
   * Opens the decoder.
   *
   * @throws SongException if there is none, the header exceeds the limits of the options, or the
   *     decoder refuses the header
   */
  SoundDecoder(
      AVCodecParameters parameters, PacketSource source, DecodeOptions options, Deadline deadline)
      throws SongException {
    this.deadline = deadline;
    this.name = avcodec_get_name(parameters.codec_id()).getString();
    checkLimits(parameters.ch_layout().nb_channels(), parameters.sample_rate(), options);
    AVCodec found = FfmpegLibrary.decoder(parameters.codec_id());
    this.codec = avcodec_alloc_context3(found);
    boolean done = false;
    try {
      if (found == null) {
        throw new SongException(
            FailureCode.CORRUPT, "coded as " + name + ", which is not supported; convert the file");
      }
      int refused = avcodec_parameters_to_context(codec, parameters);
      codec.pkt_timebase(av_make_q(source.unitNumerator(), source.unitDenominator()));
      codec.thread_count(1);
      codec.max_samples(MAX_FRAME_SAMPLES);
      if (refused >= 0) {
        refused = avcodec_open2(codec, found, (AVDictionary) null);
      }
      if (refused < 0) {
        throw new SongException(
            FailureCode.BAD_HEADER,
            "the " + name + " decoder refuses the header: " + FfmpegLibrary.message(refused));
      }
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /**
   * Refuses a header that exceeds the limits.
   *
   * @param channels 0 if unknown
   * @param sampleRate Hz; 0 if unknown
   */
  static void checkLimits(int channels, int sampleRate, DecodeOptions options)
      throws SongException {
    if (channels < 0 || channels > options.maxChannels()) {
      throw new SongException(
          FailureCode.BAD_HEADER,
          "the header says %s channels; at most %s are decoded (decode.max_channels)"
              .formatted(Integer.toUnsignedString(channels), options.maxChannels()));
    }
    if (sampleRate < 0 || sampleRate > options.maxSampleRate()) {
      throw new SongException(
          FailureCode.BAD_HEADER,
          "the header says %s Hz; at most %s Hz are decoded (decode.max_sample_rate)"
              .formatted(Integer.toUnsignedString(sampleRate), options.maxSampleRate()));
    }
  }

  /** FFmpeg's name of the codec. */
  String codec() {
    return name;
  }

  /** Number of packets that could not be decoded since opening. */
  long errors() {
    return errors;
  }

  /** File offset of the last decoded packet, or of its page. */
  long packetOffset() {
    return packetOffset;
  }

  /** Resets the decoder's state, for packets from another position. */
  void flush() {
    avcodec_flush_buffers(codec);
  }

  /**
   * Decodes packets until the sink has enough or the source ends, when the decoder is drained;
   * returns whether the source ended.
   */
  boolean run(PacketSource source, FrameSink sink) throws SongException {
    while (true) {
      deadline.check();
      boolean more = source.next(packet);
      packetOffset = more ? packet.pos() : packetOffset;
      try {
        int sent = avcodec_send_packet(codec, more ? packet : null);
        if (sent < 0 && more) {
          errors++;
        }
      } finally {
        av_packet_unref(packet);
      }
      if (!drain(sink)) {
        return false;
      }
      if (!more) {
        return true;
      }
    }
  }

  private boolean drain(FrameSink sink) throws SongException {
    while (true) {
      int received = avcodec_receive_frame(codec, frame);
      if (received == AVERROR_EAGAIN() || received == AVERROR_EOF()) {
        return true;
      }
      if (received < 0) {
        errors++;
        return true;
      }
      try {
        if (frame.nb_samples() > 0 && !sink.take(frame)) {
          return false;
        }
      } finally {
        av_frame_unref(frame);
      }
      deadline.check();
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(codec);
  }
}
