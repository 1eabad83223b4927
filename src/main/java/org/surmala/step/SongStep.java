package org.surmala.step;

import java.io.IOException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.values.TupleTag;
import org.surmala.failure.SongException;
import org.surmala.io.RecordCoder;
import org.surmala.schema.SongRef;

/**
 * A step that maps one record to one record, or fails the song, which the counter {@code failed} in
 * the namespace {@code surmala} counts.
 *
 * @param <InputT> input record
 * @param <OutputT> output record
 */
public abstract class SongStep<InputT, OutputT extends SpecificRecord>
    extends Step<InputT, OutputT> {
  /** Describes a step; the title names the transform by a verb. */
  protected SongStep(String title, String stage, TupleTag<OutputT> output, Class<OutputT> type) {
    super(title, stage, output, Map.of(output, RecordCoder.of(type)));
  }

  /** Creates the function for one thread. */
  protected abstract Function<InputT, OutputT> function();

  /** The song of a record. */
  protected abstract SongRef song(InputT input);

  /** The function of the step for one song. */
  @FunctionalInterface
  protected interface Function<InputT, OutputT> {
    /** Maps a record; a song that fails throws. */
    OutputT apply(InputT input) throws SongException;

    /** As {@link Worker#close}. */
    default void close() {}
  }

  @Override
  protected final Worker<InputT, OutputT> work() {
    Function<InputT, OutputT> function = function();
    Counter failed = Metrics.counter("surmala", "failed");
    return new Worker<>() {
      @Override
      public void process(InputT input, Emitter<OutputT> out) throws IOException {
        OutputT made;
        try {
          made = function.apply(input);
        } catch (SongException e) {
          failed.inc();
          SongRef song = song(input);
          out.emit(FAILURES, e.toFailure(song.getId(), song.getUri(), song.getFilepath()));
          return;
        }
        out.emit(made);
      }

      @Override
      public void close() {
        function.close();
      }
    };
  }
}
