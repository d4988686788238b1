import Foundation

/// A graph of paths in space, on its part of a page.
///
/// The view is orthographic, from above and aside, so that lengths along an axis stay comparable.
struct SpaceDrawing {
  private let panel: Panel
  private let paths: [Path]
  private let frame: PanelFrame
  private let center: SpacePoint
  /// Half the edges of the box about all paths. [m]
  private let reach: SpacePoint
  /// Pixels in a meter.
  private let scale: Double

  private static let azimuth = -60 * Double.pi / 180
  private static let elevation = 28 * Double.pi / 180

  init(_ panel: Panel, _ paths: [Path], in frame: PanelFrame) {
    (self.panel, self.paths, self.frame) = (panel, paths, frame)
    let ranges = [paths.map(\.x), paths.map(\.y), paths.map(\.z)].map(Self.range)
    // A path along one axis gets a box of some depth about it.
    let widest = ranges.map { $0.high / 2 - $0.low / 2 }.max() ?? 0
    let halves = ranges.map { max($0.high / 2 - $0.low / 2, 0.1 * widest, 1e-3) }
    let middles = ranges.map { $0.low / 2 + $0.high / 2 }
    center = SpacePoint(x: middles[0], y: middles[1], z: middles[2])
    reach = SpacePoint(x: halves[0], y: halves[1], z: halves[2])
    let corners = Self.corners(of: reach).map(Self.project)
    let (wide, high) = (corners.map { abs($0.x) }.max() ?? 1, corners.map { abs($0.y) }.max() ?? 1)
    scale = min((frame.width / 2 - 60) / wide, (frame.height / 2 - 40) / high)
  }

  func draw(into svg: inout SVGText) {
    svg.label(panel.title, at: PagePoint(frame.left + 56, frame.top + 17), class: "name")
    drawBox(into: &svg)
    for path in paths where path.isDashed { draw(path, into: &svg) }
    for path in paths where !path.isDashed { draw(path, into: &svg) }
  }

  private func draw(_ path: Path, into svg: inout SVGText) {
    let stretches = visibleStretches(count: path.x.count, column: 0) { index in
      let point = SpacePoint(x: path.x[index], y: path.y[index], z: path.z[index])
      return point.isDrawable ? place(point) : nil
    }
    svg.path(stretches, class: "c\(path.color)" + (path.isDashed ? " dash" : ""))
    if !path.isDashed, let end = stretches.last?.last {
      svg.dot(end, class: "f\(path.color)")
    }
  }

  /// Draws the three faces behind the paths, and the ends of the axes along the box's edges.
  private func drawBox(into svg: inout SVGText) {
    let (x, y, z) = (reach.x, reach.y, reach.z)
    func edge(_ a: SpacePoint, _ b: SpacePoint) {
      svg.segment(place(center + a), place(center + b), class: "grid")
    }
    for s in [-1.0, 1] {
      edge(.init(x: -x, y: s * y, z: -z), .init(x: x, y: s * y, z: -z))
      edge(.init(x: s * x, y: -y, z: -z), .init(x: s * x, y: y, z: -z))
      edge(.init(x: -x, y: y, z: s * z), .init(x: x, y: y, z: s * z))
      edge(.init(x: -x, y: -y, z: s * z), .init(x: -x, y: y, z: s * z))
      edge(.init(x: s * x, y: y, z: -z), .init(x: s * x, y: y, z: z))
    }
    edge(.init(x: -x, y: -y, z: -z), .init(x: -x, y: -y, z: z))
    label("x", center.x, x, at: .init(x: 0, y: -y, z: -z), shift: (-8, 16), "right", into: &svg)
    label("y", center.y, y, at: .init(x: x, y: 0, z: -z), shift: (8, 16), "left", into: &svg)
    label("z", center.z, z, at: .init(x: -x, y: -y, z: 0), shift: (-8, 4), "right", into: &svg)
  }

  /// Says from where to where an edge of the box goes.
  private func label(
    _ axis: String, _ middle: Double, _ half: Double, at point: SpacePoint,
    shift: (Double, Double), _ side: String, into svg: inout SVGText
  ) {
    let scale = AxisScale(low: middle - half, high: middle + half, marks: 100)
    let text = "\(axis) \(scale.label(scale.low)) … \(scale.label(scale.high))"
    let p = place(center + point)
    svg.label(text, at: PagePoint(p.x + shift.0, p.y + shift.1), class: "mark " + side)
  }

  private func place(_ point: SpacePoint) -> PagePoint {
    let p = Self.project(point - center)
    return PagePoint(
      frame.left + frame.width / 2 + scale * p.x, frame.top + 8 + frame.height / 2 + scale * p.y)
  }

  private static func project(_ p: SpacePoint) -> PagePoint {
    let (sin, cos) = (Foundation.sin(azimuth), Foundation.cos(azimuth))
    let depth = p.x * cos + p.y * sin
    return PagePoint(
      -p.x * sin + p.y * cos,
      depth * Foundation.sin(elevation) - p.z * Foundation.cos(elevation))
  }

  private static func corners(of half: SpacePoint) -> [SpacePoint] {
    (0..<8).map { bits in
      SpacePoint(
        x: bits & 1 == 0 ? -half.x : half.x, y: bits & 2 == 0 ? -half.y : half.y,
        z: bits & 4 == 0 ? -half.z : half.z)
    }
  }

  private static func range(_ lists: [[Double]]) -> (low: Double, high: Double) {
    let values = lists.joined().lazy.filter(AxisScale.isDrawable)
    return (values.min() ?? 0, values.max() ?? 0)
  }
}

/// A place in space. [m]
private struct SpacePoint {
  var x, y, z: Double

  var isDrawable: Bool { [x, y, z].allSatisfy(AxisScale.isDrawable) }

  static func + (a: Self, b: Self) -> Self { Self(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }
  static func - (a: Self, b: Self) -> Self { Self(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z) }
}
