import Parameters
package import SpatialMath

/// The smoothest way through some points: of all paths that pass them at given times, and rest at both
/// ends, the one with the least integral of the squared snap, the fourth derivative of position.
///
/// Between neighbouring points it is a polynomial of degree 7, and at the points derivatives up to the
/// sixth are continuous: these conditions determine it. Headings at the points are a fourth coordinate, by
/// the same conditions.
///
/// - D. Mellinger, V. Kumar, "Minimum Snap Trajectory Generation and Control for Quadrotors", ICRA
///   2011, [doi:10.1109/ICRA.2011.5980409](https://doi.org/10.1109/ICRA.2011.5980409), section IV.
package struct MinimumSnapReference: Reference {
  private let times: [Double]
  private let pieces: [Septic]
  /// The headings, each along x; none where one holds for all points.
  private let turns: [Septic]
  private let yaw: Double

  /// The path through points at times, or `nil` where there is none: fewer than two points, times that
  /// do not increase, or numbers too far apart to solve for.
  ///
  /// - Parameters:
  ///   - points: The points. [m]
  ///   - times: When it passes each. [s]
  ///   - yaw: The heading. [rad]
  ///   - yaws: The heading at each point, in the place of one for all; it turns the short way from one to
  ///     the next. [rad]
  package init?(
    through points: [Vector<World, Double>], at times: [Double], yaw: Double = 0,
    yaws: [Double] = []
  ) {
    precondition(yaws.isEmpty || yaws.count == points.count, "a heading for each point")
    let headings = yaws.theShortWay.map { Vector<World, Double>($0, 0, 0) }
    guard points.count > 1, points.count == times.count,
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
      let pieces = Septic.path(through: points, at: times),
      let turns = headings.isEmpty ? [] : Septic.path(through: headings, at: times)
    else { return nil }
    (self.times, self.pieces, self.turns, self.yaw) = (times, pieces, turns, yaw)
  }

  /// The path that takes the time of a steady speed from point to point. [m, m/s, rad]
  package init?(
    through points: [Vector<World, Double>], speed: Double, yaw: Double = 0, yaws: [Double] = []
  ) {
    var times = [0.0]
    for (a, b) in zip(points, points.dropFirst()) {
      times.append((times.last ?? 0) + (b - a).norm / speed)
    }
    self.init(through: points, at: times, yaw: yaw, yaws: yaws)
  }

  package var duration: Double? { times.last }

  package func setpoint(at time: Double) -> Setpoint {
    let t = time.clamped(from: times[0], to: times[times.count - 1])
    var (low, high) = (0, pieces.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if times[middle] <= t { low = middle } else { high = middle - 1 }
    }
    let knot = pieces[low].knot(after: t - times[low])
    var setpoint = Setpoint(
      position: knot[0], velocity: knot[1], acceleration: knot[2], jerk: knot[3], yaw: yaw)
    if !turns.isEmpty {
      let turn = turns[low].knot(after: t - times[low])
      (setpoint.yaw, setpoint.yawRate) = (turn[0].x, turn[1].x)
    }
    return setpoint
  }
}

/// Position, velocity, acceleration and jerk at one time.
private typealias Knot = [Vector<World, Double>]

/// A polynomial of degree 7 in τ = t / T, from 0 to 1.
private struct Septic: Sendable {
  private let coefficients: Knot
  private let duration: Double

  /// The inverse of the rows (1, 1, 1, 1), (4, 5, 6, 7), (12, 20, 30, 42), (24, 60, 120, 210): what the
  /// upper four coefficients owe to the end's value and derivatives.
  private static let ends: [[Double]] = [
    [35, -15, 2.5, -1.0 / 6], [-84, 39, -7, 0.5], [70, -34, 6.5, -0.5], [-20, 10, -2, 1.0 / 6],
  ]

  /// The polynomial between two knots, a time T apart. [s]
  init(from start: Knot, to end: Knot, in duration: Double) {
    let t = duration
    let lower: Knot = [
      start[0], t * start[1], (t * t / 2) * start[2], (t * t * t / 6) * start[3],
    ]
    let missing: Knot = [
      end[0] - (lower[0] + lower[1] + lower[2] + lower[3]),
      t * end[1] - (lower[1] + 2 * lower[2] + 3 * lower[3]),
      (t * t) * end[2] - (2 * lower[2] + 6 * lower[3]), (t * t * t) * end[3] - 6 * lower[3],
    ]
    let upper = Self.ends.map { row in
      zip(row, missing).reduce(Vector<World, Double>.zero) { $0 + $1.0 * $1.1 }
    }
    coefficients = lower + upper
    self.duration = duration
  }

  /// A derivative with respect to time.
  func derivative(_ order: Int, after time: Double) -> Vector<World, Double> {
    let s = time / duration
    var sum = Vector<World, Double>.zero
    for power in (order..<8).reversed() {
      let factor = (0..<order).reduce(1.0) { $0 * Double(power - $1) }
      sum = s * sum + factor * coefficients[power]
    }
    return (0..<order).reduce(sum) { sum, _ in (1 / duration) * sum }
  }

  func knot(after time: Double) -> Knot { (0..<4).map { derivative($0, after: time) } }

  /// The pieces of the path through points at times, or `nil` where there is none.
  static func path(through points: Knot, at times: [Double]) -> [Septic]? {
    knots(through: points, at: times).map { knots in
      (1..<knots.count).map {
        Septic(from: knots[$0 - 1], to: knots[$0], in: times[$0] - times[$0 - 1])
      }
    }
  }

  /// The knots at the points: velocity, acceleration and jerk are what makes the derivatives 4 to 6
  /// continuous, and zero at both ends.
  private static func knots(through points: Knot, at times: [Double]) -> [Knot]? {
    let inner = points.count - 2
    let rest: Knot = [.zero, .zero, .zero]
    guard inner > 0 else { return points.map { [$0] + rest } }
    let steps = zip(times, times.dropFirst()).map { $1 - $0 }
    // In units of the mean step, so that the system is well conditioned.
    let unit = steps.reduce(0, +) / Double(steps.count)
    let scaled = steps.map { $0 / unit }
    func jumps(_ knots: [Knot]) -> [Vector<World, Double>] {
      (1...inner).flatMap { k -> [Vector<World, Double>] in
        let before = Septic(from: knots[k - 1], to: knots[k], in: scaled[k - 1])
        let after = Septic(from: knots[k], to: knots[k + 1], in: scaled[k])
        return (4...6).map {
          before.derivative($0, after: scaled[k - 1]) - after.derivative($0, after: 0)
        }
      }
    }
    return solve(points, count: 3 * inner, unit: unit, jumps: jumps)
  }

  /// Solves for the derivatives at the inner points, in which the jumps are linear.
  private static func solve(
    _ points: Knot, count: Int, unit: Double, jumps: ([Knot]) -> [Vector<World, Double>]
  ) -> [Knot]? {
    let rest: Knot = [.zero, .zero, .zero]
    let offset = jumps(points.map { [$0] + rest })
    var matrix = [[Double]](repeating: Array(repeating: 0, count: count), count: count)
    let still = [Knot](repeating: [.zero] + rest, count: points.count)
    for column in 0..<count {
      var knots = still
      knots[column / 3 + 1][column % 3 + 1] = Vector(1, 0, 0)
      for (row, jump) in jumps(knots).enumerated() { matrix[row][column] = jump.x }
    }
    guard let x = solveLinear(matrix, offset.map { -$0.x }),
      let y = solveLinear(matrix, offset.map { -$0.y }),
      let z = solveLinear(matrix, offset.map { -$0.z })
    else { return nil }
    var knots = points.map { [$0] + rest }
    for index in 0..<count {
      let order = index % 3 + 1
      let scale = (0..<order).reduce(1.0) { scale, _ in scale / unit }
      knots[index / 3 + 1][order] = scale * Vector(x[index], y[index], z[index])
    }
    return knots
  }
}

extension MinimumSnapReference {
  static let entry = ReferenceCatalogue.Entry(
    name: "minimum_snap", summary: "the smoothest path through points, from rest to rest",
    parameters: .points("points", "the points", count: 2...100), .speed, .heading(), .headings
  ) { (points, speed, yaw, yaws) throws(ParameterError) in
    try yaws.check(areFor: points)
    let path = MinimumSnapReference(through: points, speed: speed, yaw: yaw, yaws: yaws)
    guard let reference = path else {
      throw ParameterError(
        "has no smooth path", of: "points",
        expected: "different neighbours, at distances not too unlike")
    }
    return reference
  }
}
