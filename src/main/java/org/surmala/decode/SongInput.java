package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FORCE;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avformat.avio_seek;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EIO;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EXIT;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * FFmpeg's access to a song's bytes, the only one it has. Every read checks the deadline, so that a
 * demuxer that never stops reading ends in time.
 *
 * <p>JavaCPP has a small fixed number of native functions for each kind of callback. So the process
 * has one of each, and FFmpeg's opaque pointer identifies the song.
 */
final class SongInput implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int SEEK_SET = 0;
  private static final int SEEK_CUR = 1;
  private static final int SEEK_END = 2;
  private static final int EINVAL = -22;

  private static final Map<Long, SongInput> OPEN = new ConcurrentHashMap<>();

  private static final Read_packet_Pointer_BytePointer_int READ =
      new Read_packet_Pointer_BytePointer_int() {
        @Override
        public int call(Pointer opaque, BytePointer into, int length) {
          SongInput input = OPEN.get(opaque.address());
          return input == null ? AVERROR_EIO() : input.read(into, length);
        }
      };

  private static final Seek_Pointer_long_int SEEK =
      new Seek_Pointer_long_int() {
        @Override
        public long call(Pointer opaque, long offset, int whence) {
          SongInput input = OPEN.get(opaque.address());
          return input == null ? AVERROR_EIO() : input.seek(offset, whence);
        }
      };

  private static final AVIOInterruptCB.Callback_Pointer INTERRUPT =
      new AVIOInterruptCB.Callback_Pointer() {
        @Override
        public int call(Pointer opaque) {
          SongInput input = OPEN.get(opaque.address());
          return input == null || input.deadline.passed() ? 1 : 0;
        }
      };

  private final SongBytes bytes;
  private final Deadline deadline;
  private final BytePointer key = new BytePointer(1);
  private final byte[] copy = new byte[BUFFER_BYTES];
  private final AVIOContext context;
  private long position;
  private boolean reachedEnd;
  private @Nullable Throwable thrown;

  SongInput(SongBytes bytes, Deadline deadline) {
    this.bytes = bytes;
    this.deadline = deadline;
    OPEN.put(key.address(), this);
    context =
        avio_alloc_context(
            new BytePointer(av_malloc(BUFFER_BYTES)), BUFFER_BYTES, 0, key, READ, null, SEEK);
  }

  /** Attaches the input to a container. */
  void attachTo(AVFormatContext format) {
    format.pb(context);
    format.flags(format.flags() | AVFormatContext.AVFMT_FLAG_CUSTOM_IO);
    format.interrupt_callback().callback(INTERRUPT);
    format.interrupt_callback().opaque(key);
  }

  /** Seeks to the first byte, to open a container again. */
  void rewind() {
    avio_seek(context, 0, SEEK_SET);
  }

  /** Whether a read went beyond the end of the file. */
  boolean reachedEnd() {
    return reachedEnd;
  }

  /** Throws the exception of a callback, which must not throw itself. */
  void check() throws SongException {
    deadline.check();
    Throwable cause = thrown;
    if (cause instanceof IOException) {
      throw new SongException(
          FailureCode.UNREADABLE, "reading failed: " + cause.getMessage(), cause);
    }
    if (cause instanceof RuntimeException defect) {
      throw defect;
    }
    if (cause instanceof Error error) {
      throw error;
    }
  }

  private int read(BytePointer into, int length) {
    if (deadline.passed()) {
      return AVERROR_EXIT();
    }
    try {
      int count = bytes.read(position, copy, 0, Math.min(length, copy.length));
      if (count == 0) {
        reachedEnd = true;
        return AVERROR_EOF();
      }
      into.put(copy, 0, count);
      position += count;
      return count;
    } catch (IOException | RuntimeException | Error e) {
      // An exception must not unwind through C; check() throws it on the other side.
      thrown = e;
      return AVERROR_EIO();
    }
  }

  private long seek(long offset, int whence) {
    int how = whence & ~AVSEEK_FORCE;
    if (how == AVSEEK_SIZE) {
      return bytes.size();
    }
    long target =
        switch (how) {
          case SEEK_SET -> offset;
          case SEEK_CUR -> position + offset;
          case SEEK_END -> bytes.size() + offset;
          default -> -1;
        };
    if (target < 0) {
      return EINVAL;
    }
    // A demuxer skips what it does not need, and so may seek past the end of a truncated file.
    reachedEnd |= target > bytes.size();
    position = target;
    return target;
  }

  @Override
  public void close() {
    OPEN.remove(key.address());
    // FFmpeg may have replaced the original buffer.
    av_free(context.buffer());
    avio_context_free(context);
    key.deallocate();
  }
}
