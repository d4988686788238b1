import Drone
import SpatialMath

/// What a drone sees of a race, along the axes of the gate that is next: x is the way through, z is up.
///
/// | numbers | what they are |
/// | --- | --- |
/// | 0 to 2 | the drone from the gate's middle / 3 m |
/// | 3 to 5 | its velocity / 5 m/s |
/// | 6 to 14 | its rotation matrix, row by row |
/// | 15 to 17 | the middle of the gate after that one, from this one / 3 m; zero after the last |
/// | 18, 19 | cos, sin of its yaw; zero after the last |
/// | 20 to 23 | the nearest two pillars from the drone, along the ground / 1 m, held within 1; zero where there is none |
/// | 24 | the share of gates passed |
struct RaceView {
  /// How many numbers there are. [–]
  static let count = 25
  static let words =
    "along the gate's axes: position / 3 m, velocity / 5 m/s, rotation matrix; the next gate / 3 m, "
    + "cos, sin of its yaw; two nearest pillars x, y / 1 m; share of gates passed"

  private(set) var numbers = InlineArray<25, Double>(repeating: 0)

  subscript(index: Int) -> Double { numbers[index] }

  /// What the drone of an episode sees now.
  init(of episode: Episode<RaceMemory>, task: GateRacingTask) {
    let (state, memory) = (episode.state(of: 0), episode.memory)
    let next = task.nextGate(memory)
    let gate = Self.seen(next, memory, task)
    put(gate.local(state.position - gate.position), over: 3, at: 0)
    put(gate.local(state.velocity), over: 5, at: 3)
    let attitude = RotationMatrix(state.attitude)
    put(gate.local(attitude.xAxis), inColumn: 0)
    put(gate.local(attitude.yAxis), inColumn: 1)
    put(gate.local(attitude.zAxis), inColumn: 2)
    if memory.passed + 1 < task.track.passes {
      let after = Self.seen((next + 1) % task.track.gates.count, memory, task)
      put(gate.local(after.position - gate.position), over: 3, at: 15)
      let (sine, cosine) = (after.yaw - gate.yaw).sineAndCosine()
      (numbers[18], numbers[19]) = (cosine, sine)
    }
    putPillars(from: state.position, along: gate, memory, task)
    numbers[24] = Double(memory.passed) / Double(task.track.passes)
  }

  private mutating func put(_ v: Vector<World, Double>, over scale: Double, at index: Int) {
    let scaled = (1 / scale) * v
    (numbers[index], numbers[index + 1], numbers[index + 2]) = (scaled.x, scaled.y, scaled.z)
  }

  /// Puts a column of the rotation matrix.
  private mutating func put(_ axis: Vector<World, Double>, inColumn column: Int) {
    (numbers[6 + column], numbers[9 + column], numbers[12 + column]) = (axis.x, axis.y, axis.z)
  }

  /// Puts a pillar, seen from the drone along the gate's axes.
  private mutating func putPillar(_ offset: Vector<World, Double>, at index: Int) {
    numbers[index] = offset.x.clamped(from: -1, to: 1)
    numbers[index + 1] = offset.y.clamped(from: -1, to: 1)
  }

  private mutating func putPillars(
    from here: Vector<World, Double>, along gate: RaceTrack.Gate, _ memory: RaceMemory,
    _ task: GateRacingTask
  ) {
    var (first, second) = (Vector<World, Double>.zero, Vector<World, Double>.zero)
    var (least, next) = (Double.infinity, Double.infinity)
    for index in 0..<memory.pillarCount {
      let isKnown = task.level < 3 || memory.hasSeen(pillar: index)
      let foot = isKnown ? memory[pillar: index] : task.track.pillars[index]
      let offset = Vector<World, Double>(foot.x - here.x, foot.y - here.y, 0)
      let square = offset.squaredNorm
      if square < least {
        (second, next, first, least) = (first, least, offset, square)
      } else if square < next {
        (second, next) = (offset, square)
      }
    }
    putPillar(gate.local(first), at: 20)
    putPillar(gate.local(second), at: 22)
  }

  /// A gate where it is, or at level 3 where it is drawn as long as it has not been seen.
  private static func seen(
    _ index: Int, _ memory: RaceMemory, _ task: GateRacingTask
  ) -> RaceTrack.Gate {
    task.level < 3 || memory.hasSeen(gate: index) ? memory[gate: index] : task.track.gates[index]
  }
}
