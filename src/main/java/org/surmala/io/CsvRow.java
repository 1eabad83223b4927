package org.surmala.io;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/** A row of a CSV file, with unescaped texts. */
public record CsvRow(CSVRecord cells) {
  /** The text of a column; an error if the row lacks it. */
  public String get(String column) {
    return SpreadsheetText.text(cells.get(column));
  }

  /** Whether the row has a cell in the column. */
  public boolean isSet(String column) {
    return cells.isSet(column);
  }

  /** All texts, by column. */
  public Map<String, String> toMap() {
    Map<String, String> texts = cells.toMap();
    texts.replaceAll((column, cell) -> SpreadsheetText.text(cell));
    return texts;
  }

  /** All texts, in the order of the columns. */
  public List<String> toList() {
    return cells.stream().map(SpreadsheetText::text).collect(Collectors.toList());
  }
}
