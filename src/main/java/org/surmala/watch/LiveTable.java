package org.surmala.watch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.surmala.pipeline.Coverage;
import org.surmala.report.ReportedSong;
import org.surmala.schema.AssignedSong;
import org.surmala.schema.FileCounts;
import org.surmala.schema.FileEvent;
import org.surmala.schema.ModelVersion;
import org.surmala.schema.Neighbour;
import org.surmala.schema.PublishedSong;
import org.surmala.schema.SongAudioInfo;
import org.surmala.schema.SongRef;

/**
 * The current state of a collection in memory: its files and the assignments of its songs. The cost
 * of an event, an assignment or a count does not depend on the number of songs. The table tracks
 * which songs have changed since the last publication.
 */
final class LiveTable {
  private final FileTable files = new FileTable();

  /** Songs that the model version, or a later one, was not fitted with. */
  private final Map<String, AssignedSong> assigned = new HashMap<>();

  /** For each song, the songs that list it as a neighbour. */
  private final Map<String, Set<String>> namedBy = new HashMap<>();

  private final Set<String> unassigned = new HashSet<>();

  /** Existing, assigned songs that the model version was not fitted with. */
  private final Set<String> later = new HashSet<>();

  private final Set<String> changed = new HashSet<>();
  private boolean allChanged = true;
  private boolean isPublished = true;
  private int leftOutWritten = -1;
  private UserMetadata metadata = new UserMetadata(Map.of());
  private @Nullable ModelVersion version;
  private @Nullable FittedAssignments fitted;

  /**
   * Applies an event of the log, or of a file that may still grow; returns whether the table
   * changed.
   */
  boolean follow(FileEvent event) {
    boolean isNews = files.follow(event, this::touch);
    isPublished &= !isNews;
    return isNews;
  }

  private void touch(String id) {
    changed.add(id);
    changed.addAll(namedBy.getOrDefault(id, Set.of()));
    settle(id);
  }

  private void settle(String id) {
    boolean isThere = !files.paths(id).isEmpty();
    boolean isAssigned = isThere && isAssigned(id);
    keep(unassigned, id, isThere && !isAssigned);
    keep(later, id, isAssigned && !Objects.requireNonNull(fitted).has(id));
  }

  private static void keep(Set<String> ids, String id, boolean isIn) {
    if (isIn) {
      ids.add(id);
    } else {
      ids.remove(id);
    }
  }

  private boolean isAssigned(String id) {
    ModelVersion now = version;
    if (now == null || fitted == null || files.paths(id).get(0).getAudio() == null) {
      return false;
    }
    AssignedSong assignedSong = assigned.get(id);
    return fitted.has(id) || (assignedSong != null && assignedSong.getVersion() == now.getNumber());
  }

  /** Applies an assignment; returns whether it is by this model version or a later one. */
  boolean assign(AssignedSong assignedSong) {
    if (version != null && assignedSong.getVersion() < version.getNumber()) {
      return false;
    }
    assigned.put(assignedSong.getId(), assignedSong);
    name(assignedSong);
    touch(assignedSong.getId());
    isPublished = false;
    return true;
  }

  private void name(AssignedSong assignedSong) {
    for (Neighbour neighbour : assignedSong.getNeighbours()) {
      namedBy.computeIfAbsent(neighbour.getId(), id -> new HashSet<>()).add(assignedSong.getId());
    }
  }

  /** Switches to a model version; null if none can be read. */
  void serve(@Nullable ModelVersion next, @Nullable FittedAssignments songs) {
    version = next;
    fitted = songs;
    assigned
        .values()
        .removeIf(assignedSong -> next != null && assignedSong.getVersion() < next.getNumber());
    namedBy.clear();
    assigned.values().forEach(this::name);
    if (songs != null && !songs.isReleased()) {
      songs.ids().forEach(id -> name(songs.of(id)));
    }
    unassigned.clear();
    later.clear();
    files.ids().forEach(this::settle);
    allChanged = true;
    isPublished &= next == null;
  }

  /** Sets the model version's assignments again, if they were released. */
  void refresh(FittedAssignments songs) {
    fitted = songs;
  }

  /** Applies the user's metadata to the songs. */
  void describe(UserMetadata said) {
    UserMetadata before = metadata;
    metadata = said;
    for (String id : files.ids()) {
      if (!reported(id, before).equals(reported(id, said))) {
        changed.add(id);
        isPublished = false;
      }
    }
  }

  private SongRef reported(String id, UserMetadata by) {
    FileEvent first = files.paths(id).get(0);
    SongRef song = by.of(Objects.requireNonNull(first.getSong()));
    SongAudioInfo audio = first.getAudio();
    return audio == null ? song : ReportedSong.of(song, audio).song();
  }

  /** Whether a song is in the collection and assigned. */
  boolean has(String id) {
    return !files.paths(id).isEmpty() && !unassigned.contains(id);
  }

  /** Ids of the assigned songs of the collection, in no particular order. */
  List<String> assignedIds() {
    return files.ids().stream().filter(id -> !unassigned.contains(id)).toList();
  }

  /** Number of assigned songs of the collection. */
  int clustered() {
    return files.ids().size() - unassigned.size();
  }

  /** Ids of the songs of the collection that are not assigned. */
  Set<String> unassigned() {
    return unassigned;
  }

  /** Ids of the songs of the collection, in no particular order. */
  Set<String> ids() {
    return files.ids();
  }

  /** The song as the results show it. */
  SongRef song(String id) {
    return reported(id, metadata);
  }

  /** The song's audio properties; null if it was not decoded. */
  @Nullable SongAudioInfo audio(String id) {
    return files.paths(id).get(0).getAudio();
  }

  /** The published record of an assigned song. */
  PublishedSong of(String id) {
    FittedAssignments own = Objects.requireNonNull(fitted, "no model version");
    return of(id, own.has(id) ? own.of(id) : Objects.requireNonNull(assigned.get(id), id));
  }

  /** The published record of a song of the fit whose assignment the caller knows. */
  PublishedSong of(String id, AssignedSong known) {
    List<Neighbour> there =
        known.getNeighbours().stream()
            .filter(neighbour -> !files.paths(neighbour.getId()).isEmpty())
            .toList();
    AssignedSong assignedSong =
        there.size() == known.getNeighbours().size()
            ? known
            : AssignedSong.newBuilder(known).setNeighbours(there).build();
    return new PublishedSong(song(id), Objects.requireNonNull(audio(id), id), assignedSong);
  }

  /** Number of songs that the model version was not fitted with. */
  int since() {
    return later.size();
  }

  FileTable files() {
    return files;
  }

  /** Whether the user's metadata have exactly one row for each song, at its path. */
  boolean isDescribed() {
    return metadata.areOf(
        files.ids().stream()
            .map(id -> Objects.requireNonNull(files.paths(id).get(0).getSong()))
            .toList());
  }

  @Nullable ModelVersion version() {
    return version;
  }

  @Nullable FittedAssignments fitted() {
    return fitted;
  }

  /** Songs that have changed since the last publication; meaningless if all have. */
  Set<String> changed() {
    return changed;
  }

  /** Whether anything has changed since the last publication. */
  boolean hasChanges() {
    return !isPublished;
  }

  /** Whether no results of this model version are published yet. */
  boolean hasAllChanged() {
    return allChanged;
  }

  /** Whether a failed or skipped file was added or removed since the last publication. */
  boolean haveLeftOutChanged() {
    return leftOutWritten != files.leftOutChanges();
  }

  /** Marks all changes as published. */
  void published() {
    changed.clear();
    isPublished = true;
    allChanged = false;
    leftOutWritten = files.leftOutChanges();
  }

  /** found = clustered + failed + skipped + duplicate + waiting, or an IllegalStateException. */
  FileCounts counts() {
    int waiting = files.waiting() + unassigned.size();
    FileCounts counts =
        FileCounts.newBuilder()
            .setFound(files.found())
            .setClustered(clustered())
            .setFailed(files.failed())
            .setSkipped(files.skipped())
            .setDuplicate(files.duplicates())
            .setWaiting((long) waiting)
            .build();
    if (Coverage.of(counts).unaccounted() != waiting) {
      throw new IllegalStateException("files are unaccounted for: " + counts);
    }
    return counts;
  }
}
