package org.surmala.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * The offsets and lengths of the frames of an MP3 or ADTS file: the exact timeline that these
 * formats lack.
 *
 * <p>At a constant bit rate that the encoder's header confirms (an {@code Info} header whose byte
 * count matches the file), frame offsets are computed. All other files are scanned from header to
 * header, which takes about a millisecond per ten megabytes.
 *
 * <p>Sources for LAME's header: the LAME Mp3 Info Tag, revision 1, and FFmpeg's interpretation:
 * audio starts 529 samples (the decoder's delay) after the encoder's delay.
 */
final class FrameIndex {
  private static final int STRIDE = 32;
  private static final int DECODER_DELAY = 529;
  private static final int ID3V1_BYTES = 128;

  /** Smallest run of frames of another kind that counts as audio; a shorter run is damage. */
  private static final int SPLICE_FRAMES = 8;

  private final ByteWindow bytes;
  private final FrameHeader.Format format;
  private final long end;

  private final FrameHeader header;
  private long base;
  private long[] offsets = new long[64];
  private long frames;
  private double frameBytes;
  private boolean constant;
  private boolean spliced;
  private long announcedFrames = -1;
  private long announcedBytes = -1;
  private int delay;
  private int padding;

  private FrameIndex(ByteWindow bytes, FrameHeader.Format format, long first, long end)
      throws SongException {
    this.bytes = bytes;
    this.format = format;
    this.end = end;
    FrameHeader found = first < 0 ? null : headerAt(first);
    if (found == null) {
      throw new SongException(
          FailureCode.NO_SAMPLES, "no complete audio frame in " + bytes.size() + " bytes");
    }
    this.header = found;
    this.base = first;
  }

  /**
   * Finds the frames.
   *
   * @param start offset after the tags
   * @throws SongException {@link FailureCode#NO_SAMPLES} if there is no frame
   */
  static FrameIndex of(ByteWindow bytes, FrameHeader.Format format, long start)
      throws SongException {
    long end = bytes.size();
    if (end - start > ID3V1_BYTES
        && bytes.has(end - ID3V1_BYTES, 3)
        && bytes.at(end - ID3V1_BYTES) == 'T'
        && bytes.at(end - ID3V1_BYTES + 1) == 'A'
        && bytes.at(end - ID3V1_BYTES + 2) == 'G') {
      end -= ID3V1_BYTES;
    }
    FrameIndex index = new FrameIndex(bytes, format, firstFrame(bytes, format, start, end), end);
    if (format == FrameHeader.Format.MPEG && index.readEncoderHeader()) {
      index.base += index.header.bytes();
    }
    if (!index.vouchedConstant()) {
      index.walk();
    }
    if (index.frames == 0) {
      throw new SongException(
          FailureCode.NO_SAMPLES, "no complete audio frame in " + bytes.size() + " bytes");
    }
    return index;
  }

  /** The first of three consecutive frames, or of all if the file has fewer. */
  private static long firstFrame(ByteWindow bytes, FrameHeader.Format format, long start, long end)
      throws SongException {
    for (long at = start; at + FrameHeader.BYTES <= end && bytes.has(at, FrameHeader.BYTES); at++) {
      FrameHeader first = format.read(bytes, at);
      if (first != null && follow(bytes, format, at, end, first, 3)) {
        return at;
      }
    }
    return -1;
  }

  private static boolean follow(
      ByteWindow bytes, FrameHeader.Format format, long at, long end, FrameHeader first, int wanted)
      throws SongException {
    FrameHeader current = first;
    for (int i = 1; i < wanted; i++) {
      at += current.bytes();
      if (at == end) {
        return true;
      }
      if (at + FrameHeader.BYTES > end || !bytes.has(at, FrameHeader.BYTES)) {
        return false;
      }
      FrameHeader next = format.read(bytes, at);
      if (next == null || next.kind() != first.kind()) {
        return false;
      }
      current = next;
    }
    return at + current.bytes() <= end;
  }

  private @Nullable FrameHeader headerAt(long offset) throws SongException {
    return offset + FrameHeader.BYTES <= end && bytes.has(offset, FrameHeader.BYTES)
        ? format.read(bytes, offset)
        : null;
  }

  /**
   * The offset of the next frame, or -1 at the end. Skips bytes that are not a frame, and detects
   * where the file continues with another kind of frames. Then the first frame after a tag in the
   * middle is skipped, as FFmpeg does: it is an encoder's header, not audio.
   *
   * @param kind kind of the previous frame
   */
  private long sync(long offset, int kind) throws SongException {
    FrameHeader here = headerAt(offset);
    if (here != null && here.kind() == kind && offset + here.bytes() <= end) {
      return offset;
    }
    for (long at = offset; at + FrameHeader.BYTES <= end; at++) {
      FrameHeader candidate = headerAt(at);
      if (candidate == null) {
        continue;
      }
      if (candidate.kind() != kind) {
        if (follow(bytes, format, at, end, candidate, SPLICE_FRAMES)) {
          boolean known = spliced;
          spliced = true;
          return known && at > offset ? sync(at + candidate.bytes(), candidate.kind()) : at;
        }
      } else if (at > offset && follow(bytes, format, at, end, candidate, 2)) {
        return spliced ? sync(at + candidate.bytes(), kind) : at;
      }
    }
    return -1;
  }

  private boolean readEncoderHeader() throws SongException {
    boolean low = header.samples() == 576;
    boolean mono = header.channels() == 1;
    long at = base + 4 + (low ? (mono ? 9 : 17) : (mono ? 17 : 32));
    if (!bytes.has(base, header.bytes())) {
      return false;
    }
    int tag = at + 8 <= base + header.bytes() ? bytes.intAt(at) : 0;
    boolean info = tag == 0x496e666f;
    if (info || tag == 0x58696e67) {
      readXing(at + 4, info);
      return true;
    }
    long vbri = base + 4 + 32;
    if (vbri + 18 <= base + header.bytes() && bytes.intAt(vbri) == 0x56425249) {
      announcedBytes = bytes.intAt(vbri + 10) & 0xffffffffL;
      announcedFrames = bytes.intAt(vbri + 14) & 0xffffffffL;
      return true;
    }
    return false;
  }

  private void readXing(long start, boolean info) {
    long limit = base + header.bytes();
    int flags = bytes.intAt(start);
    long at = start + 4;
    if ((flags & 1) != 0 && at + 4 <= limit) {
      announcedFrames = bytes.intAt(at) & 0xffffffffL;
      at += 4;
    }
    if ((flags & 2) != 0 && at + 4 <= limit) {
      announcedBytes = bytes.intAt(at) & 0xffffffffL;
      at += 4;
    }
    at += ((flags & 4) != 0 ? 100 : 0) + ((flags & 8) != 0 ? 4 : 0);
    if (at + 24 > limit) {
      return;
    }
    int version = bytes.intAt(at);
    boolean known = version == 0x4c414d45 || version == 0x4c617666 || version == 0x4c617663;
    if (known) {
      int pads = bytes.intAt(at + 21) >>> 8;
      delay = (pads >>> 12) + DECODER_DELAY;
      padding = Math.max(0, (pads & 0xfff) - DECODER_DELAY);
    }
    constant = info;
  }

  /** Whether frame offsets can be computed (constant bit rate); verified at three offsets. */
  private boolean vouchedConstant() throws SongException {
    long sound = end - base;
    boolean agrees =
        constant
            && announcedFrames > 0
            && Math.abs(sound + header.bytes() - announcedBytes) <= header.bytes();
    if (!agrees) {
      return false;
    }
    FrameHeader first = headerAt(base);
    if (first == null) {
      return false;
    }
    // Padding slots make the mean exact: the sum over n frames is floor(n × this).
    frameBytes = (announcedBytes - header.bytes()) / (double) announcedFrames;
    if (Math.abs(frameBytes - first.bytes()) > 1.5) {
      return false;
    }
    frames = announcedFrames;
    for (long frame : new long[] {frames / 3, 2 * frames / 3, frames - 1}) {
      if (computedOffset(frame) < 0) {
        frames = 0;
        return false;
      }
    }
    return true;
  }

  /** The offset of a frame at a constant bit rate; -1 if the file does not match. */
  private long computedOffset(long frame) throws SongException {
    long expected = base + (long) (frame * frameBytes);
    for (long at = expected - 2; at <= expected + 2; at++) {
      FrameHeader found = at < base ? null : headerAt(at);
      if (found != null
          && found.kind() == header.kind()
          && Math.abs(found.bytes() - frameBytes) < 1.5
          && follow(bytes, format, at, end, found, 2)) {
        return at;
      }
    }
    return -1;
  }

  private void walk() throws SongException {
    constant = false;
    boolean known = spliced;
    long at = sync(base, header.kind());
    long othersInARow = 0;
    long last = at;
    while (at >= 0) {
      if (frames % STRIDE == 0) {
        int slot = (int) (frames / STRIDE);
        if (slot == offsets.length) {
          offsets = Arrays.copyOf(offsets, 2 * slot);
        }
        offsets[slot] = at;
      }
      frames++;
      FrameHeader current = headerAt(at);
      last = at + (current == null ? 0 : current.bytes());
      boolean other = current != null && current.channels() != header.channels();
      othersInARow = other ? othersInARow + 1 : 0;
      spliced |= othersInARow >= SPLICE_FRAMES;
      at = sync(last, current == null ? header.kind() : current.kind());
    }
    if (spliced && !known) {
      frames = 0;
      walk();
      return;
    }
    frameBytes = frames == 0 ? 0 : (last - base) / (double) frames;
  }

  /** Whether sample rate, channels or kind of frames change within the file. */
  boolean isSpliced() {
    return spliced;
  }

  /** Number of samples per frame, at the header's rate. */
  int frameSamples() {
    return header.samples();
  }

  /** Hz, from the header; with spectral band replication a decoder may output twice the rate. */
  int sampleRate() {
    return header.sampleRate();
  }

  /** Number of channels, from the header; 0 if only the payload states it. */
  int channels() {
    return header.channels();
  }

  /** Number of audio frames. */
  long frames() {
    return frames;
  }

  /** Encoder delay, in samples. */
  int delay() {
    return delay;
  }

  /** Number of samples, without the encoder's delay and padding. */
  long samples() {
    long all = frames * header.samples();
    boolean whole = announcedFrames < 0 || frames == announcedFrames;
    return Math.max(0, all - delay - (whole ? padding : 0));
  }

  /** Number of samples in the encoder's header; -1 without one. */
  long announcedSamples() {
    return announcedFrames < 0
        ? -1
        : Math.max(0, announcedFrames * header.samples() - delay - padding);
  }

  /** Mean length of a frame, in bytes. */
  double frameBytes() {
    return frameBytes;
  }

  /** Bits per second, over the whole file. */
  long bitRate() {
    return Math.round(8 * frameBytes * header.sampleRate() / header.samples());
  }

  long offsetOf(long frame) throws SongException {
    if (constant) {
      long computed = computedOffset(frame);
      if (computed >= 0) {
        return computed;
      }
      frames = 0;
      walk();
    }
    if (frame >= frames) {
      return -1;
    }
    long at = offsets[(int) (frame / STRIDE)];
    for (long i = frame - frame % STRIDE; i < frame && at >= 0; i++) {
      at = nextOffset(at);
    }
    return at;
  }

  /** The offset of the frame after the one at this offset, or -1. */
  long nextOffset(long offset) throws SongException {
    FrameHeader current = headerAt(offset);
    return current == null
        ? sync(offset + 1, header.kind())
        : sync(offset + current.bytes(), current.kind());
  }

  /** Length of the frame at this offset, in bytes. */
  int bytesAt(long offset) throws SongException {
    FrameHeader current = headerAt(offset);
    return current == null ? 0 : current.bytes();
  }
}
