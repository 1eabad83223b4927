package org.surmala.read;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The naming pattern of the user's files: a regular expression with a named group {@code title},
 * and optionally {@code artist}. The whole name must match.
 */
public final class TitlePattern implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Key of the option. */
  public static final String KEY = "read.title_pattern";

  private static final String TITLE = "title";
  private static final String ARTIST = "artist";

  /** Matches no name. */
  static final TitlePattern NONE = new TitlePattern(null, false);

  private final @Nullable Pattern pattern;
  private final boolean hasArtist;

  private TitlePattern(@Nullable Pattern pattern, boolean hasArtist) {
    this.pattern = pattern;
    this.hasArtist = hasArtist;
  }

  /**
   * Compiles a pattern; an empty one matches no name.
   *
   * @throws IllegalArgumentException if it is not a regular expression, or has no group title
   */
  public static TitlePattern of(String regex) {
    if (regex.isEmpty()) {
      return NONE;
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s is '%s', which is not a regular expression: %s at character %s"
              .formatted(KEY, regex, e.getDescription(), e.getIndex() + 1),
          e);
    }
    if (!regex.contains("(?<" + TITLE + ">")) {
      throw new IllegalArgumentException(
          KEY
              + " is '"
              + regex
              + "', which has no group (?<title>…); for example:"
              + " (?<artist>.+?) - (?<title>.+?)( \\[.*\\])?");
    }
    return new TitlePattern(pattern, regex.contains("(?<" + ARTIST + ">"));
  }

  /** The title in a file name without its extension; null if the name does not match. */
  @Nullable String title(String name) {
    return group(name, TITLE);
  }

  /** The artist in a file name without its extension; null if it has none. */
  @Nullable String artist(String name) {
    return hasArtist && title(name) != null ? group(name, ARTIST) : null;
  }

  private @Nullable String group(String name, String group) {
    if (pattern == null) {
      return null;
    }
    Matcher matcher = pattern.matcher(name);
    String text = matcher.matches() ? matcher.group(group) : null;
    return text == null || text.isBlank() ? null : text.strip();
  }
}
