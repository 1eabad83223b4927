package org.surmala.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.failure.FailureCode;
import org.surmala.failure.SongException;
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
        .hasMessageEndingWith("no longer has song other; start again to hear it anew");
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
