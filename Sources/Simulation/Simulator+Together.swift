import Drone
import SpatialMath

// Drones that act on each other, or on whom more acts than a floor, make each step together.
extension Simulator {
  /// Advances all worlds by some steps, side by side.
  mutating func flyTogether(steps count: Int) {
    for group in swarm.groups { setCourses(of: group) }
    for _ in 0..<count { flyTogether() }
  }

  private mutating func flyTogether() {
    contacts?.moveScheduledObstacles(after: steps)
    if hasAir { contacts?.findSurfaces(below: &swarm) }
    findNeighbours()
    blow()
    sumWrenches()
    for group in swarm.groups { accelerate(group) }
    contacts?.solve(&swarm, counts: &contactCounts)
    noteContacts(of: mostContacts.indices)
    for group in swarm.groups {
      step.move(&swarm.states[group], rotorSpeeds: swarm.rotorSpeeds[group])
    }
    for world in steps.indices { steps[world] += 1 }
  }

  private var hasAir: Bool { !physics.effects.isEmpty || !physics.linkFrameEffects.isEmpty }

  /// The size of a world from which on it pays to know who is near whom.
  private static var manyDrones: Int { 33 }

  /// Lists who is near whom, where effects between drones ask for it.
  private mutating func findNeighbours() {
    guard swarm.dronesPerWorld >= Self.manyDrones else { return }
    var reach = 0.0
    for effect in step.effects.others { reach = max(reach, effect.reachAside(in: swarm)) }
    for effect in physics.linkFrameEffects { reach = max(reach, effect.reachAside(in: swarm)) }
    guard reach > 0 else { return }
    // Taken out and put back, so that the lists are written where they are.
    var lists = swarm.neighbours ?? NeighbourLists()
    swarm.neighbours = nil
    lists.keepUp(with: swarm, within: reach)
    swarm.neighbours = lists
  }

  private mutating func blow() {
    guard hasWind else { return }
    for world in windFields.indices { windFields[world].blow(on: &swarm, after: steps[world]) }
  }

  private mutating func sumWrenches() {
    if physics.linkFrameEffects.isEmpty {
      for group in swarm.groups {
        turnRotors(of: group)
        addOwnWrench(of: group, onTopOf: .zero)
      }
    } else {
      for group in swarm.groups {
        wrenches[group] = .zero
        turnRotors(of: group)
      }
      for effect in physics.linkFrameEffects { effect.accumulate(into: &wrenches, on: swarm) }
      for group in swarm.groups { addOwnWrench(of: group, onTopOf: wrenches[group]) }
    }
    for effect in step.effects.others { effect.accumulate(into: &wrenches, on: swarm) }
    pushes.add(to: &wrenches, attitudes: swarm.attitudes, after: steps)
  }

  private mutating func setCourses(of group: Int) {
    courses[group] = step.courses(
      of: swarm.states[group], to: commands[group], parameters: swarm.parameters[group])
  }

  @inline(__always)
  private mutating func turnRotors(of group: Int) {
    let rotorSpeeds = step.rotorSpeeds(
      of: &swarm.states[group], courses: courses[group], parameters: swarm.parameters[group])
    swarm.rotorSpeeds[group] = rotorSpeeds
    swarm.thrusts[group] =
      RotorThrust(speeds: rotorSpeeds, parameters: swarm.parameters[group]).total
    swarm.attitudes[group] = RotationMatrix(swarm.states[group].attitude)
  }

  @inline(__always)
  private mutating func addOwnWrench(of group: Int, onTopOf outer: Wrench<Body, DroneLanes>) {
    wrenches[group] = step.wrench(
      onTopOf: outer, state: swarm.states[group], attitude: swarm.attitudes[group],
      linkFrame: &linkFrames[group], rotorSpeeds: swarm.rotorSpeeds[group],
      air: Air(wind: swarm.winds[group], surface: swarm.surfaceHeights[group]),
      parameters: swarm.parameters[group])
  }

  private mutating func accelerate(_ group: Int) {
    step.accelerate(
      &swarm.states[group], by: wrenches[group], rotorSpeeds: swarm.rotorSpeeds[group],
      attitude: swarm.attitudes[group], parameters: swarm.parameters[group])
  }
}
