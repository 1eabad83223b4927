package org.surmala.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CellParserTest {
  @ParameterizedTest
  @ValueSource(strings = {"1d", "2f", "0x1p0", "1_000", "8A", "-", "#DIV/0!", "True", "2024-01-31"})
  void givenWhatNoCsvToolReadsAsANumber_whenRead_thenItIsText(String cell) {
    assertThat(CellParser.number(cell)).isNull();
    assertThat(CellParser.fault(cell)).isEqualTo("'" + cell + "' is not a number");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "-1.5e3,-1500", "+.5,.5", "2.,2", "' 7 ',7", "1E-3,.001"})
  void givenANumber_whenRead_thenItIsOne(String cell, double value) {
    assertThat(CellParser.number(cell)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "nan", "NaN", "null", "NULL", "N/A", "<NA>", "#N/A"})
  void givenAnEmptyCellOfPandas_whenRead_thenItIsNoValue(String cell) {
    assertThat(CellParser.number(cell)).isNaN();
    assertThat(CellParser.label(cell)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,234.50|has thousands separators",
        "1 234|has thousands separators",
        "1.234.567|has thousands separators",
        "1,5|has a decimal comma",
        "1.234,5|has a decimal comma",
        "1,234|has a decimal comma or a thousands separator",
        "12 %|has a percent sign",
        "\u09E7\u09E8|has digits or a sign",
        "\u22121.5|has digits or a sign",
        "1e39|is beyond a 32-bit float",
        "1e999|is beyond a 32-bit float",
        "-inf|is not a finite number",
        "null|is not a finite number, but a mark for an empty cell",
      })
  void givenANumberInAnotherForm_whenItFails_thenTheMessageNamesTheForm(
      String cell, String message) {
    assertThat(CellParser.fault(cell)).startsWith("'" + cell + "' " + message);
  }

  @Test
  void givenBlanksAroundALabel_whenRead_thenTheyAreCut() {
    assertThat(CellParser.label("\u00A0bn \t")).isEqualTo("bn");
  }
}
