package org.surmala.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No text leaves its figure, lies on another text or loses what it says. */
final class FigureLayoutTest {
  private static final String LATIN = "changing in colour, changing in timbre, loud and fast";
  private static final String BANGLA = "রবীন্দ্রসঙ্গীত: পুরানো সেই দিনের কথা ভুলবি কি রে হায়";
  private static final Heading HEADING =
      new Heading(
          "How many clusters there are in the collection, by every criterion",
          "neighbour VAE, K-Means, k = 30: 869 songs. UMAP map: neighbours lie close together;"
              + " distances between groups and axes have no meaning.");
  private static final List<Double> WIDTHS = List.of(0.0, 237.6, 144.0);

  @SuppressWarnings("NullAway.Init") // openTypefaces sets it before the tests.
  private static Typefaces typefaces;

  @BeforeAll
  static void openTypefaces() throws Exception {
    typefaces = Typefaces.open();
  }

  /** Keeps the boxes of all texts. */
  private static final class BoxCanvas extends MeasuringCanvas {
    private final List<TextLine> lines = new ArrayList<>();
    private final List<Rectangle2D> boxes = new ArrayList<>();

    BoxCanvas(double width, boolean titled, Typefaces typefaces) {
      super(width, titled, typefaces);
    }

    @Override
    void fillText(TextLine line, Color color) {
      lines.add(line);
      boxes.add(line.outline(typefaces()).getBounds2D());
    }

    String text() {
      return String.join(" ", lines.stream().map(TextLine::text).toList());
    }
  }

  private static String name(int i) {
    return i + ": " + (i % 2 == 0 ? LATIN : BANGLA) + " " + i;
  }

  private static Legend legend(int entries) {
    return new Legend(
        entries == 0 ? "" : "Cluster (songs)",
        IntStream.range(0, entries).mapToObj(i -> Legend.Entry.mark(name(i), i)).toList());
  }

  private BoxCanvas requireTidy(Figure figure) {
    BoxCanvas last = null;
    for (double width : WIDTHS) {
      for (boolean titled : new boolean[] {true, false}) {
        BoxCanvas canvas = new BoxCanvas(width == 0 ? figure.width() : width, titled, typefaces);
        double height = figure.draw(canvas);
        Rectangle2D page = new Rectangle2D.Double(0, 0, canvas.width(), height);
        for (int i = 0; i < canvas.boxes.size(); i++) {
          TextLine line = canvas.lines.get(i);
          assertThat(page.contains(canvas.boxes.get(i)))
              .as("%s within %s: %s", line, page, canvas.boxes.get(i))
              .isTrue();
          assertThat(line.size()).isGreaterThanOrEqualTo(8);
          for (int j = 0; j < i; j++) {
            assertThat(canvas.boxes.get(i).intersects(canvas.boxes.get(j)))
                .as("%s on %s", line, canvas.lines.get(j))
                .isFalse();
          }
        }
        last = canvas;
      }
    }
    return Objects.requireNonNull(last);
  }

  @Test
  void givenClustersOfAnyNumber_whenBarsAreDrawn_thenTheirTextIsTidyAndWhole() {
    for (int count : new int[] {1, 30}) {
      for (int labels : new int[] {0, 60}) {
        List<StackedBarsFigure.Bar> bars =
            IntStream.range(0, count)
                .mapToObj(
                    i ->
                        new StackedBarsFigure.Bar(
                            name(i), List.of(new StackedBarsFigure.Part(i, 1 + 1234 * i))))
                .toList();
        BoxCanvas drawn =
            requireTidy(
                new StackedBarsFigure(HEADING, legend(labels), "Songs in the cluster", bars));
        assertThat(drawn.text()).contains(Integer.toString(1 + 1234 * (count - 1)));
      }
    }
  }

  @Test
  void givenClustersOfAnyNumber_whenSilhouettesAreDrawn_thenEachHasItsName() {
    for (int count : new int[] {1, 30}) {
      List<SilhouetteFigure.Band> bands =
          IntStream.range(0, count)
              .mapToObj(
                  i ->
                      new SilhouetteFigure.Band(
                          name(i),
                          i,
                          IntStream.range(0, i == 0 ? 900 : 2)
                              .mapToObj(s -> 0.8 - s * 0.001)
                              .toList()))
              .toList();
      BoxCanvas drawn =
          requireTidy(new SilhouetteFigure(HEADING, "Silhouette (−1 to 1)", bands, 0.31));
      for (int i = 0; i < count; i++) {
        assertThat(drawn.text()).contains(i + ": ");
      }
    }
  }

  @Test
  void givenPointsAndLegends_whenTheMapIsDrawn_thenItsTextIsTidy() {
    for (int count : new int[] {0, 1, 24, 60}) {
      List<ScatterFigure.Point> points =
          IntStream.range(0, 200)
              .mapToObj(i -> new ScatterFigure.Point(Math.sin(i), Math.cos(3 * i), i % 24))
              .toList();
      List<ScatterFigure.Label> labels =
          IntStream.range(0, Math.min(24, count))
              .mapToObj(
                  i -> new ScatterFigure.Label(Character.toString('A' + i), i * 1e-3, 0.9, 0.1))
              .toList();
      requireTidy(new ScatterFigure(HEADING, legend(count), points, labels));
    }
  }

  @Test
  void givenCurves_whenDrawn_thenTitlesTicksAndLabelsAreTidy() {
    LinesFigure.Plot plot =
        new LinesFigure.Plot(
            "Stability: adjusted Rand index between refits to bootstrap samples of the songs",
            "Number of clusters k",
            "Mean silhouette over all songs of the collection (higher is better)",
            List.of(
                new LinesFigure.Curve(
                    0, List.of(), List.of(1, 200_000), List.of(-1e6, 1e6), List.of(1))));
    for (int plots : new int[] {1, 5}) {
      for (int entries : new int[] {0, 3}) {
        requireTidy(
            new LinesFigure(
                HEADING, legend(entries), IntStream.range(0, plots).mapToObj(i -> plot).toList()));
      }
    }
  }

  @Test
  void givenColumnsAndTrees_whenDrawn_thenTheirTextIsTidy() {
    for (int count : new int[] {1, 128}) {
      requireTidy(
          new ColumnsFigure(
              HEADING,
              legend(2),
              "Latent dimension",
              "KL to the prior (nats)",
              IntStream.range(0, count).mapToObj(i -> i / 7.0).toList(),
              IntStream.range(0, count).boxed().toList()));
    }
    DendrogramFigure.Node root = new DendrogramFigure.Node(name(0), 0, 0, List.of());
    for (int i = 1; i < 40; i++) {
      root =
          new DendrogramFigure.Node(
              "", i, 0, List.of(root, new DendrogramFigure.Node(name(i), 0, i, List.of())));
    }
    requireTidy(
        new DendrogramFigure(HEADING, legend(16), "Height of the join (distance)", root, 9));
  }

  @Test
  void givenFeatureGroups_whenAHeatMapIsDrawn_thenEachIsNamedUnderItsColumns() {
    List<String> groups = new ArrayList<>();
    List<String> names = List.of("timbre", "harmony", "brightness", "rhythm", "energy", "tuning");
    for (int g = 0; g < names.size(); g++) {
      for (int i = 0; i < (g == 0 ? 240 : 3); i++) {
        if (g == 0 && i % 20 == 0) {
          groups.add("level");
        }
        groups.add(names.get(g));
      }
    }
    List<Double> row = IntStream.range(0, groups.size()).mapToObj(i -> i - 100.0).toList();
    for (List<String> columns : List.of(groups, List.<String>of())) {
      BoxCanvas drawn =
          requireTidy(
              new HeatmapFigure(
                  HEADING,
                  List.of(name(1), "dimension 12"),
                  "267 features by group",
                  columns,
                  "Change of the feature after preprocessing",
                  List.of(row, row)));
      for (String name : columns.isEmpty() ? List.of("0", "200") : names) {
        assertThat(drawn.lines).extracting(TextLine::text).contains(name);
      }
    }
  }
}
