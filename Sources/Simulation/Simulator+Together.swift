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
    accelerate()
    contacts?.solve(&swarm, counts: &contactCounts)
    noteContacts(of: mostContacts.indices)
    move()
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
    turnRotors()
    for group in wrenches.indices { wrenches[group] = .zero }
    for effect in physics.linkFrameEffects { effect.accumulate(into: &wrenches, on: swarm) }
    addOwnWrenches()
    for effect in step.effects.others { effect.accumulate(into: &wrenches, on: swarm) }
    pushes.add(to: &wrenches, attitudes: swarm.attitudes, after: steps)
  }

  private mutating func setCourses(of group: Int) {
    courses[group] = step.courses(
      of: swarm.states[group], to: commands[group], parameters: swarm.parameters[group])
  }

  private mutating func turnRotors() {
    let step = step
    var states: [DroneState<DroneLanes>] = []
    var speeds: [PerRotor<DroneLanes>] = []
    var thrusts: [DroneLanes] = []
    var attitudes: [RotationMatrix<Body, World, DroneLanes>] = []
    swap(&states, &swarm.states)
    swap(&speeds, &swarm.rotorSpeeds)
    swap(&thrusts, &swarm.thrusts)
    swap(&attitudes, &swarm.attitudes)
    var statess = states.mutableSpan
    var speedss = speeds.mutableSpan
    var thrustss = thrusts.mutableSpan
    var attitudess = attitudes.mutableSpan
    for group in statess.indices {
      let parameters = swarm.parameters[group]
      let rotorSpeeds = step.rotorSpeeds(
        of: &statess[group], courses: courses[group], parameters: parameters)
      speedss[group] = rotorSpeeds
      thrustss[group] = RotorThrust(speeds: rotorSpeeds, parameters: parameters).total
      attitudess[group] = RotationMatrix(statess[group].attitude)
    }
    swap(&states, &swarm.states)
    swap(&speeds, &swarm.rotorSpeeds)
    swap(&thrusts, &swarm.thrusts)
    swap(&attitudes, &swarm.attitudes)
  }

  private mutating func addOwnWrenches() {
    let step = step
    var wrenches: [Wrench<Body, DroneLanes>] = []
    var linkFrames: [RotationMatrix<Body, World, DroneLanes>] = []
    swap(&wrenches, &self.wrenches)
    swap(&linkFrames, &self.linkFrames)
    var wrenchess = wrenches.mutableSpan
    var linkFramess = linkFrames.mutableSpan
    for group in wrenchess.indices {
      wrenchess[group] = step.wrench(
        onTopOf: wrenchess[group], state: swarm.states[group], attitude: swarm.attitudes[group],
        linkFrame: &linkFramess[group], rotorSpeeds: swarm.rotorSpeeds[group],
        air: Air(wind: swarm.winds[group], surface: swarm.surfaceHeights[group]),
        parameters: swarm.parameters[group])
    }
    swap(&wrenches, &self.wrenches)
    swap(&linkFrames, &self.linkFrames)
  }

  private mutating func accelerate() {
    let step = step
    var states: [DroneState<DroneLanes>] = []
    swap(&states, &swarm.states)
    var statess = states.mutableSpan
    for group in statess.indices {
      step.accelerate(
        &statess[group], by: wrenches[group], rotorSpeeds: swarm.rotorSpeeds[group],
        attitude: swarm.attitudes[group], parameters: swarm.parameters[group])
    }
    swap(&states, &swarm.states)
  }

  private mutating func move() {
    let step = step
    var states: [DroneState<DroneLanes>] = []
    swap(&states, &swarm.states)
    var statess = states.mutableSpan
    for group in statess.indices { step.move(&statess[group], rotorSpeeds: swarm.rotorSpeeds[group]) }
    swap(&states, &swarm.states)
  }
}
