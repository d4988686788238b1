import Drone
import SpatialMath

// Groups that nothing ties to each other make many steps at a stretch, while their numbers are at hand.
extension Simulator {
  /// Whether groups in some worlds have nothing to do with each other, wind and pushes aside.
  static func areGroupsApart(
    in worlds: [WorldDescription], physics: FlightPhysics, step: FlightStep
  ) -> Bool {
    guard step.effects.others.isEmpty, physics.linkFrameEffects.isEmpty else { return false }
    guard physics.dynamics == .bullet else { return true }
    return !physics.isBulletAlwaysAsked
      && worlds.allSatisfy { $0.models.count == 1 && $0.obstacles.isEmpty }
  }

  /// Advances all worlds by some steps, one group after the other.
  ///
  /// Whoever may touch the floor in the last step waits for the others, so that Bullet is asked for all
  /// of them at once and can say afterwards what touched what.
  mutating func flyApart(steps count: Int) {
    switch physics.precision {
    case .double: flyApart(steps: count, in: DroneLanes.self)
    case .single: flyApart(steps: count, in: FloatLanes.self)
    }
    for world in steps.indices { steps[world] += count }
  }

  @inline(__always)
  private mutating func flyApart<S: FlightLanes>(steps count: Int, in lanes: S.Type) {
    waiting.removeAll(keepingCapacity: true)
    let pair = 2 * S.groupCount
    let inPairs = hasWideRegisters ? swarm.groups.count / pair * pair : 0
    fly(0..<inPairs, steps: count, in: LanePair<S>.self)
    fly(inPairs..<swarm.groups.count, steps: count, in: lanes)
    contacts?.solve(waiting, of: &swarm, counts: &contactCounts)
    for visit in waiting {
      noteContacts(of: visit.drones)
      for group in stride(
        from: visit.groups.lowerBound, to: visit.groups.upperBound, by: S.groupCount)
      { finish(group, in: lanes) }
    }
  }

  /// Moves groups that waited for contacts by the velocities that those left them.
  @inline(__always)
  private mutating func finish<S: FlightLanes>(_ first: Int, in lanes: S.Type) {
    var state: DroneState<S> = state(from: first)
    var rotorSpeeds = PerRotor(repeating: S.zero)
    S.forEachPart { part in
      let speeds = swarm.rotorSpeeds[group(part, after: first)]
      rotorSpeeds.update(from: speeds) { $0[group: part] = $1 }
    }
    step.move(&state, rotorSpeeds: rotorSpeeds)
    put(state, from: first)
  }

  /// Advances some groups by some steps, as many of them at a time as there are in the lanes.
  private mutating func fly<S: FlightLanes>(_ groups: Range<Int>, steps count: Int, in: S.Type) {
    guard !groups.isEmpty else { return }
    let firsts = stride(from: groups.lowerBound, to: groups.upperBound, by: S.groupCount)
    if swarm.areAlike {
      let parameters = swarm.parameters[0].map { S($0[lane: 0]) }
      for first in firsts { fly(first, steps: count, parameters: parameters) }
    } else {
      for first in firsts {
        let parameters: DroneParameters<S> = parameters(from: first)
        fly(first, steps: count, parameters: parameters)
      }
    }
  }

  /// Advances neighbouring groups by some steps, up to where the last has to wait for contacts.
  private mutating func fly<S: FlightLanes>(
    _ first: Int, steps count: Int, parameters: DroneParameters<S>
  ) {
    let step = step
    let flight: GroupFlight<S> = flight(of: first)
    var (state, linkFrame) = (flight.state, flight.linkFrame)
    let courses = step.courses(of: state, to: flight.commands, parameters: parameters)
    for number in 1...count {
      let rotorSpeeds = step.rotorSpeeds(
        of: &state, courses: courses, parameters: parameters)
      let attitude = RotationMatrix(state.attitude)
      let wrench = step.wrench(
        onTopOf: .zero, state: state, attitude: attitude, linkFrame: &linkFrame,
        rotorSpeeds: rotorSpeeds, air: flight.air, parameters: parameters)
      step.accelerate(
        &state, by: wrench, rotorSpeeds: rotorSpeeds, attitude: attitude,
        parameters: parameters)
      let isNear = flight.floor.isNear(
        state, attitude: attitude, radius: parameters.boundingRadius, period: period)
      if isNear.any {
        let visit = FloorVisit(of: first..<first + S.groupCount, in: swarm, where: isNear)
        if number == count {
          putSpeeds(rotorSpeeds, from: first)
          waiting.append(visit)
          break
        }
        state = touched(state, visit)
      }
      step.move(&state, rotorSpeeds: rotorSpeeds)
    }
    put(state, from: first)
    guard step.turnsWithLinkFrames else { return }
    S.forEachPart { part in
      linkFrames[group(part, after: first)].update(from: linkFrame) { $0 = $1[group: part] }
    }
  }

  /// The state of some groups with the velocities that the floor leaves them.
  @inline(never)
  private mutating func touched<S: FlightLanes>(
    _ state: DroneState<S>, _ visit: FloorVisit
  ) -> DroneState<S> {
    put(state, from: visit.groups.lowerBound)
    contacts?.solve(CollectionOfOne(visit), of: &swarm, counts: &contactCounts)
    noteContacts(of: visit.drones)
    for drone in visit.drones { contactCounts[drone] = 0 }
    return self.state(from: visit.groups.lowerBound)
  }

  /// A group after another; the last stands in for those that would follow it.
  @inline(__always)
  private func group(_ part: Int, after first: Int) -> Int {
    min(first + part, swarm.groups.upperBound - 1)
  }

  @inline(__always)
  private func state<S: FlightLanes>(from first: Int) -> DroneState<S> {
    var state = DroneState<S>()
    S.forEachPart { part in
      state.update(from: swarm.states[group(part, after: first)]) { $0[group: part] = $1 }
    }
    return state
  }

  @inline(__always)
  private mutating func put<S: FlightLanes>(_ state: DroneState<S>, from first: Int) {
    S.forEachPart { part in
      swarm.states[group(part, after: first)].update(from: state) { $0 = $1[group: part] }
    }
  }

  @inline(__always)
  private mutating func putSpeeds<S: FlightLanes>(_ speeds: PerRotor<S>, from first: Int) {
    S.forEachPart { part in
      swarm.rotorSpeeds[group(part, after: first)].update(from: speeds) { $0 = $1[group: part] }
    }
  }

  /// What is known of some groups' drones.
  private mutating func parameters<S: FlightLanes>(from first: Int) -> DroneParameters<S> {
    var parameters = swarm.parameters[first].map { _ in S.zero }
    S.forEachPart { part in
      parameters.update(from: swarm.parameters[group(part, after: first)]) { $0[group: part] = $1 }
    }
    return parameters
  }

  /// Where groups are, and what they meet when they set off.
  @inline(__always)
  private func flight<S: FlightLanes>(of first: Int) -> GroupFlight<S> {
    var flight = GroupFlight<S>(state: state(from: first))
    S.forEachPart { part in
      let group = group(part, after: first)
      flight.commands.update(from: commands[group]) { $0[group: part] = $1 }
      if step.turnsWithLinkFrames {
        flight.linkFrame.update(from: linkFrames[group]) { $0[group: part] = $1 }
      }
      flight.air.wind.update(from: swarm.winds[group]) { $0[group: part] = $1 }
      flight.air.surface[group: part] = swarm.surfaceHeights[group]
      guard let floor = contacts?.floor(below: group) else { return }
      flight.floor.height[group: part] = floor.height
      flight.floor.halfSize.update(from: floor.halfSize) { $0[group: part] = $1 }
    }
    return flight
  }
}

/// Where groups are, and what they meet when they set off.
private struct GroupFlight<S: Lanes> {
  var state: DroneState<S>
  var commands = PerRotor(repeating: S.zero)
  var linkFrame = RotationMatrix<Body, World, S>(.identity)
  var air = Air<S>(wind: .zero, surface: .zero)
  var floor = FloorBelow<S>()
}

/// Neighbouring groups of which some drones may touch the floor.
struct FloorVisit {
  /// The groups; beyond the last of all there are no drones.
  let groups: Range<Int>
  /// Their drones.
  let drones: Range<Int>
  /// Which of them may touch the floor, a bit each.
  private var near: UInt32 = 0

  init(of groups: Range<Int>, in swarm: Swarm, where isNear: some LaneMask) {
    self.groups = groups
    let (first, end) = (
      groups.lowerBound * DroneLanes.laneCount, groups.upperBound * DroneLanes.laneCount
    )
    drones = first..<min(end, swarm.count)
    for lane in drones.indices where isNear[lane: lane - first] { near |= 1 << (lane - first) }
  }

  /// Whether a drone may touch the floor.
  func isNear(_ drone: Int) -> Bool { near & 1 << (drone - drones.lowerBound) != 0 }
}
