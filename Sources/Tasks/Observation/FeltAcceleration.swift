package import Drone
import SpatialMath

/// What inertial sensors of a drone feel over an action, as means over it.
///
///     f = Rᵀ (Δv / T + g ẑ)      α = Δω / T
///
/// with the attitude R and the change of velocity Δv and body rates Δω over the action's length T.
struct FeltAcceleration<S: Lanes> {
  /// How many numbers it has. [–]
  static var count: Int { 6 }

  /// The acceleration without that of falling, f. [m/s²]
  let specificForce: Vector<Body, S>
  /// The acceleration of turning, α. [rad/s²]
  let turn: Vector<Body, S>

  /// What is felt from one state to the next.
  init(
    from before: DroneState<S>, to after: DroneState<S>, over period: Double, gravity: Double
  ) {
    let rate = S(1 / period)
    let acceleration = rate * (after.velocity - before.velocity)
    specificForce = RotationMatrix(after.attitude).inverse(
      acceleration + Vector(.zero, .zero, S(gravity)))
    turn = rate * (after.bodyRates - before.bodyRates)
  }

  /// The numbers in the order in which they are shown.
  var numbers: InlineArray<6, S> {
    [specificForce.x, specificForce.y, specificForce.z, turn.x, turn.y, turn.z]
  }
}

/// What is kept of what some rows have felt, the oldest first.
package struct FeltRecords: Sendable {
  /// How many numbers are kept for each row. [–]
  private let numbersKept: Int
  /// The numbers of all rows. [m/s², rad/s²]
  private(set) var history: [Float]

  /// Rows that have felt nothing.
  ///
  /// - Parameters:
  ///   - count: Over how many actions to keep what is felt.
  ///   - rowCount: How many rows there are.
  package init(keeping count: Int, rowCount: Int) {
    numbersKept = FeltAcceleration<Double>.count * count
    history = Array(repeating: 0, count: rowCount * numbersKept)
  }

  /// Whether anything is kept.
  var isKept: Bool { numbersKept > 0 }

  /// The numbers of a row.
  func history(of row: Int) -> Range<Int> { row * numbersKept..<(row + 1) * numbersKept }

  /// Forgets what a row has felt.
  mutating func begin(_ row: Int) {
    for index in history(of: row) { history[index] = 0 }
  }

  /// Puts what a row has felt behind what it felt before.
  mutating func keep(_ felt: FeltAcceleration<Double>, of row: Int) {
    let (numbers, range) = (felt.numbers, history(of: row))
    let end = range.upperBound - numbers.count
    for index in range.lowerBound..<end { history[index] = history[index + numbers.count] }
    for index in numbers.indices { history[end + index] = Float(numbers[index]) }
  }

  /// Puts what the drone of a single row has felt over an action behind what it felt before.
  ///
  /// - Parameters:
  ///   - before: How it moved before the action.
  ///   - after: How it moves after it.
  ///   - period: How long the action lasted. [s]
  ///   - gravity: The acceleration of falling. [m/s²]
  package mutating func keep(
    from before: DroneState<Double>, to after: DroneState<Double>, over period: Double,
    gravity: Double
  ) {
    keep(FeltAcceleration(from: before, to: after, over: period, gravity: gravity), of: 0)
  }

  /// Takes over what a row of a snapshot has kept.
  mutating func restore(_ row: Int, history numbers: [Float]) {
    for (index, number) in zip(history(of: row), numbers) { history[index] = number }
  }

  /// Writes what some rows have felt over the last actions, divided by scales and held between −1 and 1.
  ///
  /// - Parameters:
  ///   - count: Over how many actions.
  ///   - scale: What accelerations are divided by. [m/s²]
  ///   - turnScale: What accelerations of turning are divided by. [rad/s²]
  ///   - rows: The rows.
  ///   - numbers: Where they go.
  ///   - column: Where in each row the first number goes.
  ///   - rowLength: How many numbers a row has.
  func write(
    _ count: Int, scale: Double, turnScale: Double, of rows: Range<Int>,
    to numbers: inout MutableSpan<Float>, at column: Int, of rowLength: Int
  ) {
    let shares = [Float(1 / scale), Float(1 / turnScale)] as InlineArray<2, Float>
    let length = FeltAcceleration<Double>.count * count
    for row in rows {
      let (from, to) = (history(of: row).upperBound - length, row * rowLength + column)
      for index in 0..<length {
        let share = shares[index % FeltAcceleration<Double>.count / 3]
        numbers[to + index] = (share * history[from + index]).clamped(from: -1, to: 1)
      }
    }
  }
}

extension Float {
  fileprivate func clamped(from low: Float, to high: Float) -> Float { min(max(self, low), high) }
}
