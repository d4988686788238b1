package import Drone
import SpatialMath
import Synchronization

// What callers from other languages do with all worlds at once, in buffers of theirs.
extension WorldBatch {
  /// Commands all drones, advances all worlds by some physics steps, and writes how drones move then.
  ///
  /// - Parameters:
  ///   - rotorSpeeds: What the rotors are told from now on, 4 numbers a drone; `nil` for no change. [rpm]
  ///   - steps: How many steps.
  ///   - states: Where it is written how drones move; `nil` where it is not asked for.
  /// - Returns: What went wrong in any of the worlds, nothing as a rule.
  @unsafe
  package mutating func step(
    rotorSpeeds: UnsafePointer<Double>?, steps: Int, states: StatePointers?
  ) -> StepFaults {
    let found = FoundFaults()
    let request = unsafe BufferRequest(rotorSpeeds: rotorSpeeds, states: states)
    forEachBlock { worlds, simulator in
      let first = worlds.lowerBound * simulator.swarm.dronesPerWorld
      if let speeds = unsafe request.rotorSpeeds { unsafe simulator.command(speeds + 4 * first) }
      found.add(simulator.advance(steps: steps))
      if let states = unsafe request.states {
        unsafe simulator.write(to: states.advanced(to: first))
      }
    }
    return found.all
  }

  /// Writes how drones move now.
  @unsafe
  package mutating func read(into states: StatePointers) {
    let request = unsafe BufferRequest(rotorSpeeds: nil, states: states)
    forEachBlock { worlds, simulator in
      let first = worlds.lowerBound * simulator.swarm.dronesPerWorld
      if let states = unsafe request.states {
        unsafe simulator.write(to: states.advanced(to: first))
      }
    }
  }
}

/// What went wrong in some blocks, whichever thread finds it.
private final class FoundFaults: Sendable {
  private let bits = Atomic<UInt8>(0)

  func add(_ faults: StepFaults) {
    if !faults.isEmpty { bits.bitwiseOr(faults.rawValue, ordering: .relaxed) }
  }

  var all: StepFaults { StepFaults(rawValue: bits.load(ordering: .relaxed)) }
}

/// The buffers of a request, which outlive it.
@safe
private struct BufferRequest: @unchecked Sendable {
  let rotorSpeeds: UnsafePointer<Double>?
  let states: StatePointers?
}

extension Simulator {
  /// Puts a drone into another state, at rest otherwise in what a step remembers of it.
  package mutating func setState(_ state: DroneState<Double>, of drone: Int) {
    swarm[drone] = state
    swarm.setLinkFrame(RotationMatrix(state.attitude), of: drone)
  }

  @unsafe
  fileprivate mutating func command(_ speeds: UnsafePointer<Double>) {
    let (lanes, last) = (DroneLanes.laneCount, swarm.count - 1)
    for group in swarm.groups {
      // A lane beyond the last drone repeats that drone's.
      let rows = SIMD4(0, 1, 2, 3).map { 4 * min(group * lanes + $0, last) }
      commands[group] = unsafe PerRotor(
        DroneLanes(speeds, rows, 0), DroneLanes(speeds, rows, 1), DroneLanes(speeds, rows, 2),
        DroneLanes(speeds, rows, 3))
    }
  }

  @unsafe
  fileprivate func write(to states: StatePointers) {
    for group in swarm.groups {
      let row = group * DroneLanes.laneCount
      let count = min(DroneLanes.laneCount, swarm.count - row)
      unsafe states.write(swarm.states[group], from: row, count: count)
    }
    if let contacts = unsafe states.contacts {
      for drone in 0..<swarm.count {
        unsafe contacts[drone] = Int32(clamping: mostContacts[drone])
      }
    }
    if let time = unsafe states.time {
      for drone in 0..<swarm.count {
        unsafe time[drone] = Double(steps[drone / swarm.dronesPerWorld]) * period
      }
    }
  }
}

extension SIMD4<Int> {
  /// What a function makes of each number.
  @inline(__always)
  fileprivate func map(_ number: (Int) -> Int) -> SIMD4<Int> {
    SIMD4(number(self[0]), number(self[1]), number(self[2]), number(self[3]))
  }
}

extension DroneLanes {
  /// The numbers of a column, from where rows begin.
  @inline(__always)
  fileprivate init(_ start: UnsafePointer<Double>, _ rows: SIMD4<Int>, _ column: Int) {
    self.init(
      unsafe SIMD4(
        start[rows[0] + column], start[rows[1] + column], start[rows[2] + column],
        start[rows[3] + column]))
  }
}
