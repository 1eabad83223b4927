package org.surmala.dsp;

import static org.bytedeco.ffmpeg.global.avfilter.AV_BUFFERSRC_FLAG_KEEP_REF;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_add_frame_flags;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_get_by_name;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_create_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_link;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLT;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/** What FFmpeg's filter {@code ebur128} measures: an oracle for {@link LoudnessMeter}. */
final class FfmpegLoudness {
  private static final int CHUNK = 4096;

  private FfmpegLoudness() {}

  /** Integrated loudness of a mono signal, LUFS, as FFmpeg prints it. */
  static double integrated(float[] samples, int rate) {
    av_log_set_level(AV_LOG_ERROR);
    AVFilterGraph graph = avfilter_graph_alloc();
    AVFrame in = av_frame_alloc();
    AVFrame out = av_frame_alloc();
    try {
      String format = "sample_rate=" + rate + ":sample_fmt=flt:channel_layout=mono";
      AVFilterContext source = add(graph, "abuffer", format + ":time_base=1/" + rate);
      AVFilterContext meter = add(graph, "ebur128", "metadata=1");
      AVFilterContext sink = add(graph, "abuffersink", null);
      check(avfilter_link(source, 0, meter, 0));
      check(avfilter_link(meter, 0, sink, 0));
      check(avfilter_graph_config(graph, null));

      double last = Double.NaN;
      for (int at = 0; at < samples.length; at += CHUNK) {
        int count = Math.min(CHUNK, samples.length - at);
        av_frame_unref(in);
        in.format(AV_SAMPLE_FMT_FLT);
        in.sample_rate(rate);
        in.nb_samples(count);
        in.pts(at);
        av_channel_layout_default(in.ch_layout(), 1);
        check(av_frame_get_buffer(in, 0));
        new FloatPointer(in.data(0)).put(samples, at, count);
        check(av_buffersrc_add_frame_flags(source, in, AV_BUFFERSRC_FLAG_KEEP_REF));
        last = drain(sink, out, last);
      }
      check(av_buffersrc_add_frame_flags(source, null, 0));
      return drain(sink, out, last);
    } finally {
      av_frame_free(in);
      av_frame_free(out);
      avfilter_graph_free(graph);
    }
  }

  private static double drain(AVFilterContext sink, AVFrame out, double before) {
    double last = before;
    while (av_buffersink_get_frame(sink, out) >= 0) {
      AVDictionaryEntry entry = av_dict_get(out.metadata(), "lavfi.r128.I", null, 0);
      if (entry != null) {
        last = Double.parseDouble(entry.value().getString());
      }
      av_frame_unref(out);
    }
    return last;
  }

  private static AVFilterContext add(
      AVFilterGraph graph, String filter, @Nullable String arguments) {
    AVFilterContext context = new AVFilterContext(null);
    check(
        avfilter_graph_create_filter(
            context, avfilter_get_by_name(filter), filter, arguments, null, graph));
    return context;
  }

  private static void check(int result) {
    if (result < 0) {
      throw new IllegalStateException("FFmpeg failed with " + result);
    }
  }
}
