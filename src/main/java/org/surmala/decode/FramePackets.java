package org.surmala.decode;

import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;

import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;

/**
 * Packets of MP3 and ADTS files, by their {@link FrameIndex}: a time stamp is the frame's number
 * times its samples, which FFmpeg's own demuxers only estimate after a seek.
 */
final class FramePackets implements PacketSource {
  private final ByteWindow bytes;
  private final FrameIndex index;
  private long frame;
  private long offset;

  FramePackets(ByteWindow bytes, FrameIndex index) throws SongException {
    this.bytes = bytes;
    this.index = index;
    this.offset = index.offsetOf(0);
  }

  @Override
  public int unitNumerator() {
    return 1;
  }

  @Override
  public int unitDenominator() {
    return index.sampleRate();
  }

  @Override
  public boolean seek(long time) throws SongException {
    frame = Math.max(0, Math.min(index.frames() - 1, time / index.frameSamples()));
    offset = index.offsetOf(frame);
    return offset >= 0;
  }

  @Override
  public boolean rewind() throws SongException {
    return seek(0);
  }

  @Override
  public boolean next(AVPacket packet) throws SongException {
    if (offset < 0 || frame >= index.frames()) {
      return false;
    }
    int size = index.bytesAt(offset);
    if (size == 0 || !bytes.has(offset, size)) {
      return false;
    }
    if (av_new_packet(packet, size) < 0) {
      throw new SongException(FailureCode.CORRUPT, "no memory for a frame of " + size + " bytes");
    }
    packet.data().put(bytes.array(), bytes.indexOf(offset), size);
    packet.pts(frame * index.frameSamples());
    packet.dts(packet.pts());
    frame++;
    offset = frame < index.frames() ? index.nextOffset(offset) : -1;
    return true;
  }
}
