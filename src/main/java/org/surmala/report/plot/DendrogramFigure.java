package org.surmala.report.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;
import org.surmala.report.plot.Canvas.Anchor;

/**
 * A horizontal dendrogram: leaves at the left, the root at the right.
 *
 * @param xLabel meaning of the height of a join
 * @param cut height at which the tree is cut into clusters; NaN for none
 */
public record DendrogramFigure(Heading heading, Legend legend, String xLabel, Node root, double cut)
    implements Figure {
  private static final double LINE = 13;
  private static final double NAME_SHARE = 0.36;
  private static final int MOST_LINES = 3;
  private static final double SIZE = 8;

  /**
   * A node of the tree: a leaf, or a join of others.
   *
   * @param name name of a leaf; empty for a join
   * @param height height of the join, at least that of its children; 0 for a leaf
   * @param category palette category; negative for grey
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
  public double width() {
    return 710;
  }

  @Override
  public double draw(Canvas canvas) {
    double top = heading.draw(canvas);
    double end = canvas.width() - canvas.margin() - legend.besideWidth(canvas);
    Leaves leaves = Leaves.of(canvas, root, NAME_SHARE * end);
    double left = canvas.margin() + leaves.width + 6;
    Panel panel =
        new Panel(
            left,
            top,
            end - left,
            root.leaves() * leaves.line,
            Axis.covering(xLabel, 0, root.height, Panel.ticks(end - left, 6)),
            Axis.covering("", 0, 1, 2));
    double bottom = panel.drawX(canvas, true);
    if (Double.isFinite(cut)) {
      canvas.stroke(
          new Line2D.Double(panel.px(cut), panel.top(), panel.px(cut), panel.bottom()),
          Palette.INK,
          1,
          4,
          3);
    }
    draw(canvas, panel, leaves, root, 0);
    return legend.draw(canvas, top, bottom);
  }

  /** The space for the names of the leaves: the widest line, and the height of each leaf. */
  private record Leaves(double width, double line) {
    static Leaves of(Canvas canvas, Node node, double room) {
      List<String> lines = canvas.wrap(node.name, room, SIZE, false, MOST_LINES);
      double width = canvas.widest(lines, SIZE, false) + 0.5;
      double line = Math.max(LINE, lines.size() * Canvas.LEADING * SIZE + 2);
      for (Node child : node.children) {
        Leaves other = of(canvas, child, room);
        width = Math.max(width, other.width);
        line = Math.max(line, other.line);
      }
      return new Leaves(width, line);
    }
  }

  /** Draws a node that starts at the given leaf; returns the y of its line. */
  private static double draw(Canvas canvas, Panel panel, Leaves leaves, Node node, int firstLeaf) {
    if (node.children.isEmpty()) {
      double y = panel.top() + (firstLeaf + 0.5) * leaves.line;
      canvas.linesAbout(
          canvas.wrap(node.name, leaves.width, SIZE, false, MOST_LINES),
          panel.left() - 6,
          y,
          SIZE,
          Palette.INK,
          Anchor.END);
      return y;
    }
    Node upper = node.children.get(0);
    Node lower = node.children.get(1);
    double upperY = draw(canvas, panel, leaves, upper, firstLeaf);
    double lowerY = draw(canvas, panel, leaves, lower, firstLeaf + upper.leaves());
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
