package org.surmala.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranges as RFC 9110, section 14, has them; the first four are its examples. */
final class ByteRangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-499 | 10000 | 0 | 499",
        "bytes=500-999 | 10000 | 500 | 999",
        "bytes=-500 | 10000 | 9500 | 9999",
        "bytes=9500- | 10000 | 9500 | 9999",
        "bytes=0-0 | 1 | 0 | 0",
        "bytes=0-99999999999999999999999 | 10 | 0 | 9",
        "bytes=-99999999999999999999999 | 10 | 0 | 9",
        "bytes=9-9 | 10 | 9 | 9"
      })
  void givenARange_whenRead_thenFirstAndLastAreThoseOfTheStandard(
      String header, long size, long first, long last) throws Exception {
    assertThat(ByteRange.of(header, size)).isEqualTo(new ByteRange(first, last));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-1,4-5",
        "bytes=5-4",
        "bytes=-",
        "bytes=",
        "bytes",
        "items=0-1",
        "bytes=a-b",
        "bytes=--1",
        "bytes=0x1-2",
        ""
      })
  void givenNoSingleRange_whenRead_thenItIsIgnored(String header) throws Exception {
    assertThat(ByteRange.of(header, 10)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"bytes=10-, 10", "bytes=10-20, 10", "bytes=-0, 10", "bytes=0-, 0", "bytes=-1, 0"})
  void givenARangeBehindTheEnd_whenRead_thenItCannotBeSatisfied(String header, long size) {
    assertThatThrownBy(() -> ByteRange.of(header, size))
        .isInstanceOf(ByteRange.UnsatisfiableException.class);
  }
}
