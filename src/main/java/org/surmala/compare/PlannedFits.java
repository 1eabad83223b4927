package org.surmala.compare;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.surmala.io.RecordCoder;
import org.surmala.schema.PlannedFit;

/**
 * The planned fits, in order, each its own split: a worker takes the next fit when it has finished
 * one. This balances long and short fits, which a shuffle by random keys would do only on average.
 */
final class PlannedFits extends BoundedSource<PlannedFit> {
  private static final long serialVersionUID = 1L;

  private final List<PlannedFit> fits;

  PlannedFits(List<PlannedFit> fits) {
    this.fits = List.copyOf(fits);
  }

  @Override
  public List<PlannedFits> split(long desiredBundleSizeBytes, PipelineOptions options) {
    return fits.stream().map(fit -> new PlannedFits(List.of(fit))).toList();
  }

  /** The size in fits, since runners only compare the sizes of parts. */
  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return fits.size();
  }

  @Override
  public Coder<PlannedFit> getOutputCoder() {
    return RecordCoder.of(PlannedFit.class);
  }

  @Override
  public BoundedReader<PlannedFit> createReader(PipelineOptions options) {
    return new Reader(this);
  }

  private static final class Reader extends BoundedReader<PlannedFit> {
    private final PlannedFits source;
    private final Iterator<PlannedFit> left;
    private @Nullable PlannedFit current;

    Reader(PlannedFits source) {
      this.source = source;
      this.left = source.fits.iterator();
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      current = left.hasNext() ? left.next() : null;
      return current != null;
    }

    @Override
    public PlannedFit getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public PlannedFits getCurrentSource() {
      return source;
    }

    @Override
    public void close() throws IOException {
      // Nothing to close.
    }
  }
}
