package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_SPEEX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert_frame;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: FFmpeg opens the file itself, probes it, takes the stream that it calls best and
 * decodes it from its first packet to its last, without a seek.
 */
final class WholeDecode {
  private final int sampleRate;
  private final int channels;
  private final AVFrame converted = av_frame_alloc();
  private float[] samples = new float[1 << 20];
  private int length;

  private WholeDecode(int sampleRate, int channels) {
    this.sampleRate = sampleRate;
    this.channels = channels;
  }

  /** All samples, interleaved, at a rate and number of channels. */
  static float[] of(Path file, int sampleRate, int channels) throws IOException {
    WholeDecode whole = new WholeDecode(sampleRate, channels);
    whole.decode(file);
    av_frame_free(whole.converted);
    return Arrays.copyOf(whole.samples, whole.length);
  }

  private void decode(Path file) throws IOException {
    AVFormatContext format = new AVFormatContext(null);
    check(
        avformat_open_input(format, file.toString(), (AVInputFormat) null, (AVDictionary) null),
        "open");
    check(avformat_find_stream_info(format, (AVDictionary) null), "probe");
    int stream = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0);
    check(stream, "stream");
    int id = format.streams(stream).codecpar().codec_id();
    // FFmpeg's own decoder of Speex, as of 7.1.1, makes 24 s of 12 s at 16 and 32 kHz.
    AVCodec found =
        id == AV_CODEC_ID_SPEEX
            ? avcodec_find_decoder_by_name("libspeex")
            : avcodec_find_decoder(id);
    AVCodecContext codec = avcodec_alloc_context3(found);
    check(avcodec_parameters_to_context(codec, format.streams(stream).codecpar()), "parameters");
    codec.pkt_timebase(format.streams(stream).time_base());
    check(avcodec_open2(codec, found, (AVDictionary) null), "decoder");
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    @Nullable SwrContext resampler = null;
    int rate = 0;
    int layout = 0;
    for (boolean more = true; more; ) {
      more = av_read_frame(format, packet) >= 0;
      if (more && packet.stream_index() != stream) {
        av_packet_unref(packet);
        continue;
      }
      avcodec_send_packet(codec, more ? packet : null);
      av_packet_unref(packet);
      while (avcodec_receive_frame(codec, frame) >= 0) {
        if (rate == 0) {
          // FFmpeg's MP3 decoder sets the rate of a stream behind its first frame, which so has the
          // rate that the probe met last: 44,100 Hz where a jingle of 48,000 Hz was shorter than
          // the probe. The rate of the context is by now that of the frame.
          frame.sample_rate(codec.sample_rate());
        }
        if (rate != frame.sample_rate() || layout != frame.ch_layout().nb_channels()) {
          SwrContext before = resampler;
          if (before != null) {
            convert(before, null);
            swr_free(before);
          }
          resampler = swr_alloc();
          rate = frame.sample_rate();
          layout = frame.ch_layout().nb_channels();
        }
        // swresample compares each frame's layout with the one that it has guessed.
        if (frame.ch_layout().order() == AV_CHANNEL_ORDER_UNSPEC) {
          av_channel_layout_default(frame.ch_layout(), layout);
        }
        convert(Objects.requireNonNull(resampler), frame);
        av_frame_unref(frame);
      }
    }
    if (resampler != null) {
      convert(resampler, null);
      swr_free(resampler);
    }
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(codec);
    avformat_close_input(format);
  }

  private void convert(SwrContext resampler, @Nullable AVFrame frame) throws IOException {
    converted.sample_rate(sampleRate);
    converted.format(AV_SAMPLE_FMT_FLT);
    av_channel_layout_default(converted.ch_layout(), channels);
    check(swr_convert_frame(resampler, converted, frame), "conversion");
    int count = converted.nb_samples() * channels;
    if (length + count > samples.length) {
      samples = Arrays.copyOf(samples, 2 * (length + count));
    }
    if (count > 0) {
      new FloatPointer(converted.extended_data(0)).get(samples, length, count);
    }
    length += count;
    av_frame_unref(converted);
  }

  private static void check(int result, String what) throws IOException {
    if (result < 0) {
      throw new IOException(what + ": " + FfmpegLibrary.message(result));
    }
  }
}
