package org.surmala.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.schema.LogMessage;

final class MessageInboxTest {
  @TempDir private Path home;
  private MessageInbox arrivals;

  @BeforeEach
  void open() {
    arrivals = new MessageInbox(home.resolve("arrivals") + "/");
  }

  private static LogMessage arrival(int partition, long offset, String uri) {
    return new LogMessage("log", partition, offset, uri);
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("arrivals"))) {
      return files.count();
    }
  }

  @Test
  void givenNothing_whenAsked_thenNothingIsKnown() throws IOException {
    assertThat(arrivals.uris()).isEmpty();
    assertThat(arrivals.next("log")).isEmpty();
    arrivals.compact();
    assertThat(arrivals.uris()).isEmpty();
  }

  @Test
  void givenAnnouncementsInAnyOrder_whenAsked_thenEachPlaceIsNamedOnceAndBlankOnesAreNot()
      throws IOException {
    arrivals.keep(List.of(arrival(0, 8, "/b"), arrival(0, 7, "/a")));
    assertThat(arrivals.uris()).containsExactlyInAnyOrder("/a", "/b");
    arrivals.keep(List.of(arrival(1, 0, "/a"), arrival(1, 1, ""), arrival(0, 9, "/c")));

    assertThat(arrivals.uris()).containsExactlyInAnyOrder("/a", "/b", "/c");
    assertThat(arrivals.next("log")).isEqualTo(Map.of(0, 10L, 1, 2L));
    assertThat(arrivals.next("another")).isEmpty();
  }

  @Test
  void givenAGap_whenAskedWhereToReadOn_thenThereSoThatNothingIsLost() throws IOException {
    arrivals.keep(List.of(arrival(0, 3, "/a"), arrival(0, 4, "/b"), arrival(0, 6, "/d")));

    assertThat(arrivals.next("log")).isEqualTo(Map.of(0, 5L));

    arrivals.keep(List.of(arrival(0, 5, "/c"), arrival(0, 6, "/d")));
    assertThat(arrivals.next("log")).isEqualTo(Map.of(0, 7L));
  }

  @Test
  void givenManyFiles_whenCompacted_thenOneHoldsWhatTheyHeld() throws IOException {
    arrivals.keep(List.of(arrival(0, 0, "/a")));
    arrivals.keep(List.of(arrival(0, 1, "/b"), arrival(0, 0, "/a")));
    arrivals.keep(List.of(new LogMessage("new log", 0, 0L, "/c")));
    assertThat(files()).isEqualTo(3);

    arrivals.compact();

    assertThat(files()).isEqualTo(1);
    MessageInbox again = new MessageInbox(home.resolve("arrivals") + "/");
    assertThat(again.uris()).containsExactly("/a", "/b", "/c");
    assertThat(again.next("log")).isEqualTo(Map.of(0, 2L));
    assertThat(again.next("new log")).isEqualTo(Map.of(0, 1L));
    again.compact();
    assertThat(again.uris()).containsExactly("/a", "/b", "/c");
  }
}
