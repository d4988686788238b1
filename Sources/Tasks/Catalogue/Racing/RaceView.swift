import Drone
import SpatialMath

/// What a drone sees of a race, along the axes of the gate that is next: x is the way through, z is up.
///
/// | numbers | what they are |
/// | --- | --- |
/// | 0 to 2 | the drone from the gate's middle / r; r is 3 m, or 1.2 of the longest way between gates |
/// | 3 to 5 | its velocity / (5/3 r a second) |
/// | 6 to 14 | its rotation matrix, row by row |
/// | 15 to 17 | the middle of the gate after that one, from this one / r; zero after the last |
/// | 18, 19 | cos, sin of its yaw; zero after the last |
/// | 20 to 29 | the nearest two pillars, five numbers each; see ``PillarView`` |
/// | 30 to 32 | the drone from the nearest other gate, along that one's axes / 1 m, held within 1; 1 where there is none |
/// | 33 | whether the next gate has been seen where it is |
/// | 34 | the share of gates passed |
struct RaceView {
  /// How many numbers there are. [–]
  static let count = 35
  static let words =
    "of RaceView.swift: motion and next gate along the gate's axes, pillars, nearest other gate, share passed"

  private(set) var numbers = InlineArray<35, Double>(repeating: 0)

  subscript(index: Int) -> Double { numbers[index] }

  /// What the drone of an episode sees now.
  init(of episode: Episode<RaceMemory>, task: GateRacingTask) {
    let (state, memory) = (episode.state(of: 0), episode.memory)
    let next = task.nextGate(memory)
    let (gate, reach) = (Self.seen(next, memory, task), task.track.reach)
    put(gate.local(state.position - gate.position), over: reach, at: 0)
    put(gate.local(state.velocity), over: 5 * (reach / 3), at: 3)
    let attitude = RotationMatrix(state.attitude)
    put(gate.local(attitude.xAxis), inColumn: 0)
    put(gate.local(attitude.yAxis), inColumn: 1)
    put(gate.local(attitude.zAxis), inColumn: 2)
    if memory.passed + 1 < task.track.passes {
      let after = Self.seen((next + 1) % task.track.gates.count, memory, task)
      put(gate.local(after.position - gate.position), over: reach, at: 15)
      let (sine, cosine) = (after.yaw - gate.yaw).sineAndCosine()
      (numbers[18], numbers[19]) = (cosine, sine)
    }
    putPillars(of: state, along: gate, memory, task)
    putOtherGate(from: state.position, than: next, memory, task)
    numbers[33] = Self.isKnown(next, memory, task) ? 1 : 0
    numbers[34] = Double(memory.passed) / Double(task.track.passes)
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
  private mutating func put(_ pillar: PillarView, at index: Int) {
    for number in 0..<PillarView.count { numbers[index + number] = pillar.numbers[number] }
  }

  private mutating func putPillars(
    of state: DroneState<Double>, along gate: RaceTrack.Gate, _ memory: RaceMemory,
    _ task: GateRacingTask
  ) {
    let here = state.position
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
    let velocity = gate.local(state.velocity)
    put(PillarView(gate.local(first), velocity), at: 20)
    put(PillarView(gate.local(second), velocity), at: 20 + PillarView.count)
  }

  /// Puts where the drone is against the nearest gate that it is not to pass next, whose frame is in its way.
  private mutating func putOtherGate(
    from here: Vector<World, Double>, than next: Int, _ memory: RaceMemory, _ task: GateRacingTask
  ) {
    var (nearest, least) = (Vector<World, Double>(1, 1, 1), Double.infinity)
    for index in 0..<memory.gateCount where index != next {
      let gate = Self.seen(index, memory, task)
      let offset = here - gate.position
      guard offset.squaredNorm < least else { continue }
      (nearest, least) = (gate.local(offset), offset.squaredNorm)
    }
    numbers[30] = nearest.x.clamped(from: -1, to: 1)
    numbers[31] = nearest.y.clamped(from: -1, to: 1)
    numbers[32] = nearest.z.clamped(from: -1, to: 1)
  }

  /// A gate where it is, or at level 3 where it is drawn as long as it has not been seen.
  private static func seen(
    _ index: Int, _ memory: RaceMemory, _ task: GateRacingTask
  ) -> RaceTrack.Gate {
    isKnown(index, memory, task) ? memory[gate: index] : task.track.gates[index]
  }

  private static func isKnown(
    _ index: Int, _ memory: RaceMemory, _ task: GateRacingTask
  ) -> Bool {
    task.level < 3 || memory.hasSeen(gate: index)
  }
}
