package org.surmala.segment;

import java.util.Map;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.io.RecordCoder;
import org.surmala.io.WholeFile;
import org.surmala.schema.AudioSegment;
import org.surmala.step.Step;
import org.surmala.step.Worker;

/** Writes each segment as {@code <id>.wav}, for playback, and passes it on unchanged. */
public final class WriteSegments extends Step<AudioSegment, AudioSegment> {
  /** The segments, written. */
  public static final TupleTag<AudioSegment> WRITTEN = new TupleTag<>("written") {};

  private final String folder;

  private WriteSegments(String folder) {
    super("WriteSegments", "segment", WRITTEN, Map.of(WRITTEN, RecordCoder.of(AudioSegment.class)));
    this.folder = folder;
  }

  /** Writes to a folder, whose name ends in a slash. */
  public static WriteSegments to(String folder) {
    return new WriteSegments(folder);
  }

  @Override
  protected Worker<AudioSegment, AudioSegment> work() {
    return (segment, out) -> {
      byte[] wav = SegmentWav.encode(segment);
      WholeFile.write(folder, segment.getSong().getId() + ".wav", file -> file.write(wav));
      out.emit(segment);
    };
  }
}
