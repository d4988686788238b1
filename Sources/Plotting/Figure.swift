/// A page of graphs that share a legend.
package struct Figure: Sendable {
  /// What stands above the graphs.
  package var title: String
  /// One line below the title; empty for none.
  package var subtitle: String
  /// The graphs, row by row.
  package var panels: [Panel]
  /// How many graphs stand side by side. [–]
  package var columns: Int
  /// The names of the colours, in their order; a line's colour is an index into them.
  package var names: [String]
  /// What the legend says of dashed lines; empty where there are none.
  package var dashedName: String

  /// A page of graphs.
  package init(
    title: String, subtitle: String = "", columns: Int = 3, names: [String],
    dashedName: String = "", panels: [Panel] = []
  ) {
    (self.title, self.subtitle, self.columns) = (title, subtitle, columns)
    (self.names, self.dashedName, self.panels) = (names, dashedName, panels)
  }
}

/// One graph.
package struct Panel: Sendable {
  /// What a graph shows.
  package enum Content: Sendable {
    /// Lines over a horizontal and a vertical axis.
    case plane([Line])
    /// Paths in space, seen from above and aside, to one scale on all three axes.
    case space([Path])
  }

  /// What stands above it, with the unit of the vertical axis.
  package var title: String
  /// What the horizontal axis is, with its unit.
  package var horizontal: String
  /// What it shows.
  package var content: Content

  /// A graph of lines.
  package init(_ title: String, against horizontal: String, lines: [Line]) {
    (self.title, self.horizontal, content) = (title, horizontal, .plane(lines))
  }

  /// A graph of paths in space.
  package init(_ title: String, paths: [Path]) {
    (self.title, horizontal, content) = (title, "", .space(paths))
  }
}

/// Points that a line joins; the line is broken where a number is not finite.
package struct Line: Sendable {
  /// The places along the horizontal axis.
  package var x: [Double]
  /// The places along the vertical axis, as many.
  package var y: [Double]
  /// Which of the figure's colours it has.
  package var color: Int
  /// Whether it is dashed, as what was asked for is.
  package var isDashed: Bool

  /// A line; of two lists of unequal length the longer one is cut.
  package init(x: [Double], y: [Double], color: Int, isDashed: Bool = false) {
    let count = min(x.count, y.count)
    (self.x, self.y) = (Array(x.prefix(count)), Array(y.prefix(count)))
    (self.color, self.isDashed) = (color, isDashed)
  }
}

/// Points in space that a line joins.
package struct Path: Sendable {
  /// The places along the three axes, as many along each.
  package var x: [Double], y: [Double], z: [Double]
  /// Which of the figure's colours it has.
  package var color: Int
  /// Whether it is dashed, as what was asked for is.
  package var isDashed: Bool

  /// A path; of lists of unequal length the longer ones are cut.
  package init(x: [Double], y: [Double], z: [Double], color: Int, isDashed: Bool = false) {
    let count = min(x.count, y.count, z.count)
    (self.x, self.y, self.z) = (
      Array(x.prefix(count)), Array(y.prefix(count)), Array(z.prefix(count))
    )
    (self.color, self.isDashed) = (color, isDashed)
  }
}
