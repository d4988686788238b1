import Drone
import SpatialMath

/// Commands on their way to rotors that they reach late: what was commanded in the last steps.
///
/// Over step k rotors follow the mean, over that step, of a command that comes T late. With T of n + φ
/// steps, n whole and 0 ≤ φ < 1, and commands u that are held over each step, that is
///
///     u[k − n] + φ (u[k − n − 1] − u[k − n])
///
/// so that a dead time of whole steps shifts a flight by them, and any other lies between.
struct CommandDelay: Sendable {
  /// How many steps back commands are kept; 0 where none comes late.
  let length: Int
  /// The length of a step. [s]
  private let period: Double
  /// What was commanded, ``length`` steps for each drone, in the ring that ``head`` goes round.
  private var past: [PerRotor<Double>]
  /// Where in the ring the step to come belongs.
  private var head = 0
  /// The whole steps and the fraction of a step by which commands come late, by lanes of groups.
  private var delays: [(whole: Int, fraction: Double)]

  /// What is on its way to drones in some groups of lanes.
  ///
  /// - Parameters:
  ///   - drones: The drones.
  ///   - groups: How many groups they are in.
  ///   - longest: The longest dead time that they may be given besides those that they have. [s]
  ///   - physics: Whether commands come late at all.
  ///   - period: The length of a step. [s]
  init(
    to drones: [DroneParameters<Double>], groups: Int, longest: Double, physics: FlightPhysics,
    period: Double
  ) {
    self.period = period
    let time = drones.reduce(longest) { max($0, $1.deadTime) }
    length = physics.hasRotorDynamics ? Int((time / period - 1e-9).rounded(.up)) : 0
    let lanes = length > 0 ? groups * DroneLanes.laneCount : 0
    past = Array(repeating: PerRotor(repeating: 0), count: lanes * length)
    delays = Array(repeating: (0, 0), count: lanes)
    for (drone, numbers) in drones.enumerated() { set(numbers.deadTime, of: drone) }
  }

  /// Whether any command comes late.
  var isUsed: Bool { length > 0 }

  /// Sets how late the commands of a drone come. [s]
  mutating func set(_ time: Double, of drone: Int) {
    guard isUsed else { return }
    let steps = time / period
    let whole = Int(steps + 1e-9)
    let fraction = steps - Double(whole)
    delays[drone] = (whole, fraction > 1e-9 ? fraction : 0)
    precondition(steps <= Double(length) + 1e-9, "a dead time up to the longest")
  }

  /// Whether what reaches the rotors may differ from the step before, some steps into a stretch in which
  /// the commands stay.
  @inline(__always)
  func mayChange(after count: Int) -> Bool { count <= length }

  /// What reaches the rotors of a group some steps into a stretch in which the commands stay. [rpm]
  @inline(__always)
  func commands(
    ofGroup group: Int, now: PerRotor<DroneLanes>, after count: Int
  ) -> PerRotor<DroneLanes> {
    var late = now
    for lane in 0..<DroneLanes.laneCount {
      let drone = group * DroneLanes.laneCount + lane
      late[lane: lane] = command(of: drone, now: now[lane: lane], after: count)
    }
    return late
  }

  @inline(__always)
  private func command(
    of drone: Int, now: PerRotor<Double>, after count: Int
  ) -> PerRotor<Double> {
    let (whole, fraction) = delays[drone]
    let command = self.command(of: drone, now: now, age: whole - count)
    guard fraction > 0 else { return command }
    let older = self.command(of: drone, now: now, age: whole + 1 - count)
    return command.zip(older) { $0 + fraction * ($1 - $0) }
  }

  /// What was commanded some steps before the stretch, or in it. [rpm]
  @inline(__always)
  private func command(
    of drone: Int, now: PerRotor<Double>, age: Int
  ) -> PerRotor<Double> {
    guard age > 0 else { return now }
    return past[drone * length + (head < age ? head + length - age : head - age)]
  }

  /// Takes in a stretch of some steps in which the commands stayed. [rpm]
  mutating func append(_ commands: [PerRotor<DroneLanes>], steps count: Int) {
    guard isUsed else { return }
    for drone in delays.indices {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      let command = commands[group][lane: lane]
      for step in 0..<min(count, length) {
        past[drone * length + (head + count - 1 - step) % length] = command
      }
    }
    head = (head + count) % length
  }

  /// What a drone was commanded in the last steps, the oldest first. [rpm]
  subscript(drone: Int) -> [PerRotor<Double>] {
    get { (0..<length).map { past[drone * length + (head + $0) % length] } }
    set {
      precondition(newValue.count == length, "as many commands as are kept")
      for step in 0..<length { past[drone * length + (head + step) % length] = newValue[step] }
    }
  }

  /// Starts a drone whose rotors were commanded the same for long. [rpm]
  mutating func start(_ drone: Int, at speeds: PerRotor<Double>) {
    for step in 0..<length { past[drone * length + step] = speeds }
  }
}
