/// A page of graphs that share a legend.
public struct Figure: Sendable {
  /// What stands above the graphs.
  public var title: String
  /// One line below the title; empty for none.
  public var subtitle: String
  /// The graphs, row by row.
  public var panels: [Panel]
  /// How many graphs stand side by side. [–]
  public var columns: Int
  /// The names of the colours, in their order; a line's colour is an index into them.
  public var names: [String]
  /// What the legend says of dashed lines; empty where there are none.
  public var dashedName: String

  /// A page of graphs.
  public init(
    title: String, subtitle: String = "", columns: Int = 3, names: [String],
    dashedName: String = "", panels: [Panel] = []
  ) {
    (self.title, self.subtitle, self.columns) = (title, subtitle, columns)
    (self.names, self.dashedName, self.panels) = (names, dashedName, panels)
  }
}

/// One graph.
public struct Panel: Sendable {
  /// What a graph shows.
  public enum Content: Sendable {
    /// Lines over a horizontal and a vertical axis.
    case plane([Line])
    /// Paths in space, seen from above and aside, to one scale on all three axes.
    case space([Path])
  }

  /// What stands above it, with the unit of the vertical axis.
  public var title: String
  /// What the horizontal axis is, with its unit.
  public var horizontal: String
  /// What it shows.
  public var content: Content

  /// A graph of lines.
  public init(_ title: String, against horizontal: String, lines: [Line]) {
    (self.title, self.horizontal, content) = (title, horizontal, .plane(lines))
  }

  /// A graph of paths in space.
  public init(_ title: String, paths: [Path]) {
    (self.title, horizontal, content) = (title, "", .space(paths))
  }
}

/// Points that a line joins; the line is broken where a number is not finite.
public struct Line: Sendable {
  /// The places along the horizontal axis.
  public var x: [Double]
  /// The places along the vertical axis, as many.
  public var y: [Double]
  /// Which of the figure's colours it has.
  public var color: Int
  /// Whether it is dashed, as what was asked for is.
  public var isDashed: Bool

  /// A line; of two lists of unequal length the longer one is cut.
  public init(x: [Double], y: [Double], color: Int, isDashed: Bool = false) {
    let count = min(x.count, y.count)
    (self.x, self.y) = (Array(x.prefix(count)), Array(y.prefix(count)))
    (self.color, self.isDashed) = (color, isDashed)
  }
}

/// Points in space that a line joins.
public struct Path: Sendable {
  /// The places along the three axes, as many along each.
  public var x: [Double], y: [Double], z: [Double]
  /// Which of the figure's colours it has.
  public var color: Int
  /// Whether it is dashed, as what was asked for is.
  public var isDashed: Bool

  /// A path; of lists of unequal length the longer ones are cut.
  public init(x: [Double], y: [Double], z: [Double], color: Int, isDashed: Bool = false) {
    let count = min(x.count, y.count, z.count)
    (self.x, self.y, self.z) = (
      Array(x.prefix(count)), Array(y.prefix(count)), Array(z.prefix(count))
    )
    (self.color, self.isDashed) = (color, isDashed)
  }
}
