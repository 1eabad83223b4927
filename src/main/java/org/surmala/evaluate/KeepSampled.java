package org.surmala.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;
import org.surmala.io.SongLot;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.schema.SongSample;

/** Filters the records of sampled songs. */
final class KeepSampled {
  private KeepSampled() {}

  private static Set<String> ids(@Nullable Iterable<Clustering> clusterings) {
    Set<String> ids = new HashSet<>();
    if (clusterings != null) {
      clusterings.forEach(clustering -> ids.addAll(clustering.getIds()));
    }
    return ids;
  }

  /** Keeps the features of songs up to the last drawn id, in the order of lots. */
  static final class DrawnFn extends DoFn<SegmentFeatures, SegmentFeatures> {
    private final PCollectionView<String> last;
    private final SongLot.Order order = new SongLot.Order();

    DrawnFn(PCollectionView<String> last) {
      this.last = last;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (order.compare(context.element().getId(), context.sideInput(last)) >= 0) {
        context.output(context.element());
      }
    }
  }

  /** Keeps the embeddings of songs in the clusterings of their model. */
  static final class OfModelFn extends DoFn<Embedding, Embedding> {
    private final PCollectionView<Map<String, Iterable<Clustering>>> clusterings;
    private transient Map<String, Set<String>> ids = new HashMap<>();

    OfModelFn(PCollectionView<Map<String, Iterable<Clustering>>> clusterings) {
      this.clusterings = clusterings;
    }

    @StartBundle
    public void startBundle() {
      ids = new HashMap<>();
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Embedding song = context.element();
      Set<String> kept =
          ids.computeIfAbsent(
              song.getRepresentation() + "\n" + song.getModelVersion(),
              model -> ids(context.sideInput(clusterings).get(model)));
      if (kept.contains(song.getId())) {
        context.output(song);
      }
    }
  }

  /** Keeps the songs in any clustering, and those in the sample of features. */
  static final class SongsFn extends DoFn<SongRef, SongRef> {
    private final PCollectionView<Map<String, Iterable<Clustering>>> clusterings;
    private final PCollectionView<Iterable<SongSample>> sample;
    private transient @Nullable Set<String> ids;

    SongsFn(
        PCollectionView<Map<String, Iterable<Clustering>>> clusterings,
        PCollectionView<Iterable<SongSample>> sample) {
      this.clusterings = clusterings;
      this.sample = sample;
    }

    @StartBundle
    public void startBundle() {
      ids = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Set<String> kept = ids;
      if (kept == null) {
        kept = new HashSet<>();
        for (Iterable<Clustering> ofModel : context.sideInput(clusterings).values()) {
          kept.addAll(ids(ofModel));
        }
        for (SongSample drawn : context.sideInput(sample)) {
          drawn.getSongs().stream().map(SegmentFeatures::getId).forEach(kept::add);
        }
        ids = kept;
      }
      if (kept.contains(context.element().getId())) {
        context.output(context.element());
      }
    }
  }
}
