package org.surmala.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.surmala.schema.ClusterAssignment;
import org.surmala.schema.ClusterProfile;
import org.surmala.schema.Confound;
import org.surmala.schema.Findings;
import org.surmala.schema.NearDuplicate;
import org.surmala.schema.Probe;
import org.surmala.schema.Trait;

/** What was found of a synthetic run besides scores. */
final class SyntheticFindings {
  private SyntheticFindings() {}

  /** As if each cluster had been described; the files tell the labels. */
  static Findings of(SyntheticRun run) {
    List<ClusterProfile> profiles = new ArrayList<>();
    for (int c = 0; c < run.clusters; c++) {
      int cluster = c;
      List<String> members =
          run.assignments().stream()
              .filter(a -> a.getCluster() == cluster)
              .sorted(Comparator.comparing(ClusterAssignment::getDistance))
              .map(ClusterAssignment::getId)
              .toList();
      List<String> last = new ArrayList<>(members);
      Collections.reverse(last);
      profiles.add(
          ClusterProfile.newBuilder()
              .setRepresentation("vae")
              .setModelVersion("v-vae")
              .setClusterer("kmeans")
              .setK(run.clusters)
              .setCluster(c)
              .setName(
                  SyntheticRun.NAMES[c % SyntheticRun.NAMES.length]
                      + (c < SyntheticRun.NAMES.length ? "" : " " + c))
              .setSongs(members.size())
              .setLabels(List.of())
              .setTraits(List.of(new Trait("tempo", 1.25, "fast"), new Trait("x", -0.75, null)))
              .setDescription(SyntheticRun.NAMES[c % SyntheticRun.NAMES.length])
              .setRepresentatives(members.stream().limit(5).toList())
              .setBorderline(last.stream().limit(5).toList())
              .setStability(1 - 0.125 * c)
              .build());
    }
    List<ClusterProfile> groups = new ArrayList<>();
    for (ClusterProfile profile : profiles) {
      groups.add(ClusterProfile.newBuilder(profile).setGroup(1).build());
      if (profile.getCluster() == 0) {
        groups.get(0).setName("busy");
        groups.add(
            ClusterProfile.newBuilder(profile).setGroup(2).setName("slow; like AC/DC").build());
      }
    }
    return Findings.newBuilder()
        .setRepresentation("vae")
        .setModelVersion("v-vae")
        .setProfiles(profiles)
        .setGroups(groups)
        .setConfounds(
            List.of(
                confound(run, "bit_rate", 0.875, 0.5, true),
                confound(run, "duration_s", null, null, false)))
        .setProbe(
            Probe.newBuilder()
                .setRepresentation("vae")
                .setModelVersion("v-vae")
                .setSongs(run.songs)
                .setLabels(run.languages)
                .setLogistic(0.8125)
                .setNearestNeighbours(0.75)
                .setChance(0.5)
                .build())
        .setNearDuplicates(
            run.songs < 2
                ? List.of()
                : List.of(new NearDuplicate(SyntheticRun.id(0), SyntheticRun.id(1), 0.0625)))
        .build();
  }

  private static Confound confound(
      SyntheticRun run,
      String property,
      @Nullable Double accuracy,
      @Nullable Double chance,
      boolean alarming) {
    return Confound.newBuilder()
        .setRepresentation("vae")
        .setClusterer("kmeans")
        .setK(run.clusters)
        .setProperty(property)
        .setSongs(run.songs)
        .setBalancedAccuracy(accuracy)
        .setChance(chance)
        .setClusterAmi(0.25)
        .setAlarming(alarming)
        .build();
  }
}
