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
 * A collection as it is now: its files, and where the model version puts its songs. It is in
 * memory; an event, an assignment and a count cost the same however many songs there are. It knows
 * which songs have changed since the results were last written.
 */
final class LiveTable {
  private final FileTable files = new FileTable();

  /** Songs that the model version, or a later one, was fitted without. */
  private final Map<String, AssignedSong> assigned = new HashMap<>();

  /** The songs that name a song as their neighbour. */
  private final Map<String, Set<String>> namedBy = new HashMap<>();

  private final Set<String> unassigned = new HashSet<>();

  /** Songs that exist and are assigned, and that the model version was fitted without. */
  private final Set<String> later = new HashSet<>();

  private final Set<String> changed = new HashSet<>();
  private boolean allChanged = true;
  private boolean isPublished = true;
  private int leftOutWritten = -1;
  private UserMetadata metadata = new UserMetadata(Map.of());
  private @Nullable ModelVersion version;
  private @Nullable FittedAssignments fitted;

  /** Follows an event of the history, or of a file that may still grow; whether it is news. */
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

  /** Takes an assignment; whether it is by this model version or a later one. */
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

  /** Changes to a model version; null when there is none that can be read. */
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

  /** Reads the songs of the model version again, if they were released. */
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

  /** Whether a song exists and is assigned. */
  boolean has(String id) {
    return !files.paths(id).isEmpty() && !unassigned.contains(id);
  }

  /** Ids of the songs that exist and are assigned, in no order. */
  List<String> assignedIds() {
    return files.ids().stream().filter(id -> !unassigned.contains(id)).toList();
  }

  /** Songs that exist and are assigned. */
  int clustered() {
    return files.ids().size() - unassigned.size();
  }

  /** Ids of songs that exist and are not assigned. */
  Set<String> unassigned() {
    return unassigned;
  }

  /** Ids of the songs that are there, in no order. */
  Set<String> ids() {
    return files.ids();
  }

  /** The song as the results show it. */
  SongRef song(String id) {
    return reported(id, metadata);
  }

  /** What was learnt by decoding the song; null where nothing was. */
  @Nullable SongAudioInfo audio(String id) {
    return files.paths(id).get(0).getAudio();
  }

  /** The results for a song that exists and is assigned. */
  PublishedSong of(String id) {
    FittedAssignments own = Objects.requireNonNull(fitted, "no model version");
    return of(id, own.has(id) ? own.of(id) : Objects.requireNonNull(assigned.get(id), id));
  }

  /** Likewise, for a song whose assignment among the fit's own is known from elsewhere. */
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

  /** Songs since the fit. */
  int since() {
    return later.size();
  }

  FileTable files() {
    return files;
  }

  /** Whether the user's metadata have a row for each song at its path, and no other. */
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

  /** Songs that have changed since the results were written; meaningless where all have. */
  Set<String> changed() {
    return changed;
  }

  /** Whether anything has changed since the results were written. */
  boolean hasChanges() {
    return !isPublished;
  }

  /** Whether the results know nothing of this model version yet. */
  boolean hasAllChanged() {
    return allChanged;
  }

  /** Whether a failed or skipped file may have come or gone since the results were written. */
  boolean haveLeftOutChanged() {
    return leftOutWritten != files.leftOutChanges();
  }

  /** The results have been written. */
  void published() {
    changed.clear();
    isPublished = true;
    allChanged = false;
    leftOutWritten = files.leftOutChanges();
  }

  /**
   * found = clustered + failed + skipped + duplicate + waiting.
   *
   * @throws IllegalStateException when that does not hold
   */
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
