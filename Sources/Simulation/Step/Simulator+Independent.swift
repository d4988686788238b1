import Drone
import SpatialMath

// Groups that nothing ties to each other: one after the other makes all steps.
extension Simulator {
  /// Whether groups in some worlds have nothing to do with each other, wind and pushes aside.
  static func areGroupsIndependent(
    in worlds: [WorldDescription], physics: FlightPhysics, hasPairEffects: Bool
  ) -> Bool {
    guard !hasPairEffects else { return false }
    // Their law is left out of what independent groups are compiled with, which it would slow down.
    let models = worlds.lazy.flatMap(\.models)
    guard models.allSatisfy({ $0.principalAxes == .identity }) else { return false }
    guard physics.dynamics == .bullet else { return true }
    return !physics.isBulletAlwaysAsked && FloorOutlines.exist(of: models, physics: physics)
      && worlds.allSatisfy { $0.models.count == 1 && $0.obstacles.isEmpty }
  }

  /// Advances all worlds by some steps, one group after the other.
  mutating func advanceIndependent(steps count: Int) {
    contacts?.forgetContacts()
    switch physics.precision {
    case .double: advanceIndependent(steps: count, in: DroneLanes.self)
    case .single: advanceIndependent(steps: count, in: FloatLanes.self)
    }
    for world in steps.indices { steps[world] += count }
  }

  @inline(__always)
  private mutating func advanceIndependent<S: SingleFlightLanes>(steps count: Int, in: S.Type) {
    let pair = 2 * S.groupCount
    let inPairs = hasWideRegisters ? swarm.groups.count / pair * pair : 0
    advance(0..<inPairs, steps: count, in: LanePair<S>.self)
    advance(inPairs..<swarm.groups.count, steps: count, in: S.self)
  }

  /// Advances some groups by some steps, as many of them at a time as there are in the lanes.
  @inline(__always)
  private mutating func advance<S: FlightLanes>(
    _ groups: Range<Int>, steps count: Int, in: S.Type
  ) {
    guard !groups.isEmpty else { return }
    let effects = localEffects
    // Steps of plain drones are compiled without what they have not.
    switch (hasUnsteadyDrones || !effects.ofModels.isEmpty, effects.areOfCatalogue) {
    case (false, true): advanceSteady(groups, steps: count, in: S.self, effects: effects.first)
    case (false, false): advanceSteady(groups, steps: count, in: S.self, effects: effects)
    case (true, true):
      advanceUnsteady(groups, steps: count, in: S.self, effects: effects.ofCatalogue)
    case (true, false): advanceUnsteady(groups, steps: count, in: S.self, effects: effects)
    }
  }

  /// Advances some groups by some steps each.
  ///
  /// Two functions, this and the next, so that either has the registers to itself.
  @inline(never)
  private mutating func advanceSteady<S: FlightLanes>(
    _ groups: Range<Int>, steps count: Int, in: S.Type, effects: some LocalEffectSum
  ) {
    let step = step
    var one: OneGroup<S> = oneGroup(from: groups.lowerBound)
    for first in stride(from: groups.lowerBound, to: groups.upperBound, by: S.groupCount) {
      let commands = begin(&one, from: first)
      step.command(&one.values, of: one.state, to: commands, parameters: one.parameters)
      var number = 1
      while number <= count {
        one.isInLastStep = number == count
        self.step(&one, by: step, effects: effects)
        number += 1
        // What a step leaves as it was, the others do too, but that the last has its contacts noted.
        if one.isResting, number < count {
          let (next, isUnchanged) = stepOfRest(of: one, by: step, effects: effects)
          one = next
          number = isUnchanged ? count : number + 1
        }
      }
      put(one)
    }
  }

  /// A group that rests after a step more, and whether that changed nothing.
  // By value: what another function has had the address of is kept in memory.
  @inline(never)
  private mutating func stepOfRest<S: FlightLanes>(
    of one: OneGroup<S>, by step: FlightStep, effects: some LocalEffectSum
  ) -> (next: OneGroup<S>, isUnchanged: Bool) {
    var next = one
    self.step(&next, by: step, effects: effects)
    return (next, !(.!next.state.isSame(as: one.state) .& one.floor.isThere).any)
  }

  /// The same for drones that noise may shake and that commands may reach late.
  @inline(never)
  private mutating func advanceUnsteady<S: FlightLanes>(
    _ groups: Range<Int>, steps count: Int, in: S.Type, effects: some LocalEffectSum
  ) {
    let step = step
    var unsteady = OneUnsteadyGroup<S>(oneGroup(from: groups.lowerBound))
    for first in stride(from: groups.lowerBound, to: groups.upperBound, by: S.groupCount) {
      let commands = begin(&unsteady.group, from: first)
      if !delay.isUsed {
        step.command(
          &unsteady.group.values, of: unsteady.group.state, to: commands,
          parameters: unsteady.group.parameters)
      }
      unsteady.stepsMade = 0
      for number in 1...count {
        unsteady.group.isInLastStep = number == count
        self.step(&unsteady, by: step, effects: effects)
      }
      put(unsteady.group)
    }
  }

  /// Takes over what neighbouring groups have come to.
  @inline(__always)
  private mutating func put<S: FlightLanes>(_ one: OneGroup<S>) {
    swarm.put(one.state, from: one.first)
    if step.turnsWithLinkFrames { swarm.put(linkFrame: one.values.linkFrame, from: one.first) }
    note(one.contacts, from: one.first)
  }
}
