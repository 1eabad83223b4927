package org.surmala.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.io.SongTitle;
import org.surmala.io.WholeFile;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/**
 * Finds songs under a folder, by a glob, or in a metadata file. It reads names, sizes and times,
 * never audio. Every file is passed to exactly one of the {@link Listing}'s three methods; files
 * that the {@link IgnoreRules} of a folder ignore are skipped.
 */
public final class SongLister {
  private final ReadOptions options;
  private final @Nullable Path metadataDirectory;

  public SongLister(ReadOptions options) {
    this.options = options;
    this.metadataDirectory =
        RemoteFiles.isRemote(options.metadataDirectory())
            ? null
            : PathText.toPath(options.metadataDirectory());
  }

  /**
   * Lists every song.
   *
   * @throws IOException if the source cannot be read at all; the message names it and the remedy
   */
  public void list(Listing listing) throws IOException {
    String songs = options.songs();
    if (RemoteFiles.isRemote(songs)) {
      RemoteFiles.require(songs);
      if (songs.endsWith(".csv")) {
        new MetadataFile(this, songs, options.columns()).list(listing);
      } else if (songs.endsWith(".txt")) {
        listLines(songs, listing);
      } else {
        new RemoteSongs(this, options).list(songs, listing);
      }
      return;
    }
    Path path = PathText.toPath(songs);
    if (Files.isDirectory(path)) {
      walk(path, Integer.MAX_VALUE, file -> true, listing);
    } else if (songs.endsWith(".csv") && Files.exists(path)) {
      new MetadataFile(this, path.toString(), options.columns()).list(listing);
    } else if (songs.endsWith(".txt") && Files.exists(path)) {
      listLines(path.toString(), listing);
    } else if (Files.exists(path)) {
      offer(path, null, attributes(path), listing);
    } else {
      SongsPath.require(songs);
      listGlob(path, listing);
    }
  }

  private void walk(Path root, int depth, Predicate<Path> isWanted, Listing listing)
      throws IOException {
    IgnoreRules ignored = new IgnoreRules();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            readRules(root, folder, ignored);
            if (!folder.equals(root)
                && isWanted.test(folder)
                && options.isSong(name(folder))
                && !ignored.ignores(below(root, folder))) {
              fail(
                  folder,
                  FailureCode.IS_DIRECTORY,
                  "a folder, not a song; rename it so that it does not have the extension of an"
                      + " audio file",
                  listing);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            // A folder at the maximum depth is visited as a file.
            if (isWanted.test(file) && !attributes.isDirectory()) {
              if (ignored.ignores(below(root, file))) {
                listing.skipped(new SkippedFile(shown(file), SkipReason.IGNORED));
              } else {
                offer(file, label(root, file), attributes, listing);
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException cause) throws IOException {
            if (file.equals(root)) {
              throw cause instanceof NoSuchFileException
                  ? SongsPath.notThere(options.songs())
                  : cause;
            }
            if (ignored.ignores(below(root, file))) {
              listing.skipped(new SkippedFile(shown(file), SkipReason.IGNORED));
            } else if (cause instanceof FileSystemLoopException) {
              fail(
                  file,
                  FailureCode.SYMLINK_LOOP,
                  "a symbolic link to a parent folder; it was not followed",
                  listing);
            } else if (cause instanceof AccessDeniedException) {
              fail(file, FailureCode.UNREADABLE, "permission denied; allow reading", listing);
            } else if (cause instanceof NoSuchFileException) {
              fail(file, FailureCode.VANISHED, "gone while the folder was listed", listing);
            } else {
              fail(file, FailureCode.UNREADABLE, reason(cause), listing);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    // If a drive was removed meanwhile, report neither missing nor unreadable files.
    if (!Files.exists(root)) {
      throw SongsPath.notThere(options.songs());
    }
  }

  private static void readRules(Path root, Path folder, IgnoreRules ignored) throws IOException {
    Path file = folder.resolve(IgnoreRules.FILE);
    if (Files.isRegularFile(file)) {
      try (InputStream rules = Files.newInputStream(file)) {
        ignored.add(folder.equals(root) ? "" : below(root, folder) + "/", rules);
      } catch (IOException e) {
        throw new IOException(
            file + " cannot be read; allow reading, or remove it: " + reason(e), e);
      }
    }
  }

  private static String below(Path root, Path file) {
    return PathText.of(root.relativize(file));
  }

  /** An existing folder is matched by its name, whatever its characters. */
  private void listGlob(Path glob, Listing listing) throws IOException {
    Path root = Objects.requireNonNull(glob.getRoot());
    int literal = 0;
    for (Path part : glob) {
      Path below = root.resolve(part);
      if (!Files.isDirectory(below)) {
        break;
      }
      root = below;
      literal++;
    }
    Path folder = root;
    Path pattern = glob.subpath(literal, glob.getNameCount());
    if (!SongsPath.WILDCARD.matcher(pattern.getName(0).toString()).find()) {
      throw SongsPath.notThere(options.songs());
    }
    PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + pattern);
    boolean isDeep = pattern.toString().contains("**") || pattern.toString().contains("{");
    AtomicLong matched = new AtomicLong();
    walk(
        folder,
        isDeep ? Integer.MAX_VALUE : pattern.getNameCount(),
        file -> {
          boolean matches = matcher.matches(folder.relativize(file));
          matched.addAndGet(matches ? 1 : 0);
          return matches;
        },
        listing);
    if (matched.get() == 0) {
      throw new IOException(
          "'"
              + options.songs()
              + "' matches no file; put a backslash before a bracket that is part of a name");
    }
  }

  /**
   * Lists a file with one path or URI per line, relative to the list's folder; blank lines are
   * ignored.
   */
  private void listLines(String list, Listing listing) throws IOException {
    String text;
    try (InputStream in = WholeFile.open(list)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    // A line without a line break is still being written.
    int whole = text.lastIndexOf('\n') + 1;
    list(
        text.substring(0, whole)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(line -> PathText.beside(list, line))
            .toList(),
        listing);
  }

  /** Lists the songs at these paths or URIs; each invalid one is a separate failure. */
  public void list(Iterable<String> places, Listing listing) throws IOException {
    for (String place : places) {
      try {
        offerRow(place, SongFile.newBuilder(), listing);
      } catch (IllegalArgumentException unknown) {
        // Not a path of this machine, or on a file system that this build does not have.
        listing.failed(
            new SongException(
                    FailureCode.UNREADABLE,
                    "neither a path nor a URI that can be read: " + unknown.getMessage())
                .toFailure(null, place, place));
      }
    }
  }

  private void offer(
      Path file, @Nullable String label, BasicFileAttributes attributes, Listing listing) {
    if (!options.isSong(name(file))) {
      listing.skipped(new SkippedFile(shown(file), SkipReason.OTHER_KIND));
    } else if (failsByName(file, listing)) {
      return;
    } else if (attributes.isSymbolicLink()) {
      fail(file, FailureCode.VANISHED, "a symbolic link to a file that is not there", listing);
    } else if (!attributes.isRegularFile()) {
      fail(file, FailureCode.UNREADABLE, "not a regular file", listing);
    } else {
      song(
          SongFile.newBuilder()
              .setUri(file.toString())
              .setFilepath(shown(file))
              .setLanguage(label)
              .setSize(attributes.size())
              .setModified(attributes.lastModifiedTime().toMillis()),
          listing);
    }
  }

  /** Lists one row of a metadata file. */
  void offerRow(String path, SongFile.Builder row, Listing listing) throws IOException {
    if (RemoteFiles.isRemote(path)) {
      MatchResult match = FileSystems.match(path, EmptyMatchTreatment.ALLOW);
      if (match.metadata().isEmpty()) {
        listing.failed(
            new SongException(FailureCode.VANISHED, "in the metadata file, but missing")
                .toFailure(null, path, path));
        return;
      }
      MatchResult.Metadata metadata = match.metadata().get(0);
      song(
          row.setUri(path)
              .setFilepath(path)
              .setSize(metadata.sizeBytes())
              .setModified(metadata.lastModifiedMillis()),
          listing);
      return;
    }
    Path file;
    try {
      file = asWritten(path);
    } catch (InvalidPathException otherEncoding) {
      listing.failed(PathText.badName().toFailure(null, path, path));
      return;
    }
    if (!Files.exists(file)) {
      fail(
          file,
          FailureCode.VANISHED,
          "in the metadata file, but missing; correct its filepath or delete its row",
          listing);
    } else if (Files.isDirectory(file)) {
      fail(file, FailureCode.IS_DIRECTORY, "in the metadata file, but a folder", listing);
    } else {
      BasicFileAttributes attributes = attributes(file);
      song(
          row.setUri(file.toString())
              .setFilepath(shown(file))
              .setSize(attributes.size())
              .setModified(attributes.lastModifiedTime().toMillis()),
          listing);
    }
  }

  /** Lists a song with title and artist from its name. */
  void song(SongFile.Builder file, Listing listing) {
    String name = SongTitle.stem(file.getFilepath());
    listing.song(
        file.setNameTitle(options.titlePattern().title(name))
            .setNameArtist(options.titlePattern().artist(name))
            .build());
  }

  /**
   * The path; if nothing exists there, without surrounding blanks, or with backslashes as
   * separators.
   */
  private static Path asWritten(String path) {
    Path file = PathText.toPath(path);
    if (Files.exists(file)) {
      return file;
    }
    Path other = PathText.toPath(CellParser.trim(path).replace('\\', '/'));
    return Files.exists(other) ? other : file;
  }

  private void fail(Path file, FailureCode code, String message, Listing listing) {
    fail(file, new SongException(code, message), listing);
  }

  private void fail(Path file, SongException cause, Listing listing) {
    listing.failed(cause.toFailure(null, PathText.of(file), shown(file)));
  }

  private boolean failsByName(Path file, Listing listing) {
    try {
      PathText.require(file);
      return false;
    } catch (SongException cause) {
      fail(file, cause, listing);
      return true;
    }
  }

  private String shown(Path file) {
    Path directory = metadataDirectory;
    String text = PathText.of(file);
    // Text that does not resolve to its file cannot be made relative.
    return directory == null
            || !text.equals(file.toString())
            || !Objects.equals(directory.getRoot(), file.getRoot())
        ? text
        : directory.relativize(file).toString();
  }

  private static @Nullable String label(Path root, Path file) {
    Path below = root.relativize(file);
    return below.getNameCount() > 1 ? below.getName(0).toString() : null;
  }

  private static String name(Path file) {
    return file.getFileName() == null ? "" : file.getFileName().toString();
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class);
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
