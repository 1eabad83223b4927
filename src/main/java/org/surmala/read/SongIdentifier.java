package org.surmala.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.io.FileStamp;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.io.SongTitle;
import org.surmala.io.WholeFile;
import org.surmala.schema.SongFile;
import org.surmala.schema.SongRef;

/**
 * Identifies a listed file by the SHA-256 of its bytes, and reads the lyrics beside it. A file with
 * a known id from an earlier run is not read.
 *
 * <p>Lyrics come from a {@code .lrc} or {@code .txt} file of the same name, in UTF-8; time stamps
 * are removed. Lyrics files are read only on this machine: on a remote file system every lookup
 * costs a request.
 */
public final class SongIdentifier {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final long MAX_LYRICS_BYTES = 1 << 20;
  private static final Pattern LRC_TAG = Pattern.compile("\\[[^\\]\\n]*:[^\\]\\n]*\\]");

  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final MessageDigest digest = DigestUtils.getSha256Digest();

  /**
   * Identifies the file.
   *
   * @throws SongException if it cannot be read, or is gone
   */
  public SongRef identify(SongFile file) throws SongException {
    try {
      return identifyNamed(file);
    } catch (InvalidPathException otherEncoding) {
      // This process may have a different locale than the process that listed the file.
      throw PathText.badName();
    }
  }

  private SongRef identifyNamed(SongFile file) throws SongException {
    String id = file.getKnownId();
    if (id == null) {
      id = hash(file.getUri());
      FileStamp.of(file).requireUnchanged();
    }
    String lyrics = file.getLyrics() == null ? lyricsBeside(file.getUri()) : file.getLyrics();
    return SongRef.newBuilder()
        .setId(id)
        .setUri(file.getUri())
        .setFilepath(file.getFilepath())
        .setLanguage(file.getLanguage())
        .setTitle(file.getTitle())
        .setArtist(file.getArtist())
        .setLyrics(lyrics)
        .setSize(file.getSize())
        .setModified(file.getModified())
        .setLabels(file.getLabels())
        .setAlbum(file.getAlbum())
        .setNameTitle(file.getNameTitle())
        .setNameArtist(file.getNameArtist())
        .build();
  }

  private String hash(String uri) throws SongException {
    ResourceId resource = PathText.file(uri);
    digest.reset();
    try (ReadableByteChannel channel = WholeFile.open(resource)) {
      buffer.clear();
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        digest.update(buffer);
        buffer.clear();
      }
    } catch (NoSuchFileException gone) {
      throw FileStamp.vanished(gone);
    } catch (FileNotFoundException gone) {
      // Beam's local file system reports a file without permission as missing.
      if (!RemoteFiles.isRemote(uri) && Files.exists(PathText.toPath(uri))) {
        throw new SongException(
            FailureCode.UNREADABLE, "cannot be opened; allow reading: " + gone.getMessage(), gone);
      }
      throw FileStamp.vanished(gone);
    } catch (AccessDeniedException denied) {
      throw new SongException(FailureCode.UNREADABLE, "permission denied; allow reading", denied);
    } catch (IOException broken) {
      throw new SongException(
          FailureCode.UNREADABLE, "reading failed: " + broken.getMessage(), broken);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static @Nullable String lyricsBeside(String uri) throws SongException {
    if (RemoteFiles.isRemote(uri)) {
      return null;
    }
    String stem = uri.substring(0, uri.lastIndexOf('/') + 1) + SongTitle.stem(uri);
    for (String extension : new String[] {".lrc", ".txt"}) {
      Path beside = PathText.toPath(stem + extension);
      if (Files.isRegularFile(beside)) {
        return lyrics(beside);
      }
    }
    return null;
  }

  private static @Nullable String lyrics(Path file) throws SongException {
    try {
      if (Files.size(file) > MAX_LYRICS_BYTES) {
        return null;
      }
      // Unlike Files.readString, this replaces invalid UTF-8 instead of failing.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      String plain = LRC_TAG.matcher(text).replaceAll("").strip();
      return plain.isEmpty() ? null : plain;
    } catch (IOException e) {
      throw new SongException(
          FailureCode.UNREADABLE,
          "its lyrics file " + file.getFileName() + " cannot be read; allow reading or remove it",
          e);
    }
  }
}
