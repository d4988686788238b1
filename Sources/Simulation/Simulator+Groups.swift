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
    waiting.removeAll(keepingCapacity: true)
    for place in stride(from: 0, to: swarm.count, by: SIMD4<Double>.laneCount) {
      fly(from: place, steps: count, in: SIMD4<Double>.self)
    }
    contacts?.solve(waiting, of: &swarm, counts: &contactCounts)
    for part in waiting {
      noteContacts(of: part.drones)
      move(part, in: SIMD4<Double>.self)
    }
    for world in steps.indices { steps[world] += count }
  }

  /// Advances some drones by some steps, up to where the last has to wait for contacts.
  ///
  /// - Parameters:
  ///   - first: The first of as many drones as there are lanes.
  ///   - count: How many steps, at least one.
  ///   - lanes: What to compute in.
  private mutating func fly<S: FlightLanes>(
    from first: Int, steps count: Int, in lanes: S.Type
  ) {
    let (group, place) = (first / DroneLanes.laneCount, first % DroneLanes.laneCount)
    func part(_ numbers: DroneLanes) -> S { S(numbers, from: place) }
    let step = step
    let parameters = DroneParameters(swarm.parameters[group], part)
    let air = Air(wind: swarm.winds[group].map(part), surface: part(swarm.surfaceHeights[group]))
    let floor = contacts?.floor(below: group).map(part)
    var state = swarm.states[group].map(part)
    var linkFrame = linkFrames[group].map(part)
    let courses = step.courses(
      of: state, to: commands[group].map(part), parameters: parameters)
    for number in 1...count {
      let rotorSpeeds = step.rotorSpeeds(of: &state, courses: courses, parameters: parameters)
      let attitude = RotationMatrix(state.attitude)
      let wrench = step.wrench(
        onTopOf: .zero, state: state, attitude: attitude, linkFrame: &linkFrame,
        rotorSpeeds: rotorSpeeds, air: air, parameters: parameters)
      step.accelerate(
        &state, by: wrench, rotorSpeeds: rotorSpeeds, attitude: attitude, parameters: parameters)
      if let floor {
        let isNear = floor.isNear(
          state, attitude: attitude, radius: parameters.boundingRadius, period: period)
        if isNear.any {
          let part = FlightPart(
            from: first, count: swarm.count, where: isNear, lanes: S.laneCount)
          if number == count {
            swarm.rotorSpeeds[group].update(from: rotorSpeeds) { $1.write(to: &$0, from: place) }
            waiting.append(part)
            break
          }
          state = touched(state, part)
        }
      }
      step.move(&state, rotorSpeeds: rotorSpeeds)
    }
    swarm.states[group].update(from: state) { $1.write(to: &$0, from: place) }
    linkFrames[group].update(from: linkFrame) { $1.write(to: &$0, from: place) }
  }

  /// The state of some drones with the velocities that the floor leaves them.
  @inline(never)
  private mutating func touched<S: FlightLanes>(
    _ state: DroneState<S>, _ part: FlightPart
  ) -> DroneState<S> {
    let place = part.place
    swarm.states[part.group].update(from: state) { $1.write(to: &$0, from: place) }
    contacts?.solve(CollectionOfOne(part), of: &swarm, counts: &contactCounts)
    noteContacts(of: part.drones)
    for drone in part.drones { contactCounts[drone] = 0 }
    return swarm.states[part.group].map { S($0, from: place) }
  }

  /// Moves some drones by their velocities.
  private mutating func move<S: FlightLanes>(_ part: FlightPart, in lanes: S.Type) {
    let place = part.place
    var state = swarm.states[part.group].map { S($0, from: place) }
    let rotorSpeeds = swarm.rotorSpeeds[part.group].map { S($0, from: place) }
    step.move(&state, rotorSpeeds: rotorSpeeds)
    swarm.states[part.group].update(from: state) { $1.write(to: &$0, from: place) }
  }
}

/// Some neighbouring drones of a group.
struct FlightPart {
  /// The drones.
  let drones: Range<Int>
  /// Which of them may touch the floor, a bit each.
  private let near: UInt8

  /// As many drones as there are lanes, and are left.
  init(from first: Int, count: Int, where isNear: some LaneMask, lanes: Int) {
    drones = first..<min(first + lanes, count)
    var near: UInt8 = 0
    for lane in 0..<drones.count where isNear[lane: lane] { near |= 1 << lane }
    self.near = near
  }

  /// Their group.
  var group: Int { drones.lowerBound / DroneLanes.laneCount }

  /// Where in the group the first of them is.
  var place: Int { drones.lowerBound % DroneLanes.laneCount }

  /// Whether a drone may touch the floor.
  func isNear(_ drone: Int) -> Bool { near & 1 << (drone - drones.lowerBound) != 0 }
}
