package org.surmala.evaluate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;
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

  /** Keeps the features of drawn songs. */
  static final class DrawnFn extends DoFn<SegmentFeatures, SegmentFeatures> {
    private final PCollectionView<List<String>> drawn;
    private transient @Nullable Set<String> ids;

    DrawnFn(PCollectionView<List<String>> drawn) {
      this.drawn = drawn;
    }

    @StartBundle
    public void startBundle() {
      ids = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Set<String> kept = ids;
      if (kept == null) {
        kept = Set.copyOf(context.sideInput(drawn));
        ids = kept;
      }
      if (kept.contains(context.element().getId())) {
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
