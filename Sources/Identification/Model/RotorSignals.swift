import Drone
import FlightLogs
import SpatialMath

/// What the rotors of a model do under the pulses of a log, whatever the drone does meanwhile.
struct RotorSignals: Sendable {
  /// The angular acceleration about x that thrust makes. [rad/s²]
  let roll: GridSignal
  /// About y. [rad/s²]
  let pitch: GridSignal
  /// About z, that of drag torque. [rad/s²]
  let yaw: GridSignal
  /// About z, that of rotors that speed up or slow down. [rad/s²]
  let kick: GridSignal
  /// The thrust over the mass. [m/s²]
  let thrust: GridSignal
  /// h, minus the rotors' angular momentum along z. [N·m·s]
  let momentum: GridSignal

  /// How rotors are followed.
  enum Method {
    /// Euler's explicit method, as predictions make their steps.
    case euler
    /// The midpoint method, of second order, so that what is identified does not depend on the step.
    case midpoint
  }

  /// Follows the pulses step by step.
  ///
  /// - Parameters:
  ///   - commands: What the rotors are told.
  ///   - equations: The model.
  ///   - method: How.
  init(
    following commands: RotorCommands, _ equations: FlightEquations, by method: Method = .euler
  ) {
    let count = commands.count
    var columns = Array(repeating: [Double](repeating: 0, count: count), count: 6)
    var speeds = commands.first
    let half = method == .midpoint ? 0.5 * commands.step : 0
    for index in 0..<count {
      let wanted = commands.delayed(index, by: equations.deadTime)
      var slopes = PerRotor(repeating: 0.0)
      var acting = wanted
      if equations.lag != .none {
        slopes = speeds.zip(wanted) { equations.slope(of: $0, towards: $1) }
        acting = speeds.zip(slopes) { $0 + half * $1 }
        if half > 0 { slopes = acting.zip(wanted) { equations.slope(of: $0, towards: $1) } }
      }
      let instant = equations.accelerations(of: acting, slopes: slopes)
      for column in 0..<6 { columns[column][index] = instant[column] }
      speeds = speeds.zip(slopes) { $0 + commands.step * $1 }
    }
    func signal(_ column: Int) -> GridSignal {
      GridSignal(start: commands.start, step: commands.step, values: columns[column])
    }
    (roll, pitch, yaw) = (signal(0), signal(1), signal(2))
    (kick, thrust, momentum) = (signal(3), signal(4), signal(5))
  }
}

extension FlightEquations {
  /// What rotors make at some speeds and their changes: roll, pitch, yaw, kick, thrust and momentum, as
  /// ``RotorSignals`` has them. [rpm, rpm/s]
  @inline(__always)
  fileprivate func accelerations(
    of speeds: PerRotor<Double>, slopes: PerRotor<Double>
  ) -> SIMD8<Double> {
    var (roll, pitch, yaw, lift) = (0.0, 0.0, 0.0, 0.0)
    var (turning, changing) = (0.0, 0.0)
    for index in 0..<4 {
      let (rotor, speed) = (rotors[index], speeds[index])
      let f = rotor.thrust.value(at: speed)
      let sign = rotor.spin.yawSign
      roll += rotor.position.y * f
      pitch -= rotor.position.x * f
      yaw += sign * rotor.torque.value(at: speed)
      lift += f
      turning += sign * speed
      changing += sign * slopes[index]
    }
    return SIMD8(
      roll / inertia.x, pitch / inertia.y, yaw / inertia.z, momentum * changing / inertia.z,
      lift / mass, momentum * turning, 0, 0)
  }
}

/// What the rotors of a log are told, at even steps of time.
struct RotorCommands: Sendable {
  /// The time of the first step. [s]
  let start: Double
  /// The length of a step. [s]
  let step: Double
  /// The speeds that rotors have at the start. [rpm]
  let first: PerRotor<Double>
  private let commands: [PerRotor<Double>]

  var count: Int { commands.count }

  /// The commands of a log, held from row to row.
  ///
  /// - Parameters:
  ///   - log: The log.
  ///   - voltages: The battery's voltage in each row. [V]
  ///   - line: The speed that pulses tell.
  ///   - step: The length of a step. [s]
  init(_ log: FlightLog, voltages: [Double], by line: SpeedByVoltage, step: Double) {
    let times = log.times
    start = times[0]
    self.step = step
    let rows = zip(log.pulses, voltages).map { pulses, voltage in
      pulses.map { line.speed(pulse: $0 / 65535, voltage: voltage) }
    }
    // A loud law's first row alone would spoil the first second.
    let half = rows[..<max(1, times.prefix { $0 - times[0] <= 0.5 }.count)]
    first = half.reduce(PerRotor(repeating: 0)) { $0.zip($1, +) }.map { $0 / Double(half.count) }
    var row = 0
    let count = Int(((times[times.count - 1] - times[0]) / step).rounded()) + 1
    commands = (0..<count).map { index in
      let time = times[0] + Double(index) * step + 1e-9
      while row + 1 < times.count, times[row + 1] <= time { row += 1 }
      return rows[row]
    }
  }

  /// The commands of a log at the steps of predictions.
  ///
  /// - Parameters:
  ///   - log: The log.
  ///   - line: The speed that pulses tell.
  ///   - voltage: The battery's voltage, where the log does not say it. [V]
  /// - Throws: ``IdentificationError`` where nothing says it.
  init(
    _ log: FlightLog, by line: SpeedByVoltage, voltage: Double?
  ) throws(IdentificationError) {
    let assumed = voltage.map { Array(repeating: $0, count: log.times.count) }
    guard let voltages = log.voltages ?? assumed else {
      throw IdentificationError(
        "\(log.path): does not say the battery's voltage; expected column vbat, or one voltage for all "
          + "of it (--voltage)")
    }
    self.init(log, voltages: voltages, by: line, step: Predictor.step)
  }

  /// What reaches the rotors in a step, as the mean of two steps where the delay is between. [s]
  func delayed(_ index: Int, by time: Double) -> PerRotor<Double> {
    let place = max(0, time / step)
    let whole = Int(place + 1e-9)
    let share = place - Double(whole)
    let late = commands[max(0, index - whole)]
    guard share > 1e-9 else { return late }
    return late.zip(commands[max(0, index - whole - 1)]) { $0 + share * ($1 - $0) }
  }
}
