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
    if physics.linkFrameEffects.isEmpty {
      addOwnWrenches(onTopOf: { _ in .zero })
    } else {
      for group in wrenches.indices { wrenches[group] = .zero }
      for effect in physics.linkFrameEffects { effect.accumulate(into: &wrenches, on: swarm) }
      addOwnWrenches(onTopOf: { $0 })
    }
    for effect in step.effects.others { effect.accumulate(into: &wrenches, on: swarm) }
    pushes.add(to: &wrenches, attitudes: swarm.attitudes, after: steps)
  }

  private mutating func setCourses(of group: Int) {
    courses[group] = step.courses(
      of: swarm.states[group], to: commands[group],
      parameters: swarm.parameters[swarm.parametersIndex(of: group)])
  }

  // Passes over all groups. Arrays that one writes are taken out of the simulator for as long: an array
  // that is written where it is kept is asked at every element whether somebody else has it too.

  private mutating func turnRotors() {
    let step = step
    var states = take(&swarm.states)
    var rotorSpeeds = take(&swarm.rotorSpeeds)
    var thrusts = take(&swarm.thrusts)
    var attitudes = take(&swarm.attitudes)
    var state = states.mutableSpan
    var speeds = rotorSpeeds.mutableSpan
    var thrust = thrusts.mutableSpan
    var attitude = attitudes.mutableSpan
    for group in state.indices {
      let parameters = swarm.parameters[swarm.parametersIndex(of: group)]
      speeds[group] = step.rotorSpeeds(
        of: &state[group], courses: courses[group], parameters: parameters)
      thrust[group] = RotorThrust(speeds: speeds[group], parameters: parameters).total
      attitude[group] = RotationMatrix(state[group].attitude)
    }
    swap(&states, &swarm.states)
    swap(&rotorSpeeds, &swarm.rotorSpeeds)
    swap(&thrusts, &swarm.thrusts)
    swap(&attitudes, &swarm.attitudes)
  }

  @inline(__always)
  private mutating func addOwnWrenches(
    onTopOf outer: (Wrench<Body, DroneLanes>) -> Wrench<Body, DroneLanes>
  ) {
    let step = step
    var (wrenches, linkFrames) = (take(&self.wrenches), take(&self.linkFrames))
    var wrench = wrenches.mutableSpan
    var linkFrame = linkFrames.mutableSpan
    for group in wrench.indices {
      wrench[group] = step.wrench(
        onTopOf: outer(wrench[group]), state: swarm.states[group], attitude: swarm.attitudes[group],
        linkFrame: &linkFrame[group], rotorSpeeds: swarm.rotorSpeeds[group],
        air: Air(wind: swarm.winds[group], surface: swarm.surfaceHeights[group]),
        parameters: swarm.parameters[swarm.parametersIndex(of: group)])
    }
    swap(&wrenches, &self.wrenches)
    swap(&linkFrames, &self.linkFrames)
  }

  private mutating func accelerate() {
    let step = step
    var states = take(&swarm.states)
    var state = states.mutableSpan
    for group in state.indices {
      step.accelerate(
        &state[group], by: wrenches[group], rotorSpeeds: swarm.rotorSpeeds[group],
        attitude: swarm.attitudes[group],
        parameters: swarm.parameters[swarm.parametersIndex(of: group)])
    }
    swap(&states, &swarm.states)
  }

  private mutating func move() {
    let step = step
    var states = take(&swarm.states)
    var state = states.mutableSpan
    for group in state.indices {
      step.move(&state[group], rotorSpeeds: swarm.rotorSpeeds[group])
    }
    swap(&states, &swarm.states)
  }
}

/// An array, of which none is left where it was.
@inline(__always)
private func take<Element>(_ array: inout [Element]) -> [Element] {
  var taken: [Element] = []
  swap(&taken, &array)
  return taken
}
