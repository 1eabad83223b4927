package org.surmala.cli;

/**
 * The width of text on a terminal: East Asian wide characters take two columns, combining marks
 * none. After Markus Kuhn's wcwidth (2007) and the East Asian Width property of Unicode.
 */
final class DisplayWidth {
  // First and last code point of each range of wide characters.
  private static final int[][] WIDE = {
    {0x1100, 0x115f},
    {0x2e80, 0x303e},
    {0x3041, 0xa4cf},
    {0xa960, 0xa97c},
    {0xac00, 0xd7a3},
    {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},
    {0xff00, 0xff60},
    {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff},
    {0x1f900, 0x1f9ff},
    {0x20000, 0x3fffd}
  };

  private DisplayWidth() {}

  /** Width of the text in columns. */
  static int of(String text) {
    return text.codePoints().map(DisplayWidth::of).sum();
  }

  private static int of(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.CONTROL -> {
        return 0;
      }
      default -> {
        for (int[] range : WIDE) {
          if (codePoint >= range[0] && codePoint <= range[1]) {
            return 2;
          }
        }
        return 1;
      }
    }
  }

  /**
   * The text in exactly the given number of columns: padded with spaces, or cut and ended with ….
   */
  static String fit(String text, int columns) {
    String shown = text.replaceAll("\\p{Cntrl}+", " ");
    int width = of(shown);
    if (width > columns) {
      StringBuilder cut = new StringBuilder();
      int taken = 0;
      for (int i = 0; i < shown.length(); ) {
        int codePoint = shown.codePointAt(i);
        if (taken + of(codePoint) > columns - 1) {
          break;
        }
        cut.appendCodePoint(codePoint);
        taken += of(codePoint);
        i += Character.charCount(codePoint);
      }
      shown = cut.append('…').toString();
      width = taken + 1;
    }
    return shown + " ".repeat(columns - width);
  }
}
