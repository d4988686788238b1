package import Control
import Drone
import Geometry
import Parameters
package import Randomness
package import SpatialMath

/// Fly through four gates in order, past four pillars.
///
/// | | |
/// | --- | --- |
/// | Observation | position error to the gate, rotation matrix, velocity, body rates, last action; the gate's heading (cos, sin), the next gate from this one / 3 m, the share of gates passed |
/// | Action | 4 rotor speeds, hover speed ± 30 % |
/// | Reward | distance come nearer to the gate's middle [m]; 5 for each gate, −5 on a crash |
/// | Start | at (−1.5, 0.75, 0.05), at rest |
/// | Gates | openings 0.4 m wide, each moved by up to 0.15 m along each axis, as are the pillars |
/// | Terminated | through the last gate, on touching anything, upside down, or 4 m off |
/// | Truncated | after 15 s |
///
/// A gate is passed from the side that its yaw points away from, the x axis being the way through.
package struct GateRacingTask: DroneTask {
  package var setup: TaskSetup
  /// How far gates and pillars may be moved along each axis. [m, rad]
  package var spread = 0.15
  /// What a gate is worth, and what a crash costs. [–]
  package var bonus = 5.0
  /// How far out or up a drone may go. [m]
  package var bound = 4.0

  /// Where the gates are, and which is next.
  package struct Memory: Sendable, Codable {
    /// Middle and yaw of each gate, four numbers each. [m, rad]
    private var numbers: SIMD16<Double>
    /// The gate to fly through now. [–]
    var next = 0
    /// How much nearer to the middle of its gate the last step came. [m]
    var progress = 0.0
    /// Whether the last step passed a gate.
    var hasPassed = false

    init() {
      numbers = .zero
      for (index, gate) in GateRacingTask.gates.enumerated() { self[index] = gate }
    }

    /// Middle and yaw of a gate, of the last one for whatever lies beyond. [m, rad]
    subscript(gate: Int) -> SIMD4<Double> {
      get {
        let start = 4 * min(gate, 3)
        return SIMD4(numbers[start], numbers[start + 1], numbers[start + 2], numbers[start + 3])
      }
      set { for axis in 0..<4 { numbers[4 * gate + axis] = newValue[axis] } }
    }
  }

  /// Middles and yaws as they are drawn. [m, rad]
  static let gates: [SIMD4<Double>] = [
    SIMD4(0.5, 0.25, 0.7, -0.78), SIMD4(1.05, 0.75, 1.2, 2.35), SIMD4(-1, -0.25, 0.7, 3.14),
    SIMD4(0, -0.75, 1.2, 0),
  ]
  /// The feet of the pillars. [m]
  static let pillars: [SIMD2<Double>] = [
    SIMD2(0, 0.75), SIMD2(1, 0.25), SIMD2(-1.5, -0.25), SIMD2(-0.5, -0.75),
  ]
  /// The inner width of a gate. [m]
  static let opening = 0.4
  /// How thick its frame is. [m]
  static let beam = 0.05

  /// The task in its usual setup.
  package init() {
    let long = Self.opening + 2 * Self.beam
    let upright = RigidBody(.box(size: Vector(Self.beam, Self.beam, long)))
    let level = RigidBody(.box(size: Vector(Self.beam, Self.opening, Self.beam)))
    let pillar = RigidBody(.cylinder(radius: 0.015, height: 1.5))
    let frames = Self.gates.flatMap { _ in [upright, upright, level, level] }
    setup = TaskSetup(
      controlFrequency: 48, timeLimit: 15, obstacles: frames + Self.pillars.map { _ in pillar },
      actionMode: .rotorSpeeds(authority: 0.3),
      observation: ObservationPart.standard + [.features(6)])
  }

  package var ownObstacleCount: Int { 4 * Self.gates.count + Self.pillars.count }

  package var contract: TaskContract {
    TaskContract(
      "fly through four gates in order, past four pillars",
      start:
        "at (−1.5, 0.75, 0.05), at rest; gates and pillars within \(spread.words) m of their places",
      reward:
        "distance come nearer to the gate [m]; \(bonus.words) for each gate, −\(bonus.words) on a crash",
      terminated: "through the last gate, touching anything, upside down, or \(bound.words) m off",
      features: "cos, sin of the gate's yaw; next gate from this one x, y, z / 3 m; share passed")
  }

  package func begin(_ start: inout EpisodeStart, using random: inout SplitMix64) -> Memory {
    func offset(_ random: inout SplitMix64) -> Double { random.uniform(in: -spread...spread) }
    start.states[0].position = Vector(-1.5, 0.75, 0.05)
    start.states[0].rotorSpeeds = PerRotor(repeating: setup.hoverSpeed)
    var memory = Memory()
    for gate in Self.gates.indices {
      for axis in 0..<4 { memory[gate][axis] += offset(&random) }
      for part in 0..<4 {
        start.obstacles[4 * gate + part] = Self.pose(of: part, of: memory[gate])
      }
    }
    for pillar in Self.pillars.indices {
      start.obstacles[4 * Self.gates.count + pillar].position = Vector(
        Self.pillars[pillar].x + offset(&random), Self.pillars[pillar].y + offset(&random), 0.75)
    }
    return memory
  }

  package func isPossible(_ memory: Memory) -> Bool {
    0...Self.gates.count ~= memory.next
  }

  /// Where a part of a gate's frame is: left, right, above, below.
  private static func pose(of part: Int, of gate: SIMD4<Double>) -> Pose<Double> {
    let reach = 0.5 * (opening + beam)
    let side = part == 0 ? reach : part == 1 ? -reach : 0
    let height = part == 2 ? reach : part == 3 ? -reach : 0
    let (sine, cosine) = gate.w.sineAndCosine()
    let offset = Vector<World, Double>(-sine * side, cosine * side, height)
    return Pose(
      position: middle(of: gate) + offset,
      attitude: Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: gate.w)))
  }

  private static func middle(of gate: SIMD4<Double>) -> Vector<World, Double> {
    Vector(gate.x, gate.y, gate.z)
  }

  package func update(_ episode: inout Episode<Memory>) {
    let gate = episode.memory[episode.memory.next]
    episode.memory.progress = episode.progress(of: 0, towards: Self.middle(of: gate))
    episode.memory.hasPassed = Self.isPassed(
      gate, from: episode.positionBefore(of: 0), to: episode.position(of: 0))
    if episode.memory.hasPassed { episode.memory.next += 1 }
  }

  /// Whether a step goes through a gate's opening the right way.
  package static func isPassed(
    _ gate: SIMD4<Double>, from before: Vector<World, Double>, to here: Vector<World, Double>
  ) -> Bool {
    let (sine, cosine) = gate.w.sineAndCosine()
    let ahead = Vector<World, Double>(cosine, sine, 0)
    let (start, end) = (before - middle(of: gate), here - middle(of: gate))
    let (behind, beyond) = (start.dot(ahead), end.dot(ahead))
    guard behind < 0, beyond >= 0 else { return false }
    let crossing = start + (-behind / (beyond - behind)) * (end - start)
    let side = crossing.dot(Vector(-sine, cosine, 0))
    return max(abs(side), abs(crossing.z)) < 0.5 * opening
  }

  package func goal(of agent: Int, in episode: Episode<Memory>) -> Setpoint {
    Setpoint(position: Self.middle(of: episode.memory[episode.memory.next]), yaw: 0)
  }

  package func reward(of agent: Int, in episode: Episode<Memory>) -> Double {
    let gained = episode.memory.progress + (episode.memory.hasPassed ? bonus : 0)
    return gained - (hasFailed(episode) ? bonus : 0)
  }

  private func hasFailed(_ episode: Episode<Memory>) -> Bool {
    episode.hasCrashed(0) || episode.isOutside(0, halfWidth: bound, height: bound)
  }

  package func isTerminated(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.memory.next == Self.gates.count || hasFailed(episode)
  }

  package func feature(_ index: Int, of agent: Int, in episode: Episode<Memory>) -> Double {
    let next = episode.memory.next
    let (gate, following) = (episode.memory[next], episode.memory[next + 1])
    switch index {
    case 0: return gate.w.sineAndCosine().cosine
    case 1: return gate.w.sineAndCosine().sine
    case 2: return (following.x - gate.x) / 3
    case 3: return (following.y - gate.y) / 3
    case 4: return (following.z - gate.z) / 3
    default: return Double(episode.memory.next) / Double(Self.gates.count)
    }
  }

  package func hasSucceeded(_ agent: Int, in episode: Episode<Memory>) -> Bool {
    episode.memory.next == Self.gates.count
  }
}

extension GateRacingTask {
  static let entry = TaskEntry(
    "gate-racing",
    parameters: .number(
      "spread", "how far gates and pillars may be moved along each axis, and turned",
      unit: "m and rad", in: .within(0...1), default: 0.15),
    .number(
      "bonus", "what a gate is worth, and what a crash costs", in: .within(0...1e6), default: 5),
    .number("bound", "how far out or up a drone may go", unit: "m", in: .positive, default: 4)
  ) { spread, bonus, bound in
    var task = GateRacingTask()
    (task.spread, task.bonus, task.bound) = (spread, bonus, bound)
    return task
  }
}
