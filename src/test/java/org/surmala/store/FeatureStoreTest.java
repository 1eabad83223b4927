package org.surmala.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;
import org.surmala.schema.Stage;

final class FeatureStoreTest {
  @TempDir private Path folder;
  private FeatureStore store;

  @BeforeEach
  void makeStore() {
    store = new FeatureStore(folder.toString(), "spec");
  }

  @Test
  void givenFeatures_whenWrittenAndRead_thenTheyAreTheSame() throws IOException {
    SegmentFeatures one = features("a1", 1.5f);

    store.writeFeatures(List.of(one));

    assertThat(readAll()).containsExactly(one);
  }

  /** Written by the program before songs had embeddings. */
  @Test
  void givenAStoreOfBefore_whenRead_thenItsSongsHaveNoEmbedding() throws IOException {
    Path file = Files.createDirectories(folder.resolve("spec")).resolve("features-old.avro");
    try (InputStream in =
        FeatureStoreTest.class.getResourceAsStream("features-without-embedding.avro")) {
      Files.copy(Objects.requireNonNull(in), file);
    }

    assertThat(readAll()).containsExactly(features("old", 1.5f));
    assertThat(readAll().get(0).getEmbedding()).isNull();
  }

  @Test
  void givenTheSameSongsTwice_whenWritten_thenThereIsOneFile() throws IOException {
    store.writeFeatures(List.of(features("a", 1), features("b", 2)));
    store.writeFeatures(List.of(features("b", 2), features("a", 1)));

    assertThat(store.featureFiles()).hasSize(1);
  }

  @Test
  void givenManySmallFiles_whenCompacted_thenOneFileHoldsEverySongOnce() throws IOException {
    List<SegmentFeatures> all = new ArrayList<>();
    for (int i = 0; i < FeatureStore.MIN_SMALL_FILES + 3; i++) {
      SegmentFeatures song = features("%04d".formatted(i), i);
      all.add(song);
      store.writeFeatures(List.of(song));
    }

    store.compact();

    assertThat(store.featureFiles()).hasSize(1);
    assertThat(readAll()).containsExactlyElementsOf(all);
  }

  @Test
  void givenFewSmallFiles_whenCompacted_thenTheyAreLeftAlone() throws IOException {
    store.writeFeatures(List.of(features("a", 1)));
    store.writeFeatures(List.of(features("b", 2)));

    store.compact();

    assertThat(store.featureFiles()).hasSize(2);
  }

  @Test
  void givenAFullFileAndManySmallOnes_whenCompacted_thenTheFullOneIsNotRewritten()
      throws IOException {
    store.writeFeatures(
        IntStream.range(0, FeatureStore.SMALL_FILE_RECORDS)
            .mapToObj(i -> features("full%05d".formatted(i), i))
            .toList());
    String full = store.featureFiles().get(0);
    for (int i = 0; i < FeatureStore.MIN_SMALL_FILES; i++) {
      store.writeFeatures(List.of(features("small%d".formatted(i), i)));
    }

    store.compact();

    assertThat(store.featureFiles()).hasSize(2).contains(full);
  }

  @Test
  void givenAnUnfinishedFile_whenListed_thenItIsNotSeen() throws IOException {
    store.writeFeatures(List.of(features("a", 1)));
    Files.writeString(
        Path.of(store.directory()).resolve(".features-x.avro.1.unfinished"), "half a fi");

    assertThat(readAll()).hasSize(1);
  }

  @Test
  void givenFailures_whenWritten_thenTheyAreApartFromFeatures() throws IOException {
    Failure failure =
        new Failure("f", "/songs/f.mp3", "f.mp3", Stage.DECODE, "corrupt", "found noise", false);

    store.writeFailures(List.of(failure));

    List<Failure> read = new ArrayList<>();
    for (String file : store.failureFiles()) {
      FeatureStore.readFailures(file, read::add);
    }
    assertThat(read).containsExactly(failure);
    assertThat(store.featureFiles()).isEmpty();
  }

  @Test
  void givenAWrittenStore_whenListed_thenNoTemporaryFileIsLeft() throws IOException {
    store.writeFeatures(List.of(features("a", 1)));

    try (Stream<Path> files = Files.list(Path.of(store.directory()))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .allMatch(name -> name.matches("features-[0-9a-f]{24}\\.avro"));
    }
  }

  private List<SegmentFeatures> readAll() throws IOException {
    List<SegmentFeatures> all = new ArrayList<>();
    for (String file : store.featureFiles()) {
      FeatureStore.readFeatures(file, all::add);
    }
    return all;
  }

  static SegmentFeatures features(String id, float value) {
    return SegmentFeatures.newBuilder()
        .setId(id)
        .setSpec("spec")
        .setInfo(
            AudioInfo.newBuilder()
                .setDurationSeconds(60)
                .setSampleRate(44_100)
                .setChannels(2)
                .setCodec("flac")
                .setBitRate(0)
                .build())
        .setLoudnessLufs(-14)
        .setPaddedSamples(0)
        .setSilenceShare(0)
        .setDimensions(1)
        .setValues(ByteBuffer.allocate(4).putFloat(0, value))
        .build();
  }
}
