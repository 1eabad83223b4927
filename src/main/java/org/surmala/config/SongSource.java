package org.surmala.config;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.surmala.io.PathText;
import org.surmala.io.RemoteFiles;
import org.surmala.read.FeatureTableOptions;
import org.surmala.read.SongsPath;
import org.surmala.words.Noun;

/** The source of a run's songs. */
public sealed interface SongSource {
  /** The value of the option that names the source. */
  String location();

  /** The option and its value, for messages and the manifest. */
  String described();

  /** The noun for what is clustered. */
  default Noun noun() {
    return Noun.SONG;
  }

  /** The group column, which the settings may name; empty for none. */
  default String group(Settings settings) {
    return namedGroup(settings);
  }

  /** The group column of the settings; empty for none. */
  static String namedGroup(Settings settings) {
    String column = settings.get(Keys.GROUP);
    return column.equals(Keys.NONE) ? "" : column;
  }

  /**
   * Checks that the source exists, without reading it.
   *
   * @throws UsageException if it does not
   */
  void require();

  /** The source of --songs: audio files, or a topic that announces them. */
  static SongSource of(String songs) {
    return songs.startsWith("kafka://") ? new Topic(songs) : new Sound(songs);
  }

  /** A topic of song URIs, such as {@code kafka://localhost:9092/songs}. */
  record Topic(String location) implements SongSource {
    @Override
    public String described() {
      return "--songs " + location;
    }

    @Override
    public void require() {
      throw new UsageException(described() + ": a topic has no end; use surmala watch");
    }
  }

  /** Audio files: a folder, a glob, a song or a metadata.csv. */
  record Sound(String path) implements SongSource {
    @Override
    public String location() {
      return path;
    }

    @Override
    public String described() {
      return "--songs " + path;
    }

    @Override
    public void require() {
      try {
        SongsPath.require(path);
      } catch (IOException e) {
        throw new UsageException("--songs " + e.getMessage(), e);
      }
    }

    /**
     * Columns in which the songs may have labels.
     *
     * @throws UsageException if the metadata.csv that names them cannot be read
     */
    Set<String> columns() {
      Set<String> columns = new LinkedHashSet<>(Annotation.KNOWN);
      try {
        columns.addAll(SongsPath.columns(path));
      } catch (IOException e) {
        throw new UsageException("--songs " + e.getMessage(), e);
      }
      return columns;
    }

    /**
     * Notes on the metadata.csv that names the songs.
     *
     * @throws UsageException if it cannot be read
     */
    List<String> notes() {
      try {
        return SongsPath.notes(path);
      } catch (IOException e) {
        throw new UsageException("--songs " + e.getMessage(), e);
      }
    }
  }

  /** A feature table: its file and columns. */
  record Table(FeatureTableOptions options) implements SongSource {
    @Override
    public String location() {
      return options.file();
    }

    @Override
    public String described() {
      return "--features " + options.file();
    }

    @Override
    public Noun noun() {
      return Noun.ROW;
    }

    @Override
    public String group(Settings settings) {
      String column = options.groupColumn();
      return column == null ? SongSource.namedGroup(settings) : column;
    }

    @Override
    public void require() {
      String file = options.file();
      if (!RemoteFiles.isRemote(file) && Files.isDirectory(PathText.toPath(file))) {
        throw new UsageException(
            "--features '" + file + "' is a folder; give a CSV, .npy or .avro file");
      }
      if (!RemoteFiles.isRemote(file) && !Files.isRegularFile(PathText.toPath(file))) {
        throw new UsageException(
            "--features '" + file + "' is not there; give a CSV, .npy or .avro file");
      }
    }
  }
}
