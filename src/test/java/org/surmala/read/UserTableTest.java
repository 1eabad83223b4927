package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UserTableTest {
  private static final String PLAIN = "filepath,language\nসুর.wav,bn\nb.wav,en\n";
  private static final List<String> ROWS = List.of("2:সুর.wav/bn", "3:b.wav/en");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void givenAByteOrderMark_whenRead_thenItNamesTheEncoding(String encoding) throws IOException {
    assertThat(rows(("\uFEFF" + PLAIN).getBytes(Charset.forName(encoding)))).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void givenADelimiter_whenRead_thenItIsFoundByTheHeader(String delimiter) throws IOException {
    assertThat(rows(PLAIN.replace(",", delimiter))).isEqualTo(ROWS);
    assertThat(rows("sep=" + delimiter + "\r\n" + PLAIN.replace(",", delimiter)))
        .containsExactly("3:সুর.wav/bn", "4:b.wav/en");
  }

  @Test
  void givenASeparatorLine_whenRead_thenItsDelimiterCounts() throws IOException {
    assertThat(rows("sep=|\n" + PLAIN.replace(",", "|")))
        .containsExactly("3:সুর.wav/bn", "4:b.wav/en");
    assertThat(rows("\"sep=;\"\n" + PLAIN.replace(",", ";"))).hasSize(2);
    assertThat(rows("sep=,,\n" + PLAIN)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\r"})
  void givenOtherLineEnds_whenRead_thenLinesAreCountedAsEditorsDo(String end) throws IOException {
    assertThat(rows(PLAIN.replace("\n", end))).isEqualTo(ROWS);
  }

  @Test
  void givenEmptyRowsAndCellsOfSeveralLines_whenRead_thenLinesAreCountedAsEditorsDo()
      throws IOException {
    assertThat(rows("\nfilepath,language\n\na.wav,\"b\nn\"\n,\n , \nb.wav,en\n,\n"))
        .containsExactly("4:a.wav/b\nn", "8:b.wav/en");
  }

  @Test
  void givenBlanksInTheHeader_whenRead_thenNamesAndCellsAreTrimmed() throws IOException {
    assertThat(rows("filepath, language\na.wav, \"bn, BD\"\n")).containsExactly("2:a.wav/bn, BD");
    assertThat(rows("filepath ,\u00A0language\na.wav,bn\u00A0\n")).containsExactly("2:a.wav/bn");
  }

  @Test
  void givenColumnsWithoutName_whenRead_thenTheyAreLeftOutWithANote() throws IOException {
    String table = ",filepath,language,,\n0,a.wav,bn,,\n1,b.wav,en,,\n2,c.wav,en\n";

    assertThat(rows(table)).containsExactly("2:a.wav/bn", "3:b.wav/en", "4:c.wav/en");
    try (UserTable read = open(table.getBytes(StandardCharsets.UTF_8))) {
      assertThat(read.columns()).containsExactly("filepath", "language");
      assertThat(read.notes())
          .containsExactly("left out because they have no name: columns [1, 4, 5]");
    }
  }

  @Test
  void givenADelimiterBehindEachRow_whenRead_thenNoRowIsShifted() throws IOException {
    assertThat(rows("filepath,language\na.wav,bn,\nb.wav,en,\n"))
        .containsExactly("2:a.wav/bn", "3:b.wav/en");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.wav,bn,x|line 3 has 3 cells where the header names 2, the last being 'x'",
        "Hello, World,|line 3 has 3 cells where the header names 2",
        "a.wav|line 3 has 1 cell where the header names 2",
        "\"a\" side.wav,bn|line 3: text follows a closing quote",
        "a.wav,b\0n|line 3, column 'language': the cell has a zero byte",
      })
  void givenARowThatIsWrongInItself_whenRead_thenItAloneHasAFault(String row, String fault)
      throws IOException {
    assertThat(rows("filepath,language\nx.wav,bn\n" + row + "\ny.wav,en\n"))
        .hasSize(3)
        .startsWith("2:x.wav/bn")
        .endsWith("4:y.wav/en")
        .element(1)
        .asString()
        .startsWith(fault);
  }

  @Test
  void givenAnotherEncoding_whenRead_thenTheErrorNamesLineColumnAndValue() {
    byte[] windows =
        "filepath,language\na.wav,en\nGröße.wav,de\n".getBytes(Charset.forName("windows-1252"));

    assertThatThrownBy(() -> rows(windows))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            "table.csv: is not in UTF-8: line 3, column 'filepath' holds 'Größe.wav'")
        .hasMessageContaining("save it as CSV in UTF-8");
    // A letter that is cut in two, far behind what is read ahead.
    byte[] late =
        ("filepath,language\n" + "a.wav,en\n".repeat(20_000) + "b\u00E9.wav,fr\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> rows(late)).hasMessageContaining("line 20002, column 'filepath'");
  }

  @Test
  void givenNoTable_whenOpened_thenTheErrorSaysWhatTheFileIs() {
    assertThatThrownBy(() -> rows("PK\003\004\0\0\0\0\0"))
        .hasMessageContaining("is an Excel or OpenDocument workbook")
        .hasMessageContaining("save it as CSV in UTF-8");
    assertThatThrownBy(() -> rows(PLAIN.getBytes(StandardCharsets.UTF_16LE)))
        .hasMessageContaining("UTF-16 without a byte order mark");
    assertThatThrownBy(() -> rows("")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> rows("filepath,language\na.wav,\"bn\nb.wav,en\n"))
        .hasMessageContaining("line 2 opens a quote");
    assertThatThrownBy(() -> rows("filepath,title,filepath \na,b,c\n"))
        .hasMessageContaining("line 1 names two columns 'filepath' (columns 1 and 3)");
  }

  private List<String> rows(String table) throws IOException {
    return rows(table.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> rows(byte[] table) throws IOException {
    List<String> rows = new ArrayList<>();
    try (UserTable read = open(table)) {
      for (TableRow row = read.next(); row != null; row = read.next()) {
        rows.add(
            row.fault() == null
                ? row.line() + ":" + row.cell("filepath") + "/" + row.label("language")
                : row.fault());
      }
    }
    return rows;
  }

  private UserTable open(byte[] table) throws IOException {
    return UserTable.open(Files.write(folder.resolve("table.csv"), table).toString(), "filepath");
  }
}
