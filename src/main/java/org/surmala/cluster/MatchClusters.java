package org.surmala.cluster;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.surmala.io.RecordCoder;
import org.surmala.schema.Clustering;

/**
 * Renumbers the chosen clusterings after the clusters that they continue; see {@link
 * ClusterCorrespondence}. Other clusterings are unchanged.
 */
public final class MatchClusters
    extends PTransform<PCollection<Clustering>, PCollection<Clustering>> {
  private final ArrayList<Clustering> before;

  private MatchClusters(List<Clustering> before) {
    this.before = new ArrayList<>(before);
  }

  /** Matches with earlier chosen clusterings, at most one for each representation and clusterer. */
  public static MatchClusters from(List<Clustering> before) {
    return new MatchClusters(before);
  }

  @Override
  public PCollection<Clustering> expand(PCollection<Clustering> clusterings) {
    return clusterings
        .apply("Renumber", ParDo.of(new RenumberFn(before)))
        .setCoder(RecordCoder.of(Clustering.class));
  }

  private static final class RenumberFn extends DoFn<Clustering, Clustering> {
    private final ArrayList<Clustering> before;

    RenumberFn(List<Clustering> before) {
      this.before = new ArrayList<>(before);
    }

    @ProcessElement
    public void process(@Element Clustering found, OutputReceiver<Clustering> out) {
      out.output(
          before.stream()
              .filter(b -> found.getChosen() && continues(b, found))
              .findFirst()
              .map(b -> ClusterCorrespondence.continued(b, found))
              .orElse(found));
    }

    private static boolean continues(Clustering before, Clustering found) {
      return before.getRepresentation().equals(found.getRepresentation())
          && before.getClusterer().equals(found.getClusterer());
    }
  }
}
