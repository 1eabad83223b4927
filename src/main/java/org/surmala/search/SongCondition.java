package org.surmala.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.surmala.read.NameSuggestion;

/**
 * A condition over the columns of songs, the value of {@code --where}:
 *
 * <pre>
 * condition  = conjunction { "or" conjunction }
 * conjunction = negation { "and" negation }
 * negation   = "not" negation | "(" condition ")" | comparison
 * comparison = column ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
 *            | column [ "not" ] "in" value ".." value
 *            | column [ "not" ] "in" "(" value { "," value } ")"
 *            | column [ "not" ] "contains" value
 * </pre>
 *
 * <p>Columns and values are words, or any text in single or double quotes. If the value is a
 * number, cells are compared as numbers; other cells are neither equal, less nor greater. Otherwise
 * cells are compared as text, ignoring case and accents. An empty cell only equals {@code ''}.
 * Ranges include both ends.
 */
public final class SongCondition {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:'(?<single>[^']*)'|\"(?<double>[^\"]*)\"|(?<symbol>!=|<=|>=|\\.\\.|[=<>(),])"
              + "|(?<word>(?:(?!\\.\\.)[^\\s'\"=<>!(),])+))");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

  private final Predicate<Cells> test;

  private SongCondition(Predicate<Cells> test) {
    this.test = test;
  }

  /** The cells of one song. */
  @FunctionalInterface
  public interface Cells {
    /** The cell of a column; empty if unknown. */
    String of(String column);
  }

  /**
   * Parses a condition.
   *
   * @throws IllegalArgumentException if the syntax is wrong or a column does not exist; the message
   *     gives position and remedy
   */
  public static SongCondition parse(String text, Collection<String> columns) {
    return new SongCondition(new Parser(text, columns).parse());
  }

  /** Whether a song meets the condition. */
  public boolean test(Cells song) {
    return test.test(song);
  }

  /** The number in a text; null if it is not a number. */
  static @Nullable Double number(String text) {
    String stripped = text.strip();
    return NUMBER.matcher(stripped).matches() ? Double.valueOf(stripped) : null;
  }

  /** A value to compare with. */
  private record Value(String text, @Nullable Double number) {
    static Value of(Token token) {
      return new Value(
          SongFinder.folded(token.text()),
          token.isQuoted() ? null : SongCondition.number(token.text()));
    }

    boolean isEqual(String cell) {
      Double is = number == null ? null : SongCondition.number(cell);
      return number == null ? SongFinder.folded(cell).equals(text) : number.equals(is);
    }

    /**
     * Whether the comparison of the cell with the value satisfies the predicate; false for cells
     * that cannot be compared.
     */
    boolean compares(String cell, Predicate<Integer> satisfies) {
      if (number == null) {
        return !cell.isEmpty() && satisfies.test(SongFinder.folded(cell).compareTo(text));
      }
      Double is = SongCondition.number(cell);
      return is != null && satisfies.test(Double.compare(is, number));
    }

    boolean isAbove(Value other) {
      return (number == null || other.number == null)
          ? text.compareTo(other.text) > 0
          : number > other.number;
    }
  }

  /** A word or sign of the text, and its position. */
  private record Token(String text, boolean isQuoted, boolean isSymbol, int at) {
    boolean is(String expected) {
      return !isQuoted && text.toLowerCase(Locale.ROOT).equals(expected);
    }

    boolean isText() {
      return isQuoted || !isSymbol;
    }
  }

  private static final class Parser {
    private static final String END = "the end";

    private final String text;
    private final Collection<String> columns;
    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Parser(String text, Collection<String> columns) {
      this.text = text;
      this.columns = columns;
      Matcher matcher = TOKEN.matcher(text);
      int at = 0;
      while (!text.substring(at).isBlank()) {
        if (!matcher.find(at) || matcher.start() != at) {
          int sign = at + text.substring(at).length() - text.substring(at).stripLeading().length();
          char first = text.charAt(sign);
          throw fault(
              sign,
              first == '\'' || first == '"'
                  ? "a quote is not closed"
                  : "'" + first + "' has no meaning here; put text with signs in quotes");
        }
        tokens.add(token(matcher));
        at = matcher.end();
      }
      tokens.add(new Token(END, false, true, text.length()));
    }

    private static Token token(Matcher matcher) {
      for (String quoted : List.of("single", "double")) {
        if (matcher.group(quoted) != null) {
          return new Token(matcher.group(quoted), true, false, matcher.start(quoted) - 1);
        }
      }
      return matcher.group("symbol") == null
          ? new Token(matcher.group("word"), false, false, matcher.start("word"))
          : new Token(matcher.group("symbol"), false, true, matcher.start("symbol"));
    }

    Predicate<Cells> parse() {
      Predicate<Cells> parsed = condition();
      if (!isAtEnd()) {
        throw fault(
            peek().at(),
            "expected and, or, or the end, found '"
                + peek().text()
                + "'; put a value with spaces in quotes");
      }
      return parsed;
    }

    private Predicate<Cells> condition() {
      Predicate<Cells> left = conjunction();
      while (takes("or")) {
        left = left.or(conjunction());
      }
      return left;
    }

    private Predicate<Cells> conjunction() {
      Predicate<Cells> left = negation();
      while (takes("and")) {
        left = left.and(negation());
      }
      return left;
    }

    private Predicate<Cells> negation() {
      if (takes("not")) {
        return negation().negate();
      }
      if (takes("(")) {
        Predicate<Cells> inner = condition();
        require(")");
        return inner;
      }
      return comparison();
    }

    private Predicate<Cells> comparison() {
      String column = column();
      Token operator = tokens.get(next);
      if (takes("not")) {
        Token negated = peek();
        if (!negated.is("in") && !negated.is("contains")) {
          throw fault(negated.at(), "expected in or contains after not, found " + shown(negated));
        }
        return positive(column, negated).negate();
      }
      return positive(column, operator);
    }

    private Predicate<Cells> positive(String column, Token operator) {
      if (operator.isQuoted() || isAtEnd()) {
        throw noOperator(operator);
      }
      next++;
      switch (operator.text().toLowerCase(Locale.ROOT)) {
        case "=" -> {
          Value value = value();
          return song -> value.isEqual(song.of(column));
        }
        case "!=" -> {
          Value value = value();
          return song -> !value.isEqual(song.of(column));
        }
        case "<" -> {
          return ordered(column, order -> order < 0);
        }
        case "<=" -> {
          return ordered(column, order -> order <= 0);
        }
        case ">" -> {
          return ordered(column, order -> order > 0);
        }
        case ">=" -> {
          return ordered(column, order -> order >= 0);
        }
        case "contains" -> {
          Value value = value();
          return song -> SongFinder.folded(song.of(column)).contains(value.text());
        }
        case "in" -> {
          return takes("(") ? among(column) : range(column);
        }
        default -> throw noOperator(operator);
      }
    }

    private Predicate<Cells> ordered(String column, Predicate<Integer> satisfies) {
      Value value = value();
      return song -> value.compares(song.of(column), satisfies);
    }

    private Predicate<Cells> among(String column) {
      List<Value> values = new ArrayList<>(List.of(value()));
      while (takes(",")) {
        values.add(value());
      }
      require(")");
      return song -> values.stream().anyMatch(value -> value.isEqual(song.of(column)));
    }

    private Predicate<Cells> range(String column) {
      Token first = peek();
      Value low = value();
      require("..");
      Value high = value();
      if (low.isAbove(high)) {
        throw fault(first.at(), "the range is empty: its first value is above its last; swap them");
      }
      return song ->
          low.compares(song.of(column), order -> order >= 0)
              && high.compares(song.of(column), order -> order <= 0);
    }

    private String column() {
      Token token = peek();
      if (!token.isText()) {
        throw fault(token.at(), "expected a column, found " + shown(token));
      }
      if (!columns.contains(token.text())) {
        throw fault(
            token.at(),
            "there is no column '"
                + token.text()
                + "'"
                + NameSuggestion.question(token.text(), columns)
                + (columns.isEmpty() ? "" : "; the columns are " + String.join(", ", columns)));
      }
      next++;
      return token.text();
    }

    private Value value() {
      Token token = peek();
      if (!token.isText()) {
        throw fault(token.at(), "expected a value, found " + shown(token));
      }
      next++;
      return Value.of(token);
    }

    private boolean takes(String expected) {
      if (isAtEnd() || !peek().is(expected)) {
        return false;
      }
      next++;
      return true;
    }

    private void require(String expected) {
      if (!takes(expected)) {
        throw fault(peek().at(), "expected '" + expected + "', found " + shown(peek()));
      }
    }

    private Token peek() {
      return tokens.get(next);
    }

    private boolean isAtEnd() {
      return next == tokens.size() - 1;
    }

    private String shown(Token token) {
      return token.at() == text.length() ? END : "'" + token.text() + "'";
    }

    private IllegalArgumentException noOperator(Token token) {
      return fault(
          token.at(),
          "expected =, !=, <, <=, >, >=, in or contains after the column, found " + shown(token));
    }

    private IllegalArgumentException fault(int at, String what) {
      return new IllegalArgumentException("'" + text + "', character " + (at + 1) + ": " + what);
    }
  }
}
