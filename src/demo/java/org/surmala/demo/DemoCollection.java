package org.surmala.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.surmala.io.PathText;
import org.surmala.io.WholeFile;

/**
 * A folder of composed songs, one folder for each language, in six formats that change from song to
 * song in the same way in each language, so that a format tells nothing about the language. A song
 * whose file is already there is not composed again; a file is there whole or not at all.
 */
public final class DemoCollection {
  /** The lossy encoders search less than they can: it takes half of the time. */
  private static final List<Encoding> ENCODINGS =
      List.of(
          Encoding.wav(),
          Encoding.flac(),
          Encoding.mp3(128_000).with("compression_level", "7"),
          Encoding.vorbis(6),
          Encoding.opus(96_000).with("compression_level", "0"),
          Encoding.aac(128_000).with("aac_coder", "fast"));

  private final Path folder;
  private final Composer composer;

  /**
   * @param folder where the songs go; made when it is not there
   * @param seed of the compositions
   */
  public DemoCollection(Path folder, long seed) {
    this.folder = folder;
    this.composer = new Composer(seed);
  }

  /** How many songs there are. */
  public int size() {
    return composer.count();
  }

  /** The titles of the songs that lie near the border between the languages. */
  public List<String> borderTitles() {
    return composer.borderTitles();
  }

  /**
   * Composes and encodes the songs, on all processors.
   *
   * @param progress is told how many are done, from any thread
   * @throws IOException when a song can't be written, or the thread is interrupted
   */
  public void write(IntConsumer progress) throws IOException {
    Map<String, Integer> ofLanguage = new LinkedHashMap<>();
    ExecutorService workers =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<?>> songs = new ArrayList<>();
      AtomicInteger done = new AtomicInteger();
      for (int i = 0; i < composer.count(); i++) {
        int index = i;
        int number = ofLanguage.merge(composer.language(index), 1, Integer::sum);
        Encoding encoding = ENCODINGS.get((number - 1) % ENCODINGS.size());
        songs.add(
            workers.submit(
                () -> {
                  write(index, number, encoding);
                  progress.accept(done.incrementAndGet());
                  return null;
                }));
      }
      for (Future<?> song : songs) {
        song.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("a song could not be composed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("composing was interrupted", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private void write(int index, int number, Encoding encoding) throws IOException {
    Path language = folder.resolve(composer.language(index));
    String name =
        String.format(
            Locale.ROOT, "%02d %s.%s", number, composer.title(index), encoding.extension());
    if (Files.exists(language.resolve(name))) {
      return;
    }
    ComposedSong song = composer.compose(index);
    byte[] file =
        AudioEncoder.encode(
            encoding,
            song.channels(),
            song.sampleRate(),
            Map.of("title", song.title(), "artist", song.artist(), "lyrics", song.lyrics()));
    WholeFile.sweep(PathText.folder(language), name);
    WholeFile.write(language.toString(), name, out -> out.write(file));
  }
}
