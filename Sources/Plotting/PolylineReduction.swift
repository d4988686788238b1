/// A place on a page, from its upper left corner. [px]
struct PagePoint: Equatable {
  var x, y: Double

  init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

/// The stretches of a line without breaks, with no more points than the eye can see.
///
/// Of the points that fall on one column, so many pixels wide, the first, the lowest, the highest and the last
/// stay; of these, those that a straight line misses by less than `tolerance` pixels go.
func visibleStretches(
  count: Int, tolerance: Double = 0.15, column: Double, at place: (Int) -> PagePoint?
) -> [[PagePoint]] {
  var stretches: [[PagePoint]] = []
  var columns = ColumnReduction(width: column)
  for index in 0..<count {
    if let point = place(index) {
      columns.add(point)
    } else if !columns.isEmpty {
      stretches.append(columns.finish())
    }
  }
  if !columns.isEmpty { stretches.append(columns.finish()) }
  return stretches.map { straightened($0, tolerance: tolerance) }
}

/// Points of one column of pixels after the other, of which the outermost stay.
private struct ColumnReduction {
  private let width: Double
  private var points: [PagePoint] = []
  private var current: (first: PagePoint, low: PagePoint, high: PagePoint, last: PagePoint)?

  init(width: Double) { self.width = width }

  var isEmpty: Bool { points.isEmpty && current == nil }

  mutating func add(_ point: PagePoint) {
    guard var column = current, abs(point.x - column.first.x) < width else {
      closeColumn()
      current = (point, point, point, point)
      return
    }
    if point.y < column.low.y { column.low = point }
    if point.y > column.high.y { column.high = point }
    column.last = point
    current = column
  }

  mutating func finish() -> [PagePoint] {
    closeColumn()
    defer { points = [] }
    return points
  }

  private mutating func closeColumn() {
    guard let column = current else { return }
    current = nil
    // Which of the two extremes came first cannot be seen within a column.
    for point in [column.first, column.low, column.high, column.last] where points.last != point {
      points.append(point)
    }
  }
}

/// A line with fewer points that stays within a tolerance of the given one.
///
/// - D. Douglas and T. Peucker, Cartographica 10(2), 1973,
///   [doi:10.3138/FM57-6770-U75U-7727](https://doi.org/10.3138/FM57-6770-U75U-7727).
func straightened(_ points: [PagePoint], tolerance: Double) -> [PagePoint] {
  guard points.count > 2 else { return points }
  var isKept = [Bool](repeating: false, count: points.count)
  isKept[0] = true
  isKept[points.count - 1] = true
  var open = [(0, points.count - 1)]
  while let (first, last) = open.popLast() {
    var (farthest, distance) = (first, tolerance)
    for index in (first + 1)..<max(last, first + 1) {
      let d = separation(of: points[index], from: points[first], points[last])
      if d > distance { (farthest, distance) = (index, d) }
    }
    guard farthest != first else { continue }
    isKept[farthest] = true
    open.append((first, farthest))
    open.append((farthest, last))
  }
  return points.indices.filter { isKept[$0] }.map { points[$0] }
}

/// How far a point is from the straight line between two others. [px]
private func separation(of p: PagePoint, from a: PagePoint, _ b: PagePoint) -> Double {
  let (dx, dy) = (b.x - a.x, b.y - a.y)
  let square = dx * dx + dy * dy
  let share = square > 0 ? min(max(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0), 1) : 0
  let (ex, ey) = (p.x - a.x - share * dx, p.y - a.y - share * dy)
  return (ex * ex + ey * ey).squareRoot()
}
