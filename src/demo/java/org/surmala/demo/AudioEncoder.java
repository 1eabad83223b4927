package org.surmala.demo;

import static java.util.Objects.requireNonNull;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_SAMPLE_FORMAT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_CONFIG_SAMPLE_RATE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_BITEXACT;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_supported_config;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_from_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.av_interleaved_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avformat.avio_close_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_get_dyn_buf;
import static org.bytedeco.ffmpeg.global.avformat.avio_open_dyn_buf;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_free;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_read;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_size;
import static org.bytedeco.ffmpeg.global.avutil.av_audio_fifo_write;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_uninit;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_get_sample_fmt;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc_set_opts2;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;
import static org.bytedeco.ffmpeg.global.swresample.swr_get_out_samples;
import static org.bytedeco.ffmpeg.global.swresample.swr_init;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVAudioFifo;
import org.bytedeco.ffmpeg.avutil.AVChannelLayout;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Writes samples as an audio file, by FFmpeg. The same samples, encoding and tags give the same
 * bytes on the same kind of machine: nothing of the time, the machine or the library's version goes
 * into the file beyond what the codec itself demands.
 *
 * <p>Longer than other files, because it names some 60 functions of FFmpeg.
 */
public final class AudioEncoder {
  private static final int CHUNK = 4096;
  private static final int MAX_CHANNELS = 8;

  private final Encoding encoding;
  private final int channels;
  private final int sampleRate;

  private @Nullable AVFormatContext format;
  private @Nullable AVCodecContext codec;
  private @Nullable AVStream stream;
  private @Nullable AVAudioFifo fifo;
  private @Nullable SwrContext converter;
  private final AVChannelLayout inputLayout = new AVChannelLayout();
  private final AVPacket packet = av_packet_alloc();
  private long written;

  private AudioEncoder(Encoding encoding, int channels, int sampleRate) {
    this.encoding = encoding;
    this.channels = channels;
    this.sampleRate = sampleRate;
  }

  /**
   * Encodes and writes the file, in place of one that may be there. A codec that does not know the
   * sample rate gets the next one that it knows (Opus always 48 kHz); a codec that does not know
   * the number of channels gets stereo.
   *
   * @param file to write; its folder is there
   * @param channels [channels][samples], 1 to 8 of equal length, full scale is 1; the order of more
   *     than two is FFmpeg's default layout (5.1: left, right, centre, low, surround left and
   *     right)
   * @param sampleRate Hz, 1 to 768,000
   * @param tags by FFmpeg's names: title, artist, album, lyrics, …; those with an empty value are
   *     left out
   * @throws IOException when the file cannot be written
   * @throws IllegalArgumentException when the encoder refuses the samples or options
   */
  public static void write(
      Path file, Encoding encoding, float[][] channels, int sampleRate, Map<String, String> tags)
      throws IOException {
    Files.write(file, encode(encoding, channels, sampleRate, tags));
  }

  /** As {@link #write}, into memory. */
  public static byte[] encode(
      Encoding encoding, float[][] channels, int sampleRate, Map<String, String> tags) {
    if (channels.length < 1 || channels.length > MAX_CHANNELS) {
      throw new IllegalArgumentException(
          "channels must be from 1 to " + MAX_CHANNELS + ", but were " + channels.length);
    }
    for (float[] channel : channels) {
      if (channel.length != channels[0].length) {
        throw new IllegalArgumentException(
            "channels must be equally long, but were "
                + channels[0].length
                + " and "
                + channel.length);
      }
    }
    if (sampleRate < 1 || sampleRate > 768_000) {
      throw new IllegalArgumentException(
          "sampleRate must be from 1 to 768000 Hz, but was " + sampleRate);
    }
    av_log_set_level(AV_LOG_QUIET);
    AudioEncoder encoder = new AudioEncoder(encoding, channels.length, sampleRate);
    try {
      return encoder.run(channels, tags);
    } finally {
      encoder.free();
    }
  }

  private byte[] run(float[][] samples, Map<String, String> tags) {
    AVFormatContext container = new AVFormatContext(null);
    check(avformat_alloc_output_context2(container, null, encoding.container(), null), "container");
    format = container;
    container.flags(container.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    AVCodecContext encoder = openCodec(container);
    stream = avformat_new_stream(container, null);
    stream.time_base(av_make_q(1, encoder.sample_rate()));
    check(avcodec_parameters_from_context(stream.codecpar(), encoder), "parameters");
    container.metadata(dictionary(tags));

    AVIOContext io = new AVIOContext(null);
    check(avio_open_dyn_buf(io), "buffer");
    container.pb(io);
    AVDictionary options = dictionary(encoding.containerOptions());
    try {
      check(avformat_write_header(container, options), "header");
    } finally {
      av_dict_free(options);
    }
    feed(samples, encoder);
    check(av_write_trailer(container), "trailer");
    return takeBytes(container);
  }

  private AVCodecContext openCodec(AVFormatContext container) {
    AVCodec found = avcodec_find_encoder_by_name(encoding.codec());
    if (found == null) {
      throw new IllegalArgumentException("this FFmpeg has no encoder " + encoding.codec());
    }
    AVCodecContext opened = avcodec_alloc_context3(found);
    codec = opened;
    opened.sample_rate(nearestRate(supported(opened, AV_CODEC_CONFIG_SAMPLE_RATE)));
    opened.sample_fmt(
        encoding.sampleFormat() == null
            ? supported(opened, AV_CODEC_CONFIG_SAMPLE_FORMAT)[0]
            : av_get_sample_fmt(encoding.sampleFormat()));
    // FFmpeg's own Vorbis encoder refuses anything but stereo, and does not declare it.
    int coded = encoding.codec().equals("vorbis") ? 2 : channels;
    av_channel_layout_default(inputLayout, channels);
    AVChannelLayout layout = new AVChannelLayout();
    av_channel_layout_default(layout, coded);
    check(av_channel_layout_copy(opened.ch_layout(), layout), "channel layout");
    av_channel_layout_uninit(layout);
    opened.time_base(av_make_q(1, opened.sample_rate()));
    opened.flags(opened.flags() | AV_CODEC_FLAG_BITEXACT);
    opened.thread_count(1);
    if ((container.oformat().flags() & AVFMT_GLOBALHEADER) != 0) {
      opened.flags(opened.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
    }
    AVDictionary options = dictionary(encoding.codecOptions());
    try {
      check(avcodec_open2(opened, found, options), "encoder");
    } finally {
      av_dict_free(options);
    }
    return opened;
  }

  /** The values that a codec allows, in its order of preference; empty where it allows all. */
  private static int[] supported(AVCodecContext codec, int what) {
    try (PointerPointer<IntPointer> values = new PointerPointer<>(1);
        IntPointer count = new IntPointer(1)) {
      check(avcodec_get_supported_config(codec, null, what, 0, values, count), "supported values");
      IntPointer known = values.get(IntPointer.class);
      int[] found = new int[known == null ? 0 : count.get()];
      if (known != null) {
        known.get(found);
      }
      return found;
    }
  }

  private int nearestRate(int[] supported) {
    return IntStream.of(supported)
        .filter(rate -> rate >= sampleRate)
        .min()
        .orElse(IntStream.of(supported).max().orElse(sampleRate));
  }

  private void feed(float[][] samples, AVCodecContext encoder) {
    SwrContext resampler = new SwrContext(null);
    check(
        swr_alloc_set_opts2(
            resampler,
            encoder.ch_layout(),
            encoder.sample_fmt(),
            encoder.sample_rate(),
            inputLayout,
            AV_SAMPLE_FMT_FLT,
            sampleRate,
            0,
            null),
        "converter");
    converter = resampler;
    check(swr_init(resampler), "converter");
    AVAudioFifo queue =
        av_audio_fifo_alloc(encoder.sample_fmt(), encoder.ch_layout().nb_channels(), CHUNK);
    fifo = queue;
    int frameSize = encoder.frame_size() > 0 ? encoder.frame_size() : CHUNK;
    int length = samples[0].length;
    float[] interleaved = new float[CHUNK * channels];
    try (FloatPointer chunk = new FloatPointer((long) CHUNK * channels);
        PointerPointer<FloatPointer> input = new PointerPointer<>(1)) {
      input.put(0, chunk);
      for (int start = 0; start < length; start += CHUNK) {
        int count = Math.min(CHUNK, length - start);
        for (int i = 0; i < count; i++) {
          for (int c = 0; c < channels; c++) {
            interleaved[i * channels + c] = samples[c][start + i];
          }
        }
        chunk.position(0).put(interleaved, 0, count * channels);
        convert(resampler, encoder, queue, input, count);
        while (av_audio_fifo_size(queue) >= frameSize) {
          encodeFrame(encoder, queue, frameSize);
        }
      }
    }
    convert(resampler, encoder, queue, null, 0);
    while (av_audio_fifo_size(queue) > 0) {
      encodeFrame(encoder, queue, Math.min(frameSize, av_audio_fifo_size(queue)));
    }
    // Asked to finish what it never began, FFmpeg's Vorbis encoder goes on for ever.
    if (written > 0) {
      check(avcodec_send_frame(encoder, null), "last frame");
      writePackets(encoder);
    }
  }

  private void convert(
      SwrContext resampler,
      AVCodecContext encoder,
      AVAudioFifo queue,
      @Nullable PointerPointer<FloatPointer> input,
      int count) {
    AVFrame frame = frame(encoder, Math.max(1, swr_get_out_samples(resampler, count)));
    try {
      int made = swr_convert(resampler, frame.extended_data(), frame.nb_samples(), input, count);
      check(made, "conversion");
      check(av_audio_fifo_write(queue, frame.extended_data(), made), "queue");
    } finally {
      av_frame_free(frame);
    }
  }

  private void encodeFrame(AVCodecContext encoder, AVAudioFifo queue, int count) {
    AVFrame frame = frame(encoder, count);
    try {
      check(av_audio_fifo_read(queue, frame.extended_data(), count), "queue");
      frame.pts(written);
      written += count;
      check(avcodec_send_frame(encoder, frame), "frame");
    } finally {
      av_frame_free(frame);
    }
    writePackets(encoder);
  }

  private void writePackets(AVCodecContext encoder) {
    AVStream target = requireNonNull(stream);
    while (true) {
      int got = avcodec_receive_packet(encoder, packet);
      if (got == AVERROR_EOF() || got == AVERROR_EAGAIN()) {
        return;
      }
      check(got, "packet");
      av_packet_rescale_ts(packet, encoder.time_base(), target.time_base());
      packet.stream_index(target.index());
      check(av_interleaved_write_frame(requireNonNull(format), packet), "writing");
    }
  }

  private static AVFrame frame(AVCodecContext encoder, int count) {
    AVFrame frame = av_frame_alloc();
    frame.nb_samples(count);
    frame.format(encoder.sample_fmt());
    frame.sample_rate(encoder.sample_rate());
    boolean done = false;
    try {
      check(av_channel_layout_copy(frame.ch_layout(), encoder.ch_layout()), "channel layout");
      check(av_frame_get_buffer(frame, 0), "frame buffer");
      done = true;
      return frame;
    } finally {
      if (!done) {
        av_frame_free(frame);
      }
    }
  }

  private static byte[] takeBytes(AVFormatContext container) {
    BytePointer buffer = new BytePointer((BytePointer) null);
    // Closing alone would not do: it pads where the muxer last wrote, which may be the header.
    byte[] bytes = new byte[avio_get_dyn_buf(container.pb(), buffer)];
    if (bytes.length > 0) {
      buffer.get(bytes);
    }
    avio_close_dyn_buf(container.pb(), buffer);
    container.pb(null);
    av_free(buffer);
    return bytes;
  }

  private static AVDictionary dictionary(Map<String, String> entries) {
    AVDictionary dictionary = new AVDictionary(null);
    // Sorted, because the order of tags shows in the file's bytes.
    new TreeMap<>(entries)
        .forEach(
            (key, value) -> {
              if (!value.isEmpty()) {
                // JavaCPP would take a String's bytes in the platform's encoding.
                try (BytePointer name = utf8(key);
                    BytePointer text = utf8(value)) {
                  av_dict_set(dictionary, name, text, 0);
                }
              }
            });
    return dictionary;
  }

  private static BytePointer utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    BytePointer pointer = new BytePointer(bytes.length + 1L);
    pointer.put(bytes, 0, bytes.length).put(bytes.length, (byte) 0);
    return pointer;
  }

  private static void check(int code, String what) {
    if (code < 0) {
      byte[] text = new byte[256];
      av_strerror(code, text, text.length);
      int end = 0;
      while (text[end] != 0) {
        end++;
      }
      throw new IllegalArgumentException(
          "FFmpeg refuses the "
              + what
              + ": "
              + new String(text, 0, end, StandardCharsets.UTF_8)
              + "; check the encoding's options, the sample rate and the number of channels");
    }
  }

  private void free() {
    if (converter != null) {
      swr_free(converter);
    }
    if (fifo != null) {
      av_audio_fifo_free(fifo);
    }
    if (codec != null) {
      avcodec_free_context(codec);
    }
    if (format != null) {
      if (format.pb() != null) {
        takeBytes(format);
      }
      avformat_free_context(format);
    }
    av_packet_free(packet);
    av_channel_layout_uninit(inputLayout);
    inputLayout.deallocate();
  }
}
