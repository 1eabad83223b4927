package org.surmala.evaluate;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.surmala.io.SongTitle;
import org.surmala.metric.Bootstrap;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Clustering;
import org.surmala.schema.Confound;
import org.surmala.schema.Findings;
import org.surmala.schema.LabelCell;
import org.surmala.schema.NeighbourFigures;
import org.surmala.schema.Population;
import org.surmala.schema.Probe;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.SongRef;
import org.surmala.schema.SongSample;

/**
 * Findings about a model and its chosen clusterings: profiles, confounds, probe. Confounds and
 * effects use the songs of a sample; the probe uses at most {@value #MOST_PROBED} of them.
 */
public final class SongFindings {
  /** Maximum size of a sample. */
  public static final int MOST_SONGS = 20_000;

  private static final int MOST_PROBED = 5_000;
  private static final String ARTIST = "artist";

  private final EvaluateOptions options;
  private final SongSample sample;
  private final Map<String, SongRef> songs;
  private final List<String> ids;
  private final Map<String, String> labels = new HashMap<>();
  private final List<String> featureNames;
  private final double[][] features;
  private final List<Confounds.Property> properties;
  private final int[] groups;
  private final List<@Nullable String> artists = new ArrayList<>();

  /**
   * @param songs songs by id; songs outside the sample are ignored
   */
  public SongFindings(EvaluateOptions options, SongSample sample, Map<String, SongRef> songs) {
    this.options = options;
    this.sample = sample;
    this.songs = songs;
    List<SegmentFeatures> audio = sample.getSongs();
    ids = audio.stream().map(SegmentFeatures::getId).toList();
    for (SongRef song : songs.values()) {
      if (song.getLanguage() != null) {
        labels.put(song.getId(), song.getLanguage());
      }
    }
    int[] copies = new int[ids.size()];
    sample.getGroups().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(copies);
    List<@Nullable String> grouped = new ArrayList<>();
    for (SegmentFeatures song : audio) {
      SongRef known = songs.get(song.getId());
      artists.add(SongTitle.artist(known, song.getInfo()));
      String value = known == null ? null : known.getLabels().get(options.group());
      boolean isByArtist = value == null && options.group().equals(ARTIST);
      grouped.add(isByArtist ? artists.get(artists.size() - 1) : value);
    }
    groups = NeighbourFindings.linked(copies, grouped);
    double[][] vectors = SongVectors.of(audio);
    List<Confounds.Property> all = new ArrayList<>(properties(audio));
    if (audio.stream().noneMatch(song -> song.getInfo().getSampleRate() > 0)) {
      List<@Nullable String> truth = new ArrayList<>();
      ids.forEach(id -> truth.add(labels.get(id)));
      all.addAll(
          Confounds.telling(
              columns(options.featureNames(), vectors), truth, groups, options.seed()));
    }
    properties = List.copyOf(all);
    boolean isLoudnessKnown = audio.stream().noneMatch(s -> Double.isNaN(s.getLoudnessLufs()));
    List<String> names = new ArrayList<>(options.featureNames());
    if (isLoudnessKnown) {
      // The vector of a normalised segment lacks the loudness.
      names.add(ClusterProfiles.LOUDNESS);
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = Arrays.copyOf(vectors[i], vectors[i].length + 1);
        vectors[i][vectors[i].length - 1] = audio.get(i).getLoudnessLufs();
      }
    }
    featureNames = List.copyOf(names);
    features = vectors;
  }

  /** Describes one model, from one chosen clustering per clusterer of the same songs. */
  Findings of(
      String representation,
      String modelVersion,
      ModelEmbeddings table,
      List<Clustering> chosen,
      Function<Clustering, List<LabelCell>> cells) {
    Map<String, Integer> rows = new HashMap<>();
    for (int i = 0; i < table.ids().size(); i++) {
      rows.put(table.ids().get(i), i);
    }
    int[] known =
        IntStream.range(0, ids.size()).filter(i -> rows.containsKey(ids.get(i))).toArray();
    int[] row = Arrays.stream(known).map(i -> row(rows, i)).toArray();
    double[][] described = new double[table.ids().size()][0];
    for (int i = 0; i < known.length; i++) {
      described[row[i]] = features[known[i]];
    }
    List<ClusterProfile> profiles = new ArrayList<>();
    List<Confound> confounds = new ArrayList<>();
    List<ClusterProfile> groupProfiles = new ArrayList<>();
    Map<String, String> artistOf = artistsById();
    for (Clustering clustering : chosen) {
      List<ClusterProfile> former = former(clustering);
      List<ClusterProfile> clusters =
          ClusterProfiles.of(
              clustering, table.points(), featureNames, described, labels, artistOf, names(former));
      if (clustering.getPopulation() != null) {
        count(clusters, clustering.getPopulation(), cells.apply(clustering));
      }
      profiles.addAll(clusters);
      groupProfiles.addAll(
          new GroupProfiles(clustering, table.points(), featureNames, described, labels, artistOf)
              .of(clusters, former));
      confounds.addAll(confounds(clustering, known, row));
    }
    return Findings.newBuilder()
        .setRepresentation(representation)
        .setModelVersion(modelVersion)
        .setProfiles(profiles)
        .setConfounds(confounds)
        .setProbe(probe(representation, modelVersion, table, known, row))
        .setNearDuplicates(sample.getNearDuplicates())
        .setNeighbours(neighbours(representation, modelVersion, table, known, row))
        .setGroups(groupProfiles)
        .build();
  }

  /** Puts the songs of a clustering and their labels in the place of those of its sample. */
  private static void count(
      List<ClusterProfile> profiles, Population population, List<LabelCell> cells) {
    for (ClusterProfile profile : profiles) {
      Map<String, Integer> labels = new TreeMap<>();
      cells.stream()
          .filter(cell -> cell.getCluster() == profile.getCluster())
          .forEach(cell -> labels.merge(cell.getLabel(), cell.getSongs(), Integer::sum));
      profile.setSongs(population.getSizes().get(profile.getCluster()));
      profile.setLabels(ClusterProfiles.byCount(labels));
    }
  }

  private Map<String, String> artistsById() {
    Map<String, String> known = new HashMap<>();
    for (int i = 0; i < artists.size(); i++) {
      String artist = artists.get(i);
      if (artist != null) {
        known.put(ids.get(i), artist);
      }
    }
    return known;
  }

  private List<ClusterProfile> former(Clustering clustering) {
    return options.former().stream()
        .filter(profile -> profile.getRepresentation().equals(clustering.getRepresentation()))
        .filter(profile -> profile.getClusterer().equals(clustering.getClusterer()))
        .toList();
  }

  /** Names of clusters, not of groups. */
  private static Map<Integer, String> names(List<ClusterProfile> profiles) {
    Map<Integer, String> names = new HashMap<>();
    for (ClusterProfile profile : profiles) {
      if (profile.getGroup() == null) {
        names.put(profile.getCluster(), profile.getName());
      }
    }
    return names;
  }

  private int row(Map<String, Integer> rows, int song) {
    return Objects.requireNonNull(rows.get(ids.get(song)));
  }

  private List<Confound> confounds(Clustering clustering, int[] known, int[] row) {
    int[] clusters = new int[clustering.getIds().size()];
    clustering.getLabels().duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(clusters);
    List<Confounds.Property> ofKnown =
        properties.stream()
            .map(
                property ->
                    new Confounds.Property(
                        property.name(),
                        Arrays.stream(known)
                            .<@Nullable Object>mapToObj(property.values()::get)
                            .toList(),
                        property.isFeature()))
            .toList();
    List<@Nullable String> truth = new ArrayList<>();
    for (int i : known) {
      truth.add(labels.get(ids.get(i)));
    }
    List<Confound> table =
        Confounds.of(
            ofKnown,
            truth,
            Arrays.stream(row).map(r -> clusters[r]).toArray(),
            Arrays.stream(known).map(i -> groups[i]).toArray(),
            options.seed());
    for (Confound confound : table) {
      confound.setRepresentation(clustering.getRepresentation());
      confound.setClusterer(clustering.getClusterer());
      confound.setK(clustering.getK());
    }
    return table;
  }

  private Probe probe(
      String representation, String modelVersion, ModelEmbeddings table, int[] known, int[] row) {
    int[] labelled =
        IntStream.range(0, known.length)
            .filter(i -> labels.containsKey(ids.get(known[i])))
            .toArray();
    Bootstrap.shuffle(labelled, new SplittableRandom(options.seed()));
    int[] taken = Arrays.copyOf(labelled, Math.min(MOST_PROBED, labelled.length));
    Arrays.sort(taken);
    return Probes.of(
        representation,
        modelVersion,
        Arrays.stream(taken).mapToObj(i -> table.points()[row[i]]).toArray(double[][]::new),
        Arrays.stream(taken)
            .mapToObj(i -> Objects.requireNonNull(labels.get(ids.get(known[i]))))
            .toList(),
        Arrays.stream(taken).map(i -> groups[known[i]]).toArray(),
        options.seed());
  }

  private List<NeighbourFigures> neighbours(
      String representation, String modelVersion, ModelEmbeddings table, int[] known, int[] row) {
    List<@Nullable String> truth = new ArrayList<>();
    List<@Nullable String> ofKnown = new ArrayList<>();
    for (int i : known) {
      truth.add(labels.get(ids.get(i)));
      ofKnown.add(artists.get(i));
    }
    return NeighbourFindings.of(
        options,
        representation,
        modelVersion,
        Arrays.stream(row).mapToObj(r -> table.points()[r]).toArray(double[][]::new),
        Arrays.stream(row).mapToObj(r -> table.directions()[r]).toArray(double[][]::new),
        truth,
        Arrays.stream(known).map(i -> groups[i]).toArray(),
        ofKnown);
  }

  private List<Confounds.Property> properties(List<SegmentFeatures> audio) {
    List<@Nullable Object> bitRate = new ArrayList<>();
    List<@Nullable Object> sampleRate = new ArrayList<>();
    List<@Nullable Object> channels = new ArrayList<>();
    List<@Nullable Object> codec = new ArrayList<>();
    List<@Nullable Object> duration = new ArrayList<>();
    List<@Nullable Object> loudness = new ArrayList<>();
    List<@Nullable Object> silence = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    List<@Nullable String> truth = new ArrayList<>();
    for (SegmentFeatures song : audio) {
      AudioInfo info = song.getInfo();
      // A feature table has no file properties.
      boolean isFile = info.getSampleRate() > 0;
      bitRate.add(info.getBitRate() > 0 ? (Object) info.getBitRate() : null);
      sampleRate.add(isFile ? (Object) info.getSampleRate() : null);
      channels.add(isFile ? (Object) info.getChannels() : null);
      codec.add(isFile ? info.getCodec() : null);
      duration.add(isFile ? (Object) info.getDurationSeconds() : null);
      loudness.add(
          Double.isFinite(song.getLoudnessLufs()) ? (Object) song.getLoudnessLufs() : null);
      silence.add(isFile ? (Object) song.getSilenceShare() : null);
      SongRef ref = songs.get(song.getId());
      paths.add(ref == null ? "" : ref.getFilepath());
      truth.add(labels.get(song.getId()));
    }
    boolean isAnyFile = sampleRate.stream().anyMatch(Objects::nonNull);
    List<@Nullable Object> folder =
        new ArrayList<>(isAnyFile ? SourceFolder.of(paths, truth) : bitRate);
    List<Confounds.Property> all = new ArrayList<>();
    all.add(new Confounds.Property("bit_rate", bitRate));
    all.add(new Confounds.Property("sample_rate", sampleRate));
    all.add(new Confounds.Property("channels", channels));
    all.add(new Confounds.Property("codec", codec));
    all.add(new Confounds.Property("duration_s", duration));
    all.add(new Confounds.Property(ClusterProfiles.LOUDNESS, loudness));
    all.add(new Confounds.Property("silence_share", silence));
    all.add(new Confounds.Property("source_folder", folder));
    all.addAll(told(audio, truth, all));
    return List.copyOf(all);
  }

  /** The columns of a feature table. */
  private static List<Confounds.Property> columns(List<String> names, double[][] vectors) {
    List<Confounds.Property> columns = new ArrayList<>();
    for (int f = 0; f < names.size(); f++) {
      int column = f;
      List<Double> values = Arrays.stream(vectors).map(row -> row[column]).toList();
      columns.add(new Confounds.Property("column " + names.get(f), values, true));
    }
    return columns;
  }

  /**
   * The columns of conditional models, except the label itself and properties that are already
   * listed.
   */
  private List<Confounds.Property> told(
      List<SegmentFeatures> audio, List<@Nullable String> truth, List<Confounds.Property> others) {
    List<Confounds.Property> told = new ArrayList<>();
    for (FigureCaveat mark : options.marks().values()) {
      List<@Nullable Object> values = new ArrayList<>();
      audio.forEach(song -> values.add(song.getLabels().get(mark.column())));
      boolean isNew =
          mark.flag() == Flag.CONDITIONED_ON
              && Stream.concat(others.stream(), told.stream())
                  .noneMatch(property -> property.name().equals(mark.column()));
      if (isNew && !values.equals(truth)) {
        told.add(new Confounds.Property(mark.column(), values));
      }
    }
    return told;
  }
}
