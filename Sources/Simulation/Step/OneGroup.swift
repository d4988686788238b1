import Drone
import SpatialMath

/// A group, or a few neighbours, that nothing ties to others: it makes many steps at a stretch, while its
/// numbers are in registers.
struct OneGroup<S: FlightLanes>: SteppedGroups {
  @inline(__always) static var areCoupled: Bool { false }

  /// The first of the groups in the lanes.
  let first: Int
  var state: DroneState<S>
  var values: StepValues<S>
  // Its own, rather than where others have them: what asking for contacts may change is read anew after
  // it in every step, what is its own stays in registers or close by.
  private(set) var parameters: DroneParameters<S>
  let floor: FloorBelow<S>
  /// Whether it makes its last step, in which it waits for contacts until all groups have come so far: so
  /// that Bullet is asked for all of them at once, and can say afterwards what touched what.
  var isInLastStep = false

  @inline(__always)
  mutating func beginStep(in simulator: inout Simulator, by step: FlightStep) {}

  @inline(__always)
  mutating func forEach(
    in simulator: inout Simulator,
    _ body: (
      inout DroneState<S>, inout StepValues<S>, UnsafePointer<DroneParameters<S>>
    ) -> Void
  ) { unsafe withUnsafePointer(to: &parameters) { unsafe body(&state, &values, $0) } }

  @inline(__always)
  mutating func solveContacts(in simulator: inout Simulator) -> Bool {
    let isNear = floor.isNear(
      state, attitude: values.attitude, radius: parameters.boundingRadius,
      period: simulator.period)
    guard isNear.any else { return true }
    let candidates = FloorCandidates(
      of: first..<first + S.groupCount, in: simulator.swarm, where: isNear)
    guard !isInLastStep else {
      simulator.swarm.put(values.rotorSpeeds, from: first)
      simulator.floorCandidates.append(candidates)
      return false
    }
    // Not by reference: what another function has had the address of is kept in memory.
    simulator.swarm.put(state, from: first)
    simulator.solve(candidates)
    state = simulator.swarm.state(from: first)
    return true
  }
}

// Some groups as the lanes of others.
extension Swarm {
  /// A group after another; the last stands in for those that would follow it.
  @inline(__always)
  private func group(_ part: Int, after first: Int) -> Int { min(first + part, groups.count - 1) }

  /// The state of neighbouring groups.
  @inline(__always)
  func state<S: FlightLanes>(from first: Int) -> DroneState<S> {
    var state = DroneState<S>()
    S.forEachPart { part in
      state.update(from: states[group(part, after: first)]) { $0[group: part] = $1 }
    }
    return state
  }

  /// Takes over the state of neighbouring groups.
  @inline(__always)
  mutating func put<S: FlightLanes>(_ state: DroneState<S>, from first: Int) {
    S.forEachPart { part in
      states[group(part, after: first)].update(from: state) { $0 = $1[group: part] }
    }
  }

  /// Takes over the rotor speeds of neighbouring groups. [rpm]
  @inline(__always)
  mutating func put<S: FlightLanes>(_ speeds: PerRotor<S>, from first: Int) {
    S.forEachPart { part in
      stepValues[group(part, after: first)].rotorSpeeds.update(from: speeds) {
        $0 = $1[group: part]
      }
    }
  }

  /// The rotor speeds of neighbouring groups. [rpm]
  @inline(__always)
  func rotorSpeeds<S: FlightLanes>(from first: Int) -> PerRotor<S> {
    var speeds = PerRotor(repeating: S.zero)
    S.forEachPart { part in
      speeds.update(from: stepValues[group(part, after: first)].rotorSpeeds) {
        $0[group: part] = $1
      }
    }
    return speeds
  }

  /// Takes over the attitudes of the step before.
  @inline(__always)
  mutating func put<S: FlightLanes>(
    linkFrame: RotationMatrix<Body, World, S>, from first: Int
  ) {
    S.forEachPart { part in
      stepValues[group(part, after: first)].linkFrame.update(from: linkFrame) {
        $0 = $1[group: part]
      }
    }
  }

  /// What the drones of neighbouring groups are.
  func parameters<S: FlightLanes>(from first: Int) -> DroneParameters<S> {
    var parameters = parameters[first].map { _ in S.zero }
    S.forEachPart { part in
      parameters.update(from: self.parameters[group(part, after: first)]) { $0[group: part] = $1 }
    }
    return parameters
  }
}

extension Simulator {
  /// Neighbouring groups at the start of some steps.
  @inline(__always)
  func oneGroup<S: FlightLanes>(
    from first: Int, parameters: DroneParameters<S>
  ) -> OneGroup<S> {
    let state: DroneState<S> = swarm.state(from: first)
    var (values, floor) = (StepValues<S>(), FloorBelow<S>())
    var commands = PerRotor(repeating: S.zero)
    S.forEachPart { part in
      let index = min(first + part, swarm.groups.count - 1)
      commands.update(from: self.commands[index]) { $0[group: part] = $1 }
      if step.turnsWithLinkFrames {
        values.linkFrame.update(from: swarm.stepValues[index].linkFrame) { $0[group: part] = $1 }
      }
      values.wind.update(from: swarm.stepValues[index].wind) { $0[group: part] = $1 }
      values.surfaceHeight[group: part] = swarm.stepValues[index].surfaceHeight
      guard let below = contacts?.floor(below: index) else { return }
      floor.height[group: part] = below.height
      floor.halfSize.update(from: below.halfSize) { $0[group: part] = $1 }
    }
    values.response = step.response(of: state, to: commands, parameters: parameters)
    return OneGroup(
      first: first, state: state, values: values, parameters: parameters, floor: floor)
  }
}
