package org.surmala.report;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.surmala.io.CsvFile;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Confound;
import org.surmala.schema.Estimate;
import org.surmala.schema.Findings;
import org.surmala.schema.NearDuplicate;
import org.surmala.schema.NeighbourFigures;
import org.surmala.schema.Probe;
import org.surmala.schema.SongRef;
import org.surmala.words.Noun;

/**
 * The tables of findings: profiles, confounds, probes, near-duplicates. Lists within a field are
 * separated by semicolons, strongest first.
 */
public final class FindingTables {
  /** Name of the table of confounds. */
  public static final String CONFOUNDS_FILE = "confounds.csv";

  /** Columns of confounds.csv. */
  public static final List<String> CONFOUNDS =
      CsvFile.columns(
          "representation,clusterer,k,property,songs,balanced_accuracy,chance,cluster_ami,"
              + "alarming");

  /** Name of the table of neighbour scores. */
  public static final String NEIGHBOURS_FILE = "neighbour_scores.csv";

  /** Columns of probes.csv. */
  public static final List<String> PROBES =
      List.of(
          "representation", "model", "songs", "labels", "logistic", "nearest_neighbours", "chance");

  /** Columns of cluster_profiles.csv. */
  public static final List<String> PROFILES =
      CsvFile.columns(
          "representation,clusterer,k,cluster,cluster_name,songs,labels,traits,"
              + "representatives,borderline,stability,artist_share");

  /** Columns of group_profiles.csv. */
  public static final List<String> GROUP_PROFILES =
      CsvFile.columns(
          "representation,clusterer,k,group,group_name,songs,labels,traits,representatives,"
              + "borderline,stability,artist_share");

  /** Columns of neighbour_scores.csv. */
  public static final List<String> NEIGHBOURS =
      CsvFile.columns(
          "representation,model,distance,leaves_out,songs,queries,judged,chance,"
              + "precision_1,precision_1_low,precision_1_high,precision_5,precision_5_low,"
              + "precision_5_high,precision_10,precision_10_low,precision_10_high,map,map_low,"
              + "map_high,hubness,hubness_low,hubness_high,anti_hubs,anti_hubs_low,anti_hubs_high");

  /** Columns of near_duplicates.csv. */
  public static final List<String> NEAR_DUPLICATES =
      List.of("first", "first_filepath", "second", "second_filepath", "relative_distance");

  private FindingTables() {}

  static void write(String folder, List<Findings> findings, List<SongRef> songs)
      throws IOException {
    CsvFile.write(
        folder,
        CONFOUNDS_FILE,
        CONFOUNDS,
        csv -> {
          for (Findings found : findings) {
            for (Confound c : found.getConfounds()) {
              csv.printRecord(
                  c.getRepresentation(),
                  c.getClusterer(),
                  c.getK(),
                  c.getProperty(),
                  c.getSongs(),
                  ResultTables.number(c.getBalancedAccuracy()),
                  ResultTables.number(c.getChance()),
                  ResultTables.number(c.getClusterAmi()),
                  c.getAlarming());
            }
          }
        });
    CsvFile.write(
        folder,
        "probes.csv",
        PROBES,
        csv -> {
          for (Findings found : findings) {
            Probe p = found.getProbe();
            csv.printRecord(
                p.getRepresentation(),
                p.getModelVersion(),
                p.getSongs(),
                p.getLabels(),
                ResultTables.number(p.getLogistic()),
                ResultTables.number(p.getNearestNeighbours()),
                ResultTables.number(p.getChance()));
          }
        });
    CsvFile.write(
        folder,
        "cluster_profiles.csv",
        PROFILES,
        csv -> {
          for (Findings found : findings) {
            for (ClusterProfile profile : found.getProfiles()) {
              print(csv, profile, profile.getCluster());
            }
          }
        });
    CsvFile.write(
        folder,
        "group_profiles.csv",
        GROUP_PROFILES,
        csv -> {
          for (Findings found : findings) {
            for (ClusterProfile profile : found.getGroups()) {
              print(csv, profile, ClusterNames.mark(profile.getCluster(), profile.getGroup()));
            }
          }
        });
    writeNeighbours(folder, findings);
    Map<String, String> paths = new HashMap<>();
    songs.forEach(song -> paths.put(song.getId(), song.getFilepath()));
    CsvFile.write(
        folder,
        "near_duplicates.csv",
        NEAR_DUPLICATES,
        csv -> {
          for (NearDuplicate pair : nearDuplicates(findings)) {
            csv.printRecord(
                pair.getFirst(),
                paths.get(pair.getFirst()),
                pair.getSecond(),
                paths.get(pair.getSecond()),
                ResultTables.number(pair.getRelativeDistance()));
          }
        });
  }

  private static void print(CsvFile.Printer csv, ClusterProfile profile, Object part)
      throws IOException {
    csv.printRecord(
        profile.getRepresentation(),
        profile.getClusterer(),
        profile.getK(),
        part,
        profile.getName(),
        profile.getSongs(),
        profile.getLabels().stream()
            .map(label -> label.getLabel() + " " + label.getSongs())
            .collect(Collectors.joining("; ")),
        profile.getTraits().stream()
            .map(t -> String.format(Locale.ROOT, "%s %+.2f", t.getFeature(), t.getEffect()))
            .collect(Collectors.joining("; ")),
        String.join(";", profile.getRepresentatives()),
        String.join(";", profile.getBorderline()),
        ResultTables.number(profile.getStability()),
        ResultTables.number(profile.getArtistShare()));
  }

  private static void writeNeighbours(String folder, List<Findings> findings) throws IOException {
    CsvFile.write(
        folder,
        NEIGHBOURS_FILE,
        NEIGHBOURS,
        csv -> {
          for (Findings found : findings) {
            for (NeighbourFigures n : found.getNeighbours()) {
              csv.print(n.getRepresentation());
              csv.print(n.getModelVersion());
              csv.print(n.getDistance());
              csv.print(n.getLeavesOut());
              csv.print(n.getSongs());
              csv.print(n.getQueries());
              csv.print(n.getJudged());
              csv.print(ResultTables.number(n.getChance()));
              for (Estimate estimate :
                  List.of(
                      n.getPrecisionAt1(),
                      n.getPrecisionAt5(),
                      n.getPrecisionAt10(),
                      n.getMeanAveragePrecision(),
                      n.getHubness(),
                      n.getAntiHubs())) {
                csv.print(ResultTables.number(estimate.getValue()));
                csv.print(ResultTables.number(estimate.getLow()));
                csv.print(ResultTables.number(estimate.getHigh()));
              }
              csv.println();
            }
          }
        });
  }

  /** The near-duplicates, which are the same for every representation. */
  static List<NearDuplicate> nearDuplicates(List<Findings> findings) {
    return findings.isEmpty() ? List.of() : findings.get(0).getNearDuplicates();
  }

  /** The sentence with the number of pairs. */
  static String pairs(int count, Noun noun) {
    return Terms.count(count, "pair")
        + " of "
        + noun.plural()
        + (noun == Noun.SONG
            ? " may be the same recording"
            : (count == 1 ? " is" : " are") + " nearly the same");
  }
}
