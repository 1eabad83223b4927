package org.surmala.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.surmala.config.UsageException;

final class SongColumnsTest {
  @TempDir private Path folder;
  private Path data;
  private String results = "";

  @BeforeEach
  void makeFolders() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    results = Files.createDirectory(folder.resolve("results")) + "/";
  }

  private static KnownSong song(String id, String path) {
    return new KnownSong(id, path, "t", null, "A", "a", 0, null, null, null, null, 60);
  }

  private SongColumns columns() throws IOException {
    return SongColumns.read(
        results, data + "/", List.of(song("id1", "../songs/1.mp3"), song("id2", "raw/2.mp3")));
  }

  @Test
  void givenTheTables_whenRead_thenRowsAreMatchedByIdOrByPath() throws IOException {
    Files.writeString(
        folder.resolve("mine.csv"),
        "filepath;rating;title\nsongs/1.mp3;5;\ndata/raw/2.mp3;3;Mine\nsongs/gone.mp3;1;x\n");
    Files.writeString(
        data.resolve("metadata.csv"), "id,filepath,title\nid1,elsewhere,One\nid2,,Two\n");
    Files.createDirectory(Path.of(results, "assignments"));
    Files.writeString(Path.of(results, "assignments/part-00.csv"), "id,bpm\nid2,98.5\n");
    Files.writeString(
        Path.of(results, "run.json"),
        "{\"source\": \"--songs " + folder.resolve("mine.csv") + "\"}");

    SongColumns columns = columns();

    assertThat(columns.names()).containsExactly("filepath", "rating", "title", "id", "bpm");
    assertThat(columns.cell(0, "rating")).isEqualTo("5");
    assertThat(columns.cell(0, "title")).isEqualTo("One"); // the owner's cell is empty
    assertThat(columns.cell(1, "title")).isEqualTo("Mine");
    assertThat(columns.cell(0, "bpm")).isEmpty();
    assertThat(columns.numbers("--weight", "bpm")).containsExactly(null, 98.5);
  }

  @Test
  void givenAColumnWithoutNumbers_whenAsked_thenTheErrorNamesItAndTheColumns() throws IOException {
    Files.writeString(data.resolve("metadata.csv"), "id,rating,title\nid1,,One\n");

    SongColumns columns = columns();

    assertThatThrownBy(() -> columns.numbers("--weight", "raiting"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--weight: there is no column 'raiting'; did you mean 'rating'?; the columns are id,"
                + " rating, title");
    assertThatThrownBy(() -> columns.numbers("--weight", "rating"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--weight: no song has a number in column 'rating'; give a column of numbers");
  }

  @Test
  void givenNoTables_whenRead_thenThereAreNoColumns() throws IOException {
    assertThat(columns().names()).isEmpty();
  }
}
