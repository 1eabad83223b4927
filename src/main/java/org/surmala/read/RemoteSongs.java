package org.surmala.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.surmala.io.WholeFile;
import org.surmala.schema.SkipReason;
import org.surmala.schema.SkippedFile;
import org.surmala.schema.SongFile;

/** Lists the songs of a folder or a glob on a remote file system. */
record RemoteSongs(SongLister lister, ReadOptions options) {
  /** Lists a folder, whose URI ends in a slash, or a glob. */
  void list(String songs, Listing listing) throws IOException {
    boolean folder = songs.endsWith("/");
    String prefix = SongsPath.WILDCARD.split(songs, 2)[0];
    String root = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    MatchResult match =
        FileSystems.match(folder ? songs + "**" : songs, EmptyMatchTreatment.DISALLOW);
    IgnoreRules ignored = new IgnoreRules();
    for (MatchResult.Metadata metadata : match.metadata()) {
      String below = below(root, metadata);
      if (below.equals(IgnoreRules.FILE) || below.endsWith("/" + IgnoreRules.FILE)) {
        try (InputStream rules = WholeFile.open(metadata.resourceId().toString())) {
          ignored.add(below.substring(0, below.length() - IgnoreRules.FILE.length()), rules);
        }
      }
    }
    for (MatchResult.Metadata metadata : match.metadata()) {
      if (metadata.resourceId().toString().endsWith("/")) {
        continue;
      }
      offerResource(
          metadata.resourceId(),
          below(root, metadata),
          ignored,
          metadata.sizeBytes(),
          metadata.lastModifiedMillis(),
          listing);
    }
  }

  private static String below(String root, MatchResult.Metadata metadata) {
    String uri = metadata.resourceId().toString();
    return uri.startsWith(root) ? uri.substring(root.length()) : "";
  }

  private void offerResource(
      ResourceId resource,
      String below,
      IgnoreRules ignored,
      long size,
      long modified,
      Listing listing) {
    String uri = resource.toString();
    int slash = below.indexOf('/');
    String label = slash > 0 ? below.substring(0, slash) : null;
    String name = Optional.ofNullable(resource.getFilename()).orElse(uri);
    if (ignored.ignores(below)) {
      listing.skipped(new SkippedFile(uri, SkipReason.IGNORED));
    } else if (options.isSong(name)) {
      lister.song(
          SongFile.newBuilder()
              .setUri(uri)
              .setFilepath(uri)
              .setLanguage(label)
              .setSize(size)
              .setModified(modified),
          listing);
    } else {
      listing.skipped(new SkippedFile(uri, SkipReason.OTHER_KIND));
    }
  }
}
