public import Drone
public import SpatialMath

/// A group, or a few neighbours, that nothing ties to others: it makes many steps at a stretch, while its
/// numbers are in registers.
///
/// Other groups take its place after that.
struct OneGroup<S: FlightLanes>: SteppedGroups {
  @inline(__always) static var areCoupled: Bool { false }

  /// The first of the groups in the lanes.
  var first: Int
  var state: DroneState<S>
  var values: StepValues<S>
  // Its own, rather than where others have them: what asking for contacts may change is read anew after
  // it in every step, what is its own stays in registers or close by.
  fileprivate(set) var parameters: DroneParameters<S>
  var floor: FloorBelow<S>
  /// Whether it makes its last step, whose contacts may be asked for afterwards.
  var isInLastStep = false
  fileprivate(set) var contacts = StepContacts<S>()
  /// Whether the floor has left all drones at rest in the last step.
  fileprivate(set) var isResting = false

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
  mutating func solveContacts(in simulator: inout Simulator) {
    let isNear = floor.isNear(
      state, attitude: values.attitude, radius: parameters.boundingRadius,
      period: simulator.period)
    isResting = false
    // The slow path, so that registers are kept for the other.
    guard _slowPath(isNear.any) else { return contacts.endStep() }
    let all = FloorMeeting(
      state, from: first * DroneLanes.laneCount, attitude: values.attitude,
      parameters: parameters, floor: floor, period: simulator.period)
    var counts = S.zero
    for half in 0..<S.groupCount / S.Half.groupCount {
      let isNear = S.half(half, of: isNear)
      guard isNear.any else { continue }
      // By halves: one may be far above, and both would not fit the registers. Not by reference: what
      // another function has had the address of is kept in memory.
      let start = all.first + half * S.Half.laneCount
      let outcome = simulator.meetFloor(
        FloorMeeting(all, from: start) { $0[half: half] }, where: isNear,
        isToBeNoted: isInLastStep)
      state.velocity.update(from: outcome.velocity) { $0[half: half] = $1 }
      state.bodyRates.update(from: outcome.bodyRates) { $0[half: half] = $1 }
      counts[half: half] = outcome.counts
    }
    contacts.endStep(touching: counts)
    isResting = !(.!state.isStill .& floor.isThere).any
  }
}

// Some groups as the lanes of others.
extension Swarm {
  /// A group after another; the last stands in for those that would follow it.
  @inlinable @inline(__always)
  func group(_ part: Int, after first: Int) -> Int { min(first + part, groups.count - 1) }

  /// The state of neighbouring groups.
  @inlinable @inline(__always)
  package func state<S: FlightLanes>(from first: Int) -> DroneState<S> {
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
  /// Neighbouring groups that are still to begin.
  @inline(__always)
  func oneGroup<S: FlightLanes>(from first: Int) -> OneGroup<S> {
    OneGroup(
      first: first, state: DroneState(), values: StepValues(),
      parameters: swarm.areAlike
        ? swarm.parameters[0].map { S($0[lane: 0]) } : swarm.parameters(from: first),
      floor: FloorBelow())
  }

  /// Brings neighbouring groups to the start of some steps, but for their commands.
  ///
  /// - Returns: The commands. [rpm]
  @inline(__always)
  func begin<S: FlightLanes>(_ one: inout OneGroup<S>, from first: Int) -> PerRotor<S> {
    one.first = first
    one.state = swarm.state(from: first)
    if !swarm.areAlike { one.parameters = swarm.parameters(from: first) }
    (one.contacts, one.isResting) = (StepContacts(), false)
    var commands = PerRotor(repeating: S.zero)
    S.forEachPart { part in
      let index = min(first + part, swarm.groups.count - 1)
      commands.update(from: self.commands[index]) { $0[group: part] = $1 }
      if step.turnsWithLinkFrames {
        one.values.linkFrame.update(from: swarm.stepValues[index].linkFrame) {
          $0[group: part] = $1
        }
      }
      one.values.wind.update(from: swarm.stepValues[index].wind) { $0[group: part] = $1 }
      one.values.surfaceHeight[group: part] = swarm.stepValues[index].surfaceHeight
      guard let below = contacts?.floor(below: index) else { return }
      one.floor.put(below, part: part)
    }
    return commands
  }
}
