package org.surmala.report.plot;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;

/** A font of the jar, of any size, with its file's name. */
record Typeface(String name, Font font) {
  private static final String FOLDER = "/org/surmala/report/fonts/";

  static Typeface open(String name) throws IOException, FontFormatException {
    try (InputStream in = file(name)) {
      return new Typeface(name, Font.createFont(Font.TRUETYPE_FONT, in));
    }
  }

  /** The jar's font for a script. */
  static Typeface ofScript(String script) {
    try {
      return open("NotoSans" + script + "-Regular");
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean has(int codePoint) {
    return font.canDisplay(codePoint);
  }

  /** The TrueType file. */
  InputStream file() throws IOException {
    return file(name);
  }

  private static InputStream file(String name) throws IOException {
    String resource = FOLDER + name + ".ttf";
    InputStream in = Typeface.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("the jar lacks " + resource + "; build it again");
    }
    return in;
  }
}
