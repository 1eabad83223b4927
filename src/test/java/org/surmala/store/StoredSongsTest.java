package org.surmala.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
import org.surmala.io.DamagedFileException;
import org.surmala.io.Quarantine;
import org.surmala.schema.AudioInfo;
import org.surmala.schema.Failure;
import org.surmala.schema.SegmentFeatures;

/** Single songs of a store. */
final class StoredSongsTest {
  @TempDir private Path folder;

  private static SegmentFeatures song(int number) {
    byte[] values = new byte[4_000];
    new SplittableRandom(number).nextBytes(values);
    return SegmentFeatures.newBuilder()
        .setId("%064d".formatted(number))
        .setSpec("spec")
        .setInfo(
            AudioInfo.newBuilder()
                .setDurationSeconds(1)
                .setSampleRate(8_000)
                .setChannels(1)
                .setCodec("pcm")
                .setBitRate(0)
                .build())
        .setLoudnessLufs(-20)
        .setPaddedSamples(0)
        .setSilenceShare(0)
        .setDimensions(1_000)
        .setValues(ByteBuffer.wrap(values))
        .build();
  }

  @Test
  void givenManySongsInManyBlocks_whenLookedUp_thenEachIsTheOneThatWasWritten() throws IOException {
    FeatureStore store = new FeatureStore(folder.toString(), "spec");
    List<SegmentFeatures> songs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      songs.add(song(i));
    }
    store.writeFeatures(songs.subList(0, 250));
    store.writeFeatures(songs.subList(250, 300));
    StoredSongs stored = new StoredSongs(store);
    for (int i = 299; i >= 0; i--) {
      assertThat(stored.features(songs.get(i).getId())).isEqualTo(songs.get(i));
    }
    assertThat(stored.features(song(300).getId())).isNull();
  }

  @Test
  void givenASongThatIsWrittenLater_whenRequired_thenItIsFound() throws IOException {
    FeatureStore store = new FeatureStore(folder.toString(), "spec");
    StoredSongs stored = new StoredSongs(store);
    assertThat(stored.features(song(1).getId())).isNull();
    store.writeFeatures(List.of(song(1)));

    assertThat(stored.features(song(1).getId())).isNull();
    assertThat(stored.require(song(1).getId())).isEqualTo(song(1));
    assertThatThrownBy(() -> stored.require("other"))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("no longer has song other; run again to extract it again");
  }

  @Test
  void givenSmallFiles_whenTheStoreIsCompacted_thenSongsAreFoundWhereTheyAreNow()
      throws IOException {
    FeatureStore store = new FeatureStore(folder.toString(), "spec");
    for (int i = 0; i < FeatureStore.MIN_SMALL_FILES; i++) {
      store.writeFeatures(List.of(song(i)));
    }
    StoredSongs stored = new StoredSongs(store);
    assertThat(stored.features(song(3).getId())).isEqualTo(song(3));

    store.compact();

    assertThat(store.featureFiles()).hasSize(1);
    assertThat(stored.features(song(3).getId())).isEqualTo(song(3));
  }

  @Test
  void givenADamagedFile_whenSongsAreLookedUp_thenItsOwnAreUnknownAndItIsSetAside()
      throws IOException {
    FeatureStore store = new FeatureStore(folder.toString(), "spec");
    store.writeFeatures(List.of(song(1)));
    Path damaged = Path.of(store.featureFiles().get(0));
    changeAByte(damaged);
    store.writeFeatures(List.of(song(2)));
    StoredSongs stored = new StoredSongs(store);

    assertThat(stored.features(song(1).getId())).isNull();
    assertThat(stored.features(song(2).getId())).isEqualTo(song(2));
    assertThat(store.featureFiles()).hasSize(1).doesNotContain(damaged.toString());
    assertThat(Quarantine.in(store.directory())).containsExactly(damaged.toString());
  }

  @Test
  void givenAFileThatIsDamagedLater_whenItsSongIsLookedUp_thenItIsNamed() throws IOException {
    FeatureStore store = new FeatureStore(folder.toString(), "spec");
    store.writeFeatures(List.of(song(1)));
    StoredSongs stored = new StoredSongs(store);
    assertThat(stored.features(song(1).getId())).isEqualTo(song(1));
    String file = store.featureFiles().get(0);
    changeAByte(Path.of(file));

    assertThatThrownBy(() -> stored.features(song(1).getId()))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith(file + " is damaged: ");
  }

  @Test
  void givenADamagedFile_whenTheStoreIsCompacted_thenTheOthersAreMerged() throws IOException {
    FeatureStore store = new FeatureStore(folder.toString(), "spec");
    for (int i = 0; i < FeatureStore.MIN_SMALL_FILES + 1; i++) {
      store.writeFeatures(List.of(song(i)));
    }
    changeAByte(Path.of(store.featureFiles().get(3)));

    store.compact();

    List<SegmentFeatures> left = new ArrayList<>();
    assertThat(store.featureFiles()).hasSize(1);
    FeatureStore.readFeatures(store.featureFiles().get(0), left::add);
    assertThat(left).hasSize(FeatureStore.MIN_SMALL_FILES);
  }

  private static void changeAByte(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length * 3 / 4] ^= 4;
    Files.write(file, bytes);
  }

  @Test
  void givenASongThatFailsForGood_whenLookedUp_thenItsFailureIsKnown() throws IOException {
    FeatureStore store = new FeatureStore(folder.toString(), "spec");
    store.writeFailures(
        List.of(
            new SongException(FailureCode.TOO_SHORT, "1 s").toFailure("id", "/a.mp3", "a.mp3")));
    assertThat(new StoredSongs(store).failure("id"))
        .isNotNull()
        .extracting(Failure::getMessage)
        .isEqualTo("1 s");
    assertThat(new StoredSongs(store).failure("other")).isNull();
  }
}
