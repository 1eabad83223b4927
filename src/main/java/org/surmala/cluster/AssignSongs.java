package org.surmala.cluster;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.surmala.io.RecordCoder;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.Clustering;
import org.surmala.schema.Embedding;
import org.surmala.schema.Population;
import org.surmala.schema.SongClusters;

/**
 * Assigns all songs to clusterings that contain only a sample of them. Outputs: {@link
 * #ASSIGNMENTS} and {@link #CLUSTERS}.
 */
public final class AssignSongs extends PTransform<PCollection<Embedding>, PCollectionTuple> {
  /** Output: for each chosen clustering, one for each song. */
  public static final TupleTag<ClusterAssignment> ASSIGNMENTS = new TupleTag<>("assigned") {};

  /** Output: for each song of each model, its clusters in all clusterings. */
  public static final TupleTag<SongClusters> CLUSTERS = new TupleTag<>("clusters") {};

  private final transient PCollection<Clustering> clusterings;

  private AssignSongs(PCollection<Clustering> clusterings) {
    this.clusterings = clusterings;
  }

  /** Assigns to these clusterings. */
  public static AssignSongs to(PCollection<Clustering> clusterings) {
    return new AssignSongs(clusterings);
  }

  @Override
  public PCollectionTuple expand(PCollection<Embedding> embeddings) {
    PCollectionView<Map<String, Iterable<Clustering>>> view =
        clusterings
            .apply(
                "Slim",
                MapElements.into(TypeDescriptor.of(Clustering.class)).via(AssignSongs::slim))
            .setCoder(RecordCoder.of(Clustering.class))
            .apply(
                "ByModel",
                WithKeys.of((Clustering c) -> model(c.getRepresentation(), c.getModelVersion()))
                    .withKeyType(TypeDescriptors.strings()))
            .apply("OfModel", View.asMultimap());
    PCollectionTuple assigned =
        embeddings.apply(
            "Assign",
            ParDo.of(new AssignFn(view))
                .withSideInputs(view)
                .withOutputTags(CLUSTERS, TupleTagList.of(ASSIGNMENTS)));
    assigned.get(CLUSTERS).setCoder(RecordCoder.of(SongClusters.class));
    assigned.get(ASSIGNMENTS).setCoder(RecordCoder.of(ClusterAssignment.class));
    return assigned;
  }

  /** The part of a clustering that assigning needs, since every worker gets all clusterings. */
  private static Clustering slim(Clustering clustering) {
    ByteBuffer none = ByteBuffer.allocate(0);
    return Clustering.newBuilder(clustering)
        .setIds(List.of())
        .setLabels(none)
        .setNovelties(none)
        .setDistances(clustering.getChosen() ? clustering.getDistances() : none)
        .setMerges(List.of())
        .build();
  }

  private static String model(String representation, String version) {
    return representation + "\n" + version;
  }

  /**
   * The assigners of a model by the numbers of their clusterings, and which clusterings are chosen.
   */
  private record OfModel(List<Assigner> assigners, List<Boolean> chosen) {
    static OfModel of(@Nullable Iterable<Clustering> clusterings) {
      Map<Integer, Clustering> byNumber = new HashMap<>();
      if (clusterings != null) {
        for (Clustering clustering : clusterings) {
          Population population = Objects.requireNonNull(clustering.getPopulation());
          byNumber.put(population.getNumber(), clustering);
        }
      }
      List<Assigner> assigners = new ArrayList<>();
      List<Boolean> chosen = new ArrayList<>();
      for (int number = 0; number < byNumber.size(); number++) {
        Clustering clustering = Objects.requireNonNull(byNumber.get(number));
        assigners.add(Assigner.of(clustering));
        chosen.add(clustering.getChosen());
      }
      return new OfModel(assigners, chosen);
    }
  }

  private static final class AssignFn extends DoFn<Embedding, SongClusters> {
    private final PCollectionView<Map<String, Iterable<Clustering>>> view;
    private transient Map<String, OfModel> models = new HashMap<>();

    AssignFn(PCollectionView<Map<String, Iterable<Clustering>>> view) {
      this.view = view;
    }

    @StartBundle
    public void startBundle() {
      models = new HashMap<>();
    }

    @ProcessElement
    public void process(ProcessContext context, MultiOutputReceiver out) {
      Embedding song = context.element();
      OfModel own =
          models.computeIfAbsent(
              model(song.getRepresentation(), song.getModelVersion()),
              model -> OfModel.of(context.sideInput(view).get(model)));
      double[] vector = song.getVector().stream().mapToDouble(Float::doubleValue).toArray();
      int[] clusters = new int[own.assigners().size()];
      for (int i = 0; i < clusters.length; i++) {
        Assigner assigner = own.assigners().get(i);
        if (own.chosen().get(i)) {
          ClusterAssignment assignment = assigner.assign(song.getId(), vector);
          clusters[i] = assignment.getCluster();
          out.get(ASSIGNMENTS).output(assignment);
        } else {
          clusters[i] = assigner.cluster(vector);
        }
      }
      out.get(CLUSTERS)
          .output(
              new SongClusters(
                  song.getId(),
                  song.getRepresentation(),
                  song.getModelVersion(),
                  PackedDoubles.ints(clusters)));
    }
  }
}
