package org.surmala.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  @TempDir private Path folder;

  @BeforeEach
  void fileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private Path write(String... texts) throws Exception {
    CsvFile.write(
        folder + "/",
        "songs.csv",
        List.of("title", "distance"),
        csv -> {
          for (String text : texts) {
            csv.printRecord(text, -0.5);
          }
        });
    return folder.resolve("songs.csv");
  }

  @Test
  void noTextIsAFormulaAndNumbersStayNumbers() throws Exception {
    // The characters that begin a formula: OWASP, "CSV Injection".
    Path file = write("=1+1", "+44 20", "-- Untitled --", "@home", "\tx", "\rx", "'=x", "'n' roll");

    assertThat(Files.readString(file))
        .isEqualTo(
            String.join(
                "\r\n",
                "title,distance",
                "'=1+1,-0.5",
                "'+44 20,-0.5",
                "'-- Untitled --,-0.5",
                "'@home,-0.5",
                "'\tx,-0.5",
                "\"'\rx\",-0.5",
                "''=x,-0.5",
                "'n' roll,-0.5",
                ""));
  }

  @Test
  void textsThatAreNumbersStayAsTheyAre() throws Exception {
    String[] numbers = {"-1", "+2.5", "-.5", "-1e-9", "-1.0E10", "-Infinity", "7"};

    assertThat(
            Files.readAllLines(write(numbers)).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(','))))
        .containsExactly(numbers);
  }

  @Test
  void everyTextIsReadBackAsItWas() throws Exception {
    String[] texts =
        Stream.of("", "'", "''", "'''")
            .flatMap(
                quotes ->
                    Stream.of("=x", "+x", "-x", "@x", "\tx", "\rx", "x", "-1", "=", "-", "a,\"b\n")
                        .map(text -> quotes + text))
            .toArray(String[]::new);

    assertThat(CsvFile.read(write(texts).toString()).stream().map(row -> row.get("title")))
        .containsExactly(texts);
  }

  @Test
  void theChecksumIsThatOfSha256sum() throws Exception {
    Path file = write("a");

    assertThat(folder.resolve(".songs.csv.sha256"))
        .hasContent(DigestUtils.sha256Hex(Files.readAllBytes(file)) + "  songs.csv\n");
  }

  @Test
  void aFileThatIsCutOffOrChangedIsDamaged() throws Exception {
    Path file = write("a", "b");
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at++) {
      assertDamaged(Files.write(file, Arrays.copyOf(bytes, at)));
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      assertDamaged(Files.write(file, changed));
    }
    Files.write(file, bytes);
    Files.writeString(folder.resolve(".songs.csv.sha256"), "");
    assertDamaged(file);
  }

  private static void assertDamaged(Path file) {
    assertThatThrownBy(() -> CsvFile.read(file.toString()))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageStartingWith(file + " is damaged: ");
  }

  @Test
  void aFileWithoutAChecksumIsItsOwners() throws Exception {
    CsvFile.writeEditable(folder + "/", "metadata.csv", List.of("title"), csv -> csv.print("a"));
    Path file = folder.resolve("metadata.csv");
    Files.writeString(file, "title\r\nb\r\n");

    assertThat(CsvFile.read(file.toString()).get(0).get("title")).isEqualTo("b");
    assertThat(folder.resolve(".metadata.csv.sha256")).doesNotExist();
  }

  @Test
  void temporaryFilesOfDeadWritersAreSwept() throws Exception {
    Files.writeString(folder.resolve(".songs.csv.1.unfinished"), "half");
    Files.writeString(folder.resolve(".other.csv.1.unfinished"), "half");
    WholeFile.sweep(folder + "/", "songs.csv");
    assertThat(folder).isDirectoryNotContaining("glob:**/.songs.csv*");
    WholeFile.sweep(folder + "/");
    assertThat(folder).isEmptyDirectory();
  }
}
