package org.surmala.report.plot;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.text.Bidi;
import java.text.BreakIterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Text of any script as glyphs of the fonts in the jar. Installed fonts are never used: a figure
 * has the same bytes on every machine. A character is drawn with the first font that contains it. A
 * character that no font contains is drawn as a box, and its script is listed in {@link #missing}.
 *
 * <p>Shaping (conjuncts, reordered vowel signs, right-to-left runs) is the JDK's. Safe for use by
 * several threads: the font of a character depends only on the text.
 */
public final class Typefaces {
  /**
   * Noto Sans fonts of these scripts, in one weight, searched in this order for missing characters.
   */
  private static final List<String> FALLBACKS =
      List.of(
          "Bengali",
          "Math",
          "Symbols",
          "Symbols2",
          "Devanagari",
          "Arabic",
          "Tamil",
          "Telugu",
          "Kannada",
          "Malayalam",
          "Gujarati",
          "Gurmukhi",
          "Oriya",
          "Sinhala",
          "Thai",
          "Hebrew",
          "Lao",
          "Myanmar",
          "Khmer",
          "Armenian",
          "Georgian",
          "Ethiopic",
          // Last, since it is the only large font.
          "CJK");

  private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);
  private static final String ELLIPSIS = "…";

  private final Typeface regular;
  private final Typeface semiBold;

  /** Cache: layout asks for the same widths repeatedly, and shaping is slow. */
  private final Map<Measured, Double> widths = new ConcurrentHashMap<>();

  private final Map<String, Typeface> opened = new ConcurrentHashMap<>();
  private final Map<Integer, Typeface> fallbacks = new ConcurrentHashMap<>();
  private final Set<String> missing = new ConcurrentSkipListSet<>();

  private record Measured(String text, double size, boolean bold) {}

  private Typefaces(Typeface regular, Typeface semiBold) {
    this.regular = regular;
    this.semiBold = semiBold;
  }

  /**
   * Opens the fonts.
   *
   * @throws NoTypefacesException if Java cannot draw text on this machine
   */
  public static Typefaces open() throws NoTypefacesException {
    try {
      Typefaces typefaces =
          new Typefaces(Typeface.open("NotoSans-Regular"), Typeface.open("NotoSans-SemiBold"));
      // The first text loads the native libraries.
      typefaces.width("a", 1, false);
      return typefaces;
    } catch (FontFormatException | IOException | LinkageError | InternalError e) {
      throw new NoTypefacesException(e);
    }
  }

  /** Names of the scripts that had a character without a font so far, such as Tibetan; sorted. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  double width(String text, double size, boolean bold) {
    return text.isBlank()
        ? 0
        : widths.computeIfAbsent(
            new Measured(text, size, bold), m -> shape(text, size, bold).advance());
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

  /** Wraps the text into at most {@code most} lines no wider than {@code width}. */
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

  /** The number of characters of an overlong word that fit into a line, at least one. */
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

  /** The glyphs of a line, in visual order. */
  GlyphLine shape(String text, double size, boolean bold) {
    String line = oneLine(text);
    char[] characters = line.toCharArray();
    Typeface[] faces = faces(line, bold ? semiBold : regular);
    Bidi bidi = new Bidi(line, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    List<GlyphLine.Run> runs = new ArrayList<>();
    List<Integer> levels = new ArrayList<>();
    int end;
    for (int start = 0; start < characters.length; start = end) {
      int level = bidi.getLevelAt(start);
      end = start + 1;
      while (end < characters.length
          && faces[end].equals(faces[start])
          && bidi.getLevelAt(end) == level) {
        end++;
      }
      GlyphVector glyphs =
          faces[start]
              .font()
              .deriveFont((float) size)
              .layoutGlyphVector(
                  CONTEXT,
                  characters,
                  start,
                  end,
                  level % 2 == 1 ? Font.LAYOUT_RIGHT_TO_LEFT : Font.LAYOUT_LEFT_TO_RIGHT);
      runs.add(new GlyphLine.Run(faces[start], glyphs));
      levels.add(level);
    }
    return GlyphLine.of(runs, levels);
  }

  /** The font of each char. */
  private Typeface[] faces(String line, Typeface base) {
    Typeface[] faces = new Typeface[line.length()];
    Typeface last = base;
    int at = 0;
    while (at < faces.length) {
      int codePoint = line.codePointAt(at);
      if (!staysIn(last, codePoint, base)) {
        last = faceOf(codePoint, base);
      }
      for (int i = 0; i < Character.charCount(codePoint); i++) {
        faces[at++] = last;
      }
    }
    return faces;
  }

  /**
   * Whether a character continues in the font of the previous character, as marks and spaces do.
   */
  private static boolean staysIn(Typeface face, int codePoint, Typeface base) {
    if (isInvisible(codePoint)) {
      return true;
    }
    UnicodeScript script = UnicodeScript.of(codePoint);
    boolean ofNoFont =
        script == UnicodeScript.INHERITED
            || Character.isWhitespace(codePoint)
            || (script == UnicodeScript.COMMON && !base.has(codePoint));
    return ofNoFont && face.has(codePoint);
  }

  private Typeface faceOf(int codePoint, Typeface base) {
    return base.has(codePoint) || Character.isWhitespace(codePoint)
        ? base
        : fallbacks.computeIfAbsent(codePoint, this::fallbackOf);
  }

  private Typeface fallbackOf(int codePoint) {
    for (String script : FALLBACKS) {
      Typeface candidate = opened.computeIfAbsent(script, Typeface::ofScript);
      if (candidate.has(codePoint)) {
        return candidate;
      }
    }
    missing.add(nameOf(UnicodeScript.of(codePoint)));
    return regular;
  }

  /** Direction marks, joiners and variation selectors need no glyph. */
  private static boolean isInvisible(int codePoint) {
    return Character.getType(codePoint) == Character.FORMAT
        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F);
  }

  private static String nameOf(UnicodeScript script) {
    if (script == UnicodeScript.COMMON) {
      return "symbol";
    }
    String name = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /**
   * Removes control characters, which have no shape and would break the line, and composes
   * characters, since some file systems store names decomposed, for which fonts have no glyphs.
   */
  private static String oneLine(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
