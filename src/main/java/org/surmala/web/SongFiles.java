package org.surmala.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.schema.SongRef;

/**
 * The audio files of a collection. No other file can be read: the path comes from the results, and
 * if it contains a symbolic link, the target must have the listed size and time.
 */
final class SongFiles {
  /** HTTP requires two digits of the day; Java's RFC_1123_DATE_TIME writes one. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private SongFiles() {}

  /** The present state of a file. */
  private record Found(Path file, BasicFileAttributes attributes) {
    /** The ETag, which changes with the file. */
    String tag(String id) {
      return "\"%s-%x-%x\""
          .formatted(
              id.substring(0, 16), attributes.size(), attributes.lastModifiedTime().toMillis());
    }

    String modified() {
      return HTTP_DATE.format(attributes.lastModifiedTime().toInstant());
    }
  }

  /** The real path of a song's file, which must be in the collection; else an ApiException. */
  static Path real(SongRef song) throws ApiException {
    return find(song).file();
  }

  private static Found find(SongRef song) throws ApiException {
    if (RemoteFiles.isRemote(song.getUri())) {
      throw ApiException.notFound("the file is on another machine: " + song.getFilepath());
    }
    try {
      Path path = PathText.toPath(song.getUri());
      Path real = path.toRealPath();
      BasicFileAttributes now =
          Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean isListed =
          now.size() == song.getSize() && now.lastModifiedTime().toMillis() == song.getModified();
      if (!now.isRegularFile() || !(real.equals(path) || isListed)) {
        throw ApiException.notFound(
            "the file is behind a symbolic link and not the one that was listed; run again: "
                + song.getFilepath());
      }
      return new Found(real, now);
    } catch (IOException e) {
      throw ApiException.notFound("the file is gone: " + song.getFilepath());
    }
  }

  /** The whole file, or the requested range. */
  static WebResponse respond(SongRef song, WebRequest request) throws ApiException {
    Found found = find(song);
    String tag = found.tag(song.getId());
    long size = found.attributes().size();
    WebResponse response =
        WebResponse.empty(200)
            .with("Accept-Ranges", "bytes")
            .with("ETag", tag)
            .with("Last-Modified", found.modified())
            .with("Cache-Control", "private, no-cache");
    String known = request.header("If-None-Match");
    if (known != null && (known.equals("*") || known.contains(tag))) {
      return new WebResponse(304, response.headers(), new byte[0], null);
    }
    response = response.with("Content-Type", ContentType.of(song.getFilepath()));
    try {
      ByteRange range = range(request, found, tag);
      if (range == null) {
        return new WebResponse(
            200, response.headers(), new byte[0], new FilePart(found.file(), 0, size));
      }
      return new WebResponse(
          206,
          response.with("Content-Range", range.contentRange(size)).headers(),
          new byte[0],
          new FilePart(found.file(), range.first(), range.length()));
    } catch (ByteRange.UnsatisfiableException e) {
      return WebResponse.error(416, "range_not_satisfiable", "the file has " + size + " bytes")
          .with("Content-Range", "bytes */" + size);
    }
  }

  /** The requested range; null if the file has changed since the first part was sent. */
  private static @Nullable ByteRange range(WebRequest request, Found found, String tag)
      throws ApiException, ByteRange.UnsatisfiableException {
    String header = request.header("Range");
    String unchanged = request.header("If-Range");
    boolean isSame =
        unchanged == null || unchanged.equals(tag) || unchanged.equals(found.modified());
    return header == null || !isSame ? null : ByteRange.of(header, found.attributes().size());
  }
}
