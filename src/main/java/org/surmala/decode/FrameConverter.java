package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avutil.AV_CHANNEL_ORDER_UNSPEC;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.swresample.swr_alloc;
import static org.bytedeco.ffmpeg.global.swresample.swr_convert_frame;
import static org.bytedeco.ffmpeg.global.swresample.swr_free;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.swresample.SwrContext;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * Converts frames to one sample rate and number of channels, by swresample. Frames that have both
 * pass unchanged.
 */
final class FrameConverter implements AutoCloseable {
  private final int sampleRate;
  private final int channels;
  private final AVFrame converted = av_frame_alloc();
  private @Nullable SwrContext resampler;

  FrameConverter(int sampleRate, int channels) {
    this.sampleRate = sampleRate;
    this.channels = channels;
  }

  /**
   * Converts a frame; the resampler buffers some samples until {@link #flush}. Returns whether the
   * sink wants more.
   */
  boolean convert(AVFrame frame, SoundDecoder.FrameSink sink) throws SongException {
    if (frame.sample_rate() == sampleRate && frame.ch_layout().nb_channels() == channels) {
      return sink.take(frame);
    }
    if (resampler == null) {
      resampler = swr_alloc();
    }
    if (frame.ch_layout().order() == AV_CHANNEL_ORDER_UNSPEC) {
      av_channel_layout_default(frame.ch_layout(), frame.ch_layout().nb_channels());
    }
    return pass(resampler, frame, sink);
  }

  /** Passes on buffered samples, before frames of another format or at the end. */
  boolean flush(SoundDecoder.FrameSink sink) throws SongException {
    if (resampler == null) {
      return true;
    }
    boolean more = pass(resampler, null, sink);
    swr_free(resampler);
    resampler = null;
    return more;
  }

  private boolean pass(SwrContext context, @Nullable AVFrame frame, SoundDecoder.FrameSink sink)
      throws SongException {
    converted.sample_rate(sampleRate);
    converted.format(AV_SAMPLE_FMT_FLT);
    av_channel_layout_default(converted.ch_layout(), channels);
    try {
      int error = swr_convert_frame(context, converted, frame);
      if (error < 0) {
        throw new SongException(
            FailureCode.CORRUPT,
            ("changes its sample rate or channels on the way, and cannot be brought to"
                    + " %s Hz in %s channels: %s")
                .formatted(sampleRate, channels, FfmpegLibrary.message(error)));
      }
      return converted.nb_samples() == 0 || sink.take(converted);
    } finally {
      av_frame_unref(converted);
    }
  }

  @Override
  public void close() {
    if (resampler != null) {
      swr_free(resampler);
    }
    av_frame_free(converted);
  }
}
