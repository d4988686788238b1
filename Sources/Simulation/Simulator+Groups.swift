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
    for group in swarm.groups { fly(group, steps: count) }
    contacts?.solve(waiting, of: &swarm, counts: &contactCounts)
    for visit in waiting {
      noteContacts(of: visit.drones)
      step.move(&swarm.states[visit.group], rotorSpeeds: swarm.rotorSpeeds[visit.group])
    }
    for world in steps.indices { steps[world] += count }
  }

  /// Advances a group by some steps, up to where the last has to wait for contacts.
  private mutating func fly(_ group: Int, steps count: Int) {
    let (step, parameters) = (step, swarm.parameters[group])
    let air = Air(wind: swarm.winds[group], surface: swarm.surfaceHeights[group])
    let floor = contacts?.floor(below: group)
    var (state, linkFrame) = (swarm.states[group], linkFrames[group])
    let courses = step.courses(of: state, to: commands[group], parameters: parameters)
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
          let visit = FloorVisit(of: group, in: swarm, where: isNear)
          if number == count {
            swarm.rotorSpeeds[group] = rotorSpeeds
            waiting.append(visit)
            break
          }
          state = touched(state, visit)
        }
      }
      step.move(&state, rotorSpeeds: rotorSpeeds)
    }
    (swarm.states[group], linkFrames[group]) = (state, linkFrame)
  }

  /// The state of a group with the velocities that the floor leaves it.
  @inline(never)
  private mutating func touched(
    _ state: DroneState<DroneLanes>, _ visit: FloorVisit
  ) -> DroneState<DroneLanes> {
    swarm.states[visit.group] = state
    contacts?.solve(CollectionOfOne(visit), of: &swarm, counts: &contactCounts)
    noteContacts(of: visit.drones)
    for drone in visit.drones { contactCounts[drone] = 0 }
    return swarm.states[visit.group]
  }
}

/// A group of which some may touch the floor.
struct FloorVisit {
  /// The group.
  let group: Int
  /// Its drones.
  let drones: Range<Int>
  /// Which of them may touch the floor.
  private let isNear: DroneLanes.Mask

  init(of group: Int, in swarm: Swarm, where isNear: DroneLanes.Mask) {
    (self.group, self.isNear) = (group, isNear)
    let first = group * DroneLanes.laneCount
    drones = first..<min(first + DroneLanes.laneCount, swarm.count)
  }

  /// Whether a drone may touch the floor.
  func isNear(_ drone: Int) -> Bool { isNear[drone - drones.lowerBound] }
}
