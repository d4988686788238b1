package import Drone
package import SpatialMath

/// What a real drone logged of a flight, row by row: how it moved, and what its motors were told.
///
/// Read from a CSV file with the columns
///
///     t, x, y, z, qx, qy, qz, qw, vx, vy, vz, wx, wy, wz, ax, ay, az, pwm0 … pwm3, vbat,
///     ref_x, ref_y, ref_z, ref_yaw
///
/// or from the log that a Crazyflie writes to its SD card. What a source lacks is `nil`: its columns are
/// missing, or have no number in any row. Time and pulses are always there.
package struct FlightLog: Sendable {
  /// The path of the file, as it was given.
  package let path: String
  /// The times of the rows, strictly increasing; of a file counted from its first row. [s]
  package let times: [Double]
  /// Positions, in the world. [m]
  package let positions: [Vector<World, Double>]?
  /// From body to world.
  package let attitudes: [Rotation<Body, World, Double>]?
  /// Velocities, in the world. [m/s]
  package let velocities: [Vector<World, Double>]?
  /// Body rates, as the gyro has them. [rad/s]
  package let bodyRates: [Vector<Body, Double>]?
  /// What the accelerometer measured: acceleration without gravity, along the body's axes. [m/s²]
  package let accelerations: [Vector<Body, Double>]?
  /// The pulses of the motors, 0 to 65535: front right, back right, back left, front left. [counts]
  ///
  /// Where a log holds multiples of 256 alone, as one of eight bits does, half of that has been added.
  package let pulses: [PerRotor<Double>]
  /// The battery's voltage under load. [V]
  package let voltages: [Double]?
  /// Where the drone should have been. [m]
  package let setpoints: [Vector<World, Double>]?
  /// Where it should have headed. [rad]
  package let headings: [Double]?
  /// What was added to the pulses to excite the drone, rotor by rotor. [counts]
  package let excitations: [PerRotor<Double>]?

  /// The longest flight that is read: steps of 1 ms are kept of all of it. [s]
  private static let longest = 3600.0

  /// How long it lasts from the first row to the last. [s]
  package var duration: Double { times[times.count - 1] - times[0] }

  /// The time between two rows, for most of them. [s]
  package var interval: Double {
    let gaps = zip(times, times.dropFirst()).map { $1 - $0 }.sorted()
    return gaps[gaps.count / 2]
  }

  /// The file's name without folders.
  package var name: String { String(path.split(separator: "/").last ?? "") }

  /// Reads a file of either kind.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: ``FlightLogError``, with what is wrong and where.
  package init(contentsOf path: String) throws(FlightLogError) {
    let isBinary = try LogKind(ofFile: path) == .cardLog
    try self.init(isBinary ? LogColumns(cardLog: path) : LogColumns(table: path))
  }

  /// A log of these columns.
  package init(
    path: String, times: [Double], positions: [Vector<World, Double>]? = nil,
    attitudes: [Rotation<Body, World, Double>]? = nil, velocities: [Vector<World, Double>]? = nil,
    bodyRates: [Vector<Body, Double>]? = nil, accelerations: [Vector<Body, Double>]? = nil,
    pulses: [PerRotor<Double>], voltages: [Double]? = nil,
    setpoints: [Vector<World, Double>]? = nil, headings: [Double]? = nil,
    excitations: [PerRotor<Double>]? = nil
  ) {
    precondition(times.count >= 3 && times.count == pulses.count, "three rows, or more")
    (self.path, self.times, self.pulses) = (path, times, pulses)
    (self.positions, self.attitudes, self.velocities) = (positions, attitudes, velocities)
    (self.bodyRates, self.accelerations, self.voltages) = (bodyRates, accelerations, voltages)
    (self.setpoints, self.headings, self.excitations) = (setpoints, headings, excitations)
  }

  init(_ columns: LogColumns) throws(FlightLogError) {
    path = columns.path
    times = try Self.times(columns)
    positions = try columns.vectors("x", "y", "z")
    velocities = try columns.vectors("vx", "vy", "vz")
    bodyRates = try columns.vectors("wx", "wy", "wz")
    accelerations = try columns.vectors("ax", "ay", "az")
    setpoints = try columns.vectors("ref_x", "ref_y", "ref_z")
    headings = try columns.numbers("ref_yaw")
    attitudes = try Self.attitudes(columns)
    pulses = try Self.pulses(columns)
    voltages = try columns.numbers("vbat")
    try columns.check("vbat", voltages, "a voltage above 0 V") { $0 > 0 && $0 < 1000 }
    excitations = try columns.perRotor("exc0", "exc1", "exc2", "exc3")
  }

  private static func times(_ columns: LogColumns) throws(FlightLogError) -> [Double] {
    guard let times = try columns.numbers("t"), times.count >= 3 else {
      throw FlightLogError("\(columns.path): fewer than three rows; expected a flight")
    }
    for row in 1..<times.count where times[row] <= times[row - 1] {
      throw columns.error(row, "t", times[row], "later than \(times[row - 1])")
    }
    let duration = times[times.count - 1] - times[0]
    guard duration <= longest else {
      throw FlightLogError(
        "\(columns.path): lasts \(duration) s; expected at most \(Int(longest)) s, cut from a longer log"
      )
    }
    return times.map { $0 - times[0] }
  }

  private static func attitudes(
    _ columns: LogColumns
  ) throws(FlightLogError) -> [Rotation<Body, World, Double>]? {
    guard let x = try columns.numbers("qx"), let y = try columns.numbers("qy"),
      let z = try columns.numbers("qz"), let w = try columns.numbers("qw")
    else { return nil }
    var attitudes: [Rotation<Body, World, Double>] = []
    for row in x.indices {
      let q = Rotation<Body, World, Double>(x: x[row], y: y[row], z: z[row], w: w[row])
      guard (0.25...4).contains(q.squaredNorm) else {
        throw columns.error(
          row, "qw", w[row], "part of a quaternion of length 1, not \(q.squaredNorm.squareRoot())")
      }
      attitudes.append(q.normalized)
    }
    return attitudes
  }

  private static func pulses(_ columns: LogColumns) throws(FlightLogError) -> [PerRotor<Double>] {
    guard let pulses = try columns.perRotor("pwm0", "pwm1", "pwm2", "pwm3") else {
      throw FlightLogError(
        "\(columns.path): has no pulses of its motors; expected columns pwm0, pwm1, pwm2 and pwm3")
    }
    for rotor in 0..<4 {
      try columns.check("pwm\(rotor)", pulses.map { $0[rotor] }, "a pulse from 0 to 65535") {
        (0...65535).contains($0)
      }
    }
    let isCoarse = pulses.allSatisfy { row in
      row.array.allSatisfy { $0.truncatingRemainder(dividingBy: 256) == 0 }
    }
    guard isCoarse else { return pulses }
    return pulses.map { row in row.map { $0 > 0 ? min($0 + 128, 65535) : 0 } }
  }
}
