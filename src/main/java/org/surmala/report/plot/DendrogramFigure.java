package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * A tree of joins, lying on its side: leaves at the left, the root at the right.
 *
 * @param heading over it
 * @param legend of the colours, beside it
 * @param xLabel what the height of a join is
 * @param root of the tree
 * @param cut height at which the tree is cut into clusters; NaN for none
 */
public record DendrogramFigure(Heading heading, Legend legend, String xLabel, Node root, double cut)
    implements Figure {
  private static final double WIDTH = 560;
  private static final double LINE = 13;
  private static final double MARGIN = 16;
  private static final double MOST_NAME = 150;
  private static final double SIZE = 8;

  /**
   * A node of the tree: a leaf, or a join of others.
   *
   * @param name of a leaf; empty for a join
   * @param height of the join, at least as much as its children's; 0 for a leaf, whose line begins
   *     at the axis
   * @param category its colour's place in the palette; negative for grey
   * @param children none for a leaf, else two
   */
  public record Node(String name, double height, int category, List<Node> children) {
    public Node {
      children = List.copyOf(children);
    }

    int leaves() {
      return children.isEmpty() ? 1 : children.stream().mapToInt(Node::leaves).sum();
    }
  }

  @Override
  public String title() {
    return heading.title();
  }

  @Override
  public double width() {
    return WIDTH + (legend.entries().isEmpty() ? 0 : 150);
  }

  @Override
  public double height() {
    return Heading.HEIGHT
        + Math.max(root.leaves() * LINE, Legend.height(legend.entries().size()))
        + 44;
  }

  @Override
  public void draw(Canvas canvas) {
    heading.draw(canvas, width());
    double left = MARGIN + Math.min(MOST_NAME, widestName(canvas, root)) + 6;
    Panel panel =
        new Panel(
            left,
            Heading.HEIGHT,
            WIDTH - left - 24,
            root.leaves() * LINE,
            Axis.covering(xLabel, 0, root.height, 6),
            Axis.covering("", 0, 1, 2));
    panel.drawX(canvas, true);
    if (Double.isFinite(cut)) {
      canvas.stroke(
          new Line2D.Double(panel.px(cut), panel.top(), panel.px(cut), panel.bottom()),
          Palette.INK,
          1,
          4,
          3);
    }
    draw(canvas, panel, root, 0);
    legend.draw(canvas, WIDTH + 6, Heading.HEIGHT + 2);
  }

  private static double widestName(Canvas canvas, Node node) {
    double widest = canvas.widthOf(node.name, SIZE, false);
    for (Node child : node.children) {
      widest = Math.max(widest, widestName(canvas, child));
    }
    return widest;
  }

  /** Draws a node whose first leaf is the given one; gives the y of its own line. */
  private static double draw(Canvas canvas, Panel panel, Node node, int firstLeaf) {
    if (node.children.isEmpty()) {
      double y = panel.top() + (firstLeaf + 0.5) * LINE;
      canvas.text(
          canvas.fit(node.name, MOST_NAME, SIZE, false),
          panel.left() - 6,
          y + SIZE * 0.36,
          SIZE,
          false,
          Palette.INK,
          Anchor.END);
      return y;
    }
    Node upper = node.children.get(0);
    Node lower = node.children.get(1);
    double upperY = draw(canvas, panel, upper, firstLeaf);
    double lowerY = draw(canvas, panel, lower, firstLeaf + upper.leaves());
    double x = panel.px(node.height);
    arm(canvas, panel, upper, upperY, x);
    arm(canvas, panel, lower, lowerY, x);
    canvas.stroke(new Line2D.Double(x, upperY, x, lowerY), Palette.color(node.category), 1.3);
    return (upperY + lowerY) / 2;
  }

  private static void arm(Canvas canvas, Panel panel, Node node, double y, double x) {
    Path2D line = new Path2D.Double();
    line.moveTo(panel.px(node.height), y);
    line.lineTo(x, y);
    canvas.stroke(line, Palette.color(node.category), 1.3);
  }
}
