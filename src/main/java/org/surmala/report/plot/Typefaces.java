package org.surmala.report.plot;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.io.IOException;
import java.io.InputStream;
import java.text.AttributedString;
import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Text of any script as shapes. Latin and Bangla come from a bundled font (Noto Sans Bengali), so
 * that they look alike on every machine; what it lacks is looked for among the installed fonts, and
 * what none of them has is drawn as boxes and named in {@link #missing}.
 *
 * <p>Shaping (conjuncts, reordered vowel signs, right-to-left runs) is the JDK's. Safe for several
 * threads: which font a character has depends on nothing but the fonts that there are.
 */
public final class Typefaces {
  private static final String REGULAR = "/org/surmala/report/fonts/NotoSansBengali-Regular.ttf";
  private static final String SEMI_BOLD = "/org/surmala/report/fonts/NotoSansBengali-SemiBold.ttf";
  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
  private static final String ELLIPSIS = "…";

  private final Font regular;
  private final Font semiBold;

  /** Layout asks for the same widths again and again, and shaping is slow. */
  private final Map<Measured, Double> widths = new ConcurrentHashMap<>();

  private final Map<Integer, Font> installed = new ConcurrentHashMap<>();
  private final Set<String> missing = new ConcurrentSkipListSet<>();

  private record Measured(String text, double size, boolean bold) {}

  private Typefaces(Font regular, Font semiBold) {
    this.regular = regular;
    this.semiBold = semiBold;
  }

  /**
   * Opens the bundled fonts.
   *
   * @throws NoTypefacesException when this machine's Java cannot draw text at all
   */
  public static Typefaces open() throws NoTypefacesException {
    try {
      Typefaces typefaces = new Typefaces(load(false), load(true));
      // The native parts are loaded with the first text.
      typefaces.width("a", 1, false);
      return typefaces;
    } catch (FontFormatException | IOException | LinkageError | InternalError e) {
      throw new NoTypefacesException(e);
    }
  }

  /** Names of the scripts for which no font was found so far, such as Thai; sorted. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  double width(String text, double size, boolean bold) {
    return text.isBlank()
        ? 0
        : widths.computeIfAbsent(
            new Measured(text, size, bold), m -> (double) layout(text, size, bold).getAdvance());
  }

  String fit(String text, double width, double size, boolean bold) {
    if (width(text, size, bold) <= width) {
      return text;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    List<Integer> ends = new ArrayList<>();
    for (int end = characters.first(); end != BreakIterator.DONE; end = characters.next()) {
      ends.add(end);
    }
    int low = 0;
    int high = ends.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (width(text.substring(0, ends.get(middle)) + ELLIPSIS, size, bold) <= width) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return text.substring(0, ends.get(low)).stripTrailing() + ELLIPSIS;
  }

  /** The text in lines no wider than {@code width}, at most {@code most} of them. */
  List<String> wrap(String text, double width, double size, boolean bold, int most) {
    BreakIterator breaks = BreakIterator.getLineInstance(Locale.ROOT);
    breaks.setText(text);
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length() && lines.size() < most - 1) {
      int end = start;
      for (int next = breaks.following(start);
          next != BreakIterator.DONE
              && width(text.substring(start, next).stripTrailing(), size, bold) <= width;
          next = breaks.next()) {
        end = next;
      }
      if (end == start) {
        end = start + charactersThatFit(text.substring(start), width, size, bold);
      }
      lines.add(text.substring(start, end).strip());
      start = end;
    }
    if (start < text.length()) {
      lines.add(fit(text.substring(start).strip(), width, size, bold));
    }
    return lines;
  }

  /** Of a word too wide for a line, as much as fits into it: a character or more. */
  private int charactersThatFit(String text, double width, double size, boolean bold) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int end = characters.next();
    for (int next = characters.next();
        next != BreakIterator.DONE && width(text.substring(0, next), size, bold) <= width;
        next = characters.next()) {
      end = next;
    }
    return end;
  }

  Shape outline(TextLine line) {
    TextLayout layout = layout(line.text(), line.size(), line.bold());
    return layout.getOutline(line.placed(layout.getAdvance()));
  }

  /**
   * The glyphs of a line that is wholly of the bundled font and reads from left to right; null for
   * any other. They begin at the origin.
   */
  @Nullable GlyphVector bundledGlyphs(TextLine line) {
    char[] text = oneLine(line.text()).toCharArray();
    Font font = line.bold() ? semiBold : regular;
    if (font.canDisplayUpTo(text, 0, text.length) >= 0 || Bidi.requiresBidi(text, 0, text.length)) {
      return null;
    }
    return font.deriveFont((float) line.size())
        .layoutGlyphVector(CONTEXT, text, 0, text.length, Font.LAYOUT_LEFT_TO_RIGHT);
  }

  /** The bundled font as a TrueType file. */
  static InputStream bundled(boolean bold) throws IOException {
    String resource = bold ? SEMI_BOLD : REGULAR;
    InputStream in = Typefaces.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("the jar lacks " + resource + "; build it again");
    }
    return in;
  }

  private TextLayout layout(String text, double size, boolean bold) {
    String line = oneLine(text);
    AttributedString styled = new AttributedString(line);
    Font base = bold ? semiBold : regular;
    int start = 0;
    while (start < line.length()) {
      Font font = fontFor(line.codePointAt(start), base);
      int end = start + Character.charCount(line.codePointAt(start));
      while (end < line.length() && stays(line.codePointAt(end), font, base)) {
        end += Character.charCount(line.codePointAt(end));
      }
      styled.addAttribute(TextAttribute.FONT, font.deriveFont((float) size), start, end);
      start = end;
    }
    return new TextLayout(styled.getIterator(), CONTEXT);
  }

  /** Whether a character goes on in the font of the one before it. */
  private boolean stays(int codePoint, Font font, Font base) {
    Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
    boolean ofNoScript =
        script == Character.UnicodeScript.INHERITED || script == Character.UnicodeScript.COMMON;
    if (ofNoScript && font.canDisplay(codePoint)) {
      return true;
    }
    return fontFor(codePoint, base).equals(font);
  }

  private Font fontFor(int codePoint, Font base) {
    if (base.canDisplay(codePoint) || Character.isWhitespace(codePoint)) {
      return base;
    }
    return installed.computeIfAbsent(codePoint, this::installedFor);
  }

  private Font installedFor(int codePoint) {
    for (Font candidate : Installed.FONTS) {
      if (candidate.canDisplay(codePoint)) {
        return candidate;
      }
    }
    missing.add(nameOf(Character.UnicodeScript.of(codePoint)));
    return regular;
  }

  /** Looked up when the first character asks for them. */
  private static final class Installed {
    /** Upright ones of normal weight first, then by name. */
    static final List<Font> FONTS =
        Arrays.stream(GraphicsEnvironment.getLocalGraphicsEnvironment().getAllFonts())
            .sorted(
                Comparator.comparing((Font font) -> !isRegular(font))
                    .thenComparing(font -> font.getFontName(Locale.ROOT)))
            .toList();

    private static boolean isRegular(Font font) {
      String name = font.getFontName(Locale.ROOT);
      return name.equals(font.getFamily(Locale.ROOT)) || name.endsWith(" Regular");
    }
  }

  private static String nameOf(Character.UnicodeScript script) {
    String name = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Control characters have no shape, and would break the line. */
  private static String oneLine(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Font load(boolean bold) throws IOException, FontFormatException {
    try (InputStream in = bundled(bold)) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    }
  }
}
