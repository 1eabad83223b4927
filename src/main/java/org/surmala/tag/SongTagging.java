package org.surmala.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.surmala.config.AudioOptions;
import org.surmala.config.UsageException;
import org.surmala.decode.WindowDecoder;
import org.surmala.failure.SongException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.io.WholeFile;
import org.surmala.pipeline.DataFolder;
import org.surmala.pipeline.RunManifest;
import org.surmala.read.Catalog;
import org.surmala.report.ReportedSong;
import org.surmala.report.ReportedSongs;
import org.surmala.runner.RunProgress;
import org.surmala.schema.CatalogEntry;
import org.surmala.schema.SongRef;
import org.surmala.search.CollectionTraits;
import org.surmala.search.KnownSong;
import org.surmala.search.MappedSongs;
import org.surmala.search.RankedSong;

/**
 * Writes cluster, nearest songs and facts of each song into its file's tag, or shows what it would
 * write.
 *
 * <p>A file is never changed in place: a copy beside it is tagged, its audio is compared with the
 * original's, and the copy is renamed over the original. The catalog stores size and time of the
 * copies before they are renamed, so that a tagged file keeps its id, and a process that dies
 * meanwhile leaves each file either unchanged or completely tagged, and in the catalog.
 */
public final class SongTagging {
  private static final String UNFINISHED = ".unfinished";

  /** Maximum number of copies at a time. */
  private static final int BATCH = 64;

  private final String results;
  private final String data;
  private final TagRequest request;
  private final Consumer<RunProgress> progress;
  private final List<Change> changes = new ArrayList<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private int unchanged;

  /**
   * @param progress receives the number of finished songs
   */
  public SongTagging(
      String results, String data, TagRequest request, Consumer<RunProgress> progress) {
    this.results = PathText.folder(results);
    this.data = data;
    this.request = request;
    this.progress = progress;
  }

  /**
   * The change of a song's tag.
   *
   * @param note text of the note field; unchanged if only facts change
   * @param facts text of each changed field of facts
   */
  public record Change(KnownSong song, String note, Map<TagField, String> facts) {
    public Change {
      facts = Map.copyOf(facts);
    }
  }

  /** A song that cannot be tagged, and why. */
  public record Refusal(KnownSong song, String reason) {}

  /**
   * The outcome.
   *
   * @param changes written or planned changes
   * @param unchanged songs that already have the tag
   * @param refusals songs that cannot be tagged
   */
  public record Outcome(List<Change> changes, int unchanged, List<Refusal> refusals) {}

  /** A tagged copy that will replace its original. */
  private record Copy(Path copy, Path original) {}

  /**
   * Plans the changes.
   *
   * @throws UsageException if there are no results of a run
   * @throws IOException if they cannot be read
   */
  public Outcome plan() throws IOException {
    each((song, ref, texts) -> null);
    return new Outcome(List.copyOf(changes), unchanged, List.copyOf(refusals));
  }

  /**
   * Writes the tags.
   *
   * @throws UsageException if there are no results of a run, or a run uses the data folder
   * @throws IOException if results or catalog cannot be read or written
   */
  public Outcome write() throws IOException {
    try (DataFolder folder = DataFolder.open(data)) {
      Catalog catalog = Catalog.read(folder.path() + Catalog.FILE);
      WindowDecoder decoder =
          new WindowDecoder(AudioOptions.of(RunManifest.settings(results)).decode());
      Set<Path> swept = new LinkedHashSet<>();
      List<Copy> batch = new ArrayList<>();
      each(
          (song, ref, texts) -> {
            Path original = PathText.toPath(ref.getUri()).toRealPath();
            BasicFileAttributes now = Files.readAttributes(original, BasicFileAttributes.class);
            String known =
                catalog.idOf(ref.getUri(), now.size(), now.lastModifiedTime().toMillis());
            if (!song.id().equals(known)) {
              return "the file changed after the run; run again first";
            }
            Path home = Objects.requireNonNull(original.getParent());
            if (swept.add(home)) {
              // Left by killed processes.
              WholeFile.sweep(PathText.folder(home));
            }
            Copy copy =
                new Copy(
                    home.resolve(
                        "." + original.getFileName() + "." + UUID.randomUUID() + UNFINISHED),
                    original);
            boolean done = false;
            try {
              Files.copy(original, copy.copy(), StandardCopyOption.COPY_ATTRIBUTES);
              SongTags.write(copy.copy(), format(ref), texts);
              if (!sameSound(decoder, ref, copy.copy())) {
                return "its audio would change; nothing was written";
              }
              BasicFileAttributes written =
                  Files.readAttributes(copy.copy(), BasicFileAttributes.class);
              catalog.put(
                  new CatalogEntry(
                      ref.getUri(),
                      written.size(),
                      written.lastModifiedTime().toMillis(),
                      song.id()));
              batch.add(copy);
              done = true;
            } catch (UntaggableException e) {
              return String.valueOf(e.getMessage());
            } finally {
              if (!done) {
                Files.deleteIfExists(copy.copy());
              }
            }
            if (batch.size() == BATCH) {
              replace(catalog, folder.path(), batch);
            }
            return null;
          });
      replace(catalog, folder.path(), batch);
    }
    return new Outcome(List.copyOf(changes), unchanged, List.copyOf(refusals));
  }

  /** Applies a change; returns the reason if it is refused. */
  @FunctionalInterface
  private interface Action {
    @Nullable String apply(KnownSong song, SongRef ref, Map<TagField, String> texts)
        throws IOException;
  }

  private void each(Action action) throws IOException {
    MappedSongs mapped = MappedSongs.read(results, PathText.folder(data));
    RunManifest.requireSongs(results, "they have no tags");
    Map<String, ReportedSong> reported = ReportedSongs.read(results);
    CollectionTraits traits =
        request.facts().contains(TagField.MOOD)
            ? CollectionTraits.read(results, PathText.folder(data), mapped.songs())
            : null;
    for (int i = 0; i < mapped.songs().size(); i++) {
      KnownSong song = mapped.songs().get(i);
      ReportedSong known = reported.get(song.id());
      if (known == null) {
        throw new IOException(results + "records/ has no song " + song.id() + "; run again");
      }
      String reason =
          one(
              song,
              known.song(),
              names(mapped, i),
              traits == null ? List.of() : traits.of(song),
              action);
      if (reason != null) {
        refusals.add(new Refusal(song, reason));
      }
      progress.accept(
          new RunProgress("tag", i + 1L, mapped.songs().size(), "songs", refusals.size()));
    }
  }

  private @Nullable String one(
      KnownSong song, SongRef ref, List<String> names, List<String> mood, Action action)
      throws IOException {
    if (RemoteFiles.isRemote(ref.getUri())) {
      return "not on this machine; copy it here to tag it";
    }
    if (!Files.isRegularFile(PathText.toPath(ref.getUri()))) {
      return "gone since the run; run again";
    }
    Map<TagField, String> before;
    try {
      before = SongTags.read(PathText.toPath(ref.getUri()), format(ref));
    } catch (UntaggableException e) {
      return String.valueOf(e.getMessage());
    }
    Map<TagField, String> facts = SongFacts.of(request, song, mood, before);
    String noted = before.getOrDefault(request.note().field(), "");
    String note = TagText.into(noted, song.cluster(), names);
    if (facts.isEmpty() && note.equals(noted)) {
      unchanged++;
      return null;
    }
    Map<TagField, String> texts = new EnumMap<>(TagField.class);
    texts.putAll(facts);
    texts.put(request.note().field(), note);
    String reason = action.apply(song, ref, texts);
    if (reason == null) {
      changes.add(new Change(song, note, facts));
    }
    return reason;
  }

  private List<String> names(MappedSongs mapped, int song) {
    if (request.nearest() == 0) {
      return List.of();
    }
    return mapped
        .index()
        .nearest(mapped.index().point(song), other -> other != song, request.nearest())
        .stream()
        .map(RankedSong::song)
        .map(other -> mapped.songs().get(other).name())
        .toList();
  }

  private static String format(SongRef song) {
    String uri = song.getUri();
    return uri.substring(uri.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static boolean sameSound(WindowDecoder decoder, SongRef song, Path copy) {
    try {
      return decoder
          .decode(song)
          .getSamples()
          .equals(
              decoder
                  .decode(SongRef.newBuilder(song).setUri(copy.toString()).build())
                  .getSamples());
    } catch (SongException unreadable) {
      return false;
    }
  }

  private static void replace(Catalog catalog, String folder, List<Copy> batch) throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    catalog.write(folder, Catalog.FILE);
    for (Copy copy : batch) {
      Files.move(copy.copy(), copy.original(), StandardCopyOption.ATOMIC_MOVE);
    }
    batch.clear();
  }
}
