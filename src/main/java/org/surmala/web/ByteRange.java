package org.surmala.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file that a request asks for by the header Range (RFC 9110, section 14).
 *
 * @param first number of the first byte, from 0
 * @param last number of the last byte
 */
record ByteRange(long first, long last) {
  private static final Pattern SINGLE = Pattern.compile("bytes *= *(\\d*) *- *(\\d*) *");

  /** A range without any byte of the file. */
  static final class UnsatisfiableException extends Exception {}

  /**
   * Parses a header.
   *
   * @return null for the whole file: a header with several ranges, or an invalid one, is ignored,
   *     as the standard allows
   * @throws UnsatisfiableException if the range is beyond the end, or empty
   */
  static @Nullable ByteRange of(String header, long size) throws UnsatisfiableException {
    Matcher parts = SINGLE.matcher(header);
    if (!parts.matches() || (parts.group(1).isEmpty() && parts.group(2).isEmpty())) {
      return null;
    }
    if (parts.group(1).isEmpty()) {
      long suffix = number(parts.group(2));
      return satisfied(new ByteRange(Math.max(0, size - suffix), size - 1));
    }
    long first = number(parts.group(1));
    long last = parts.group(2).isEmpty() ? Long.MAX_VALUE : number(parts.group(2));
    if (last < first) {
      return null;
    }
    return satisfied(new ByteRange(first, Math.min(last, size - 1)));
  }

  private static ByteRange satisfied(ByteRange range) throws UnsatisfiableException {
    if (range.first > range.last) {
      throw new UnsatisfiableException();
    }
    return range;
  }

  /** A number; one that overflows is beyond the end of every file. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  long length() {
    return last - first + 1;
  }

  /** The value of Content-Range. */
  String contentRange(long size) {
    return "bytes " + first + "-" + last + "/" + size;
  }
}
