package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.surmala.config.SongSource;
import org.surmala.config.UsageException;

final class AnnouncedSongsTest {
  private static final String PLACE = "kafka://localhost:9092/songs";

  @Test
  void givenABuildWithoutKafka_whenATopicIsWatched_thenItSaysHowToBuildIt() {
    Assumptions.assumeTrue(ServiceLoader.load(MessageLog.class).findFirst().isEmpty());
    assertThat(SongSource.of(PLACE)).isEqualTo(new SongSource.Topic(PLACE));
    assertThatThrownBy(() -> AnnouncedSongs.of(new SongSource.Topic(PLACE), "/data/"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--songs kafka://localhost:9092/songs: this build has no Kafka; build it with"
                + " mvn -q -B -Dlauncher -DskipTests -Pkafka package");
  }

  @Test
  void givenAPlaceThatIsNoTopic_whenFound_thenItSaysWhatToGive() {
    assertThatThrownBy(() -> MessageLog.find("--set watch.results_topic=songs", "songs"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--set watch.results_topic=songs: give a topic as kafka://HOST:PORT/TOPIC");
  }

  @Test
  void givenATopic_whenRunRatherThanWatched_thenItIsRefused() {
    assertThatThrownBy(() -> SongSource.of(PLACE).require())
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("surmala watch");
  }
}
