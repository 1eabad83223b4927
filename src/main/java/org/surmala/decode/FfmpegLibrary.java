package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_SPEEX;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_QUIET;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_max_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/** FFmpeg in this process: loaded once, without log, with restricted features. */
final class FfmpegLibrary {
  /** Largest single allocation of FFmpeg, whatever a header says. */
  private static final long MAX_ALLOCATION = 256L << 20;

  /** Demuxers that read only the given bytes; playlists and scripts are excluded. */
  static final String DEMUXERS =
      "wav,w64,aiff,caf,au,flac,ogg,mp3,aac,mov,mp4,m4a,asf,matroska,webm,wv,ape,tta,ac3,eac3,dts";

  private static final Set<String> DECODERS =
      Set.of(
          "mp1",
          "mp2",
          "mp3float",
          "aac",
          "vorbis",
          "opus",
          "flac",
          "alac",
          "wmav1",
          "wmav2",
          "wmapro",
          "wmalossless",
          "wavpack",
          "ape",
          "tta",
          "ac3",
          "eac3",
          "adpcm_ms",
          "adpcm_ima_wav",
          "adpcm_ima_qt",
          "adpcm_yamaha",
          "dca",
          "gsm",
          "gsm_ms",
          "mace3",
          "mace6",
          "qdm2",
          "qdmc",
          "libspeex");

  static {
    Loader.load(avutil.class);
    Loader.load(avcodec.class);
    Loader.load(swresample.class);
    Loader.load(avformat.class);
    av_log_set_level(AV_LOG_QUIET);
    av_max_alloc(MAX_ALLOCATION);
  }

  private FfmpegLibrary() {}

  /** Loads FFmpeg; cheap when it is loaded. */
  static void load() {}

  /**
   * The decoder of a codec; null if it is not supported. FFmpeg's own Speex decoder, as of 7.1,
   * doubles the length of frames at 16 and 32 kHz; libspeex does not.
   */
  static @Nullable AVCodec decoder(int codecId) {
    AVCodec found =
        codecId == AV_CODEC_ID_SPEEX
            ? avcodec_find_decoder_by_name("libspeex")
            : avcodec_find_decoder(codecId);
    return found != null && allows(found.name().getString()) ? found : null;
  }

  private static boolean allows(String decoder) {
    return decoder.startsWith("pcm_") || DECODERS.contains(decoder);
  }

  /** FFmpeg's words for an error code. */
  static String message(int error) {
    byte[] text = new byte[256];
    av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
