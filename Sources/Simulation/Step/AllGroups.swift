import Drone
import SpatialMath

/// All groups of a simulator, stage by stage: drones act on each other, or meet something besides the
/// floor.
struct AllGroups: SteppedGroups {
  @inline(__always) static var areCoupled: Bool { true }

  private var stepsMade = 0
  /// How many steps there are to make.
  let stepCount: Int

  init(steps count: Int) { stepCount = count }

  @inline(__always)
  mutating func beginStep(in simulator: inout Simulator, by step: FlightStep) {
    if simulator.hasUnsteadyDrones { simulator.beginCoupledStep(after: stepsMade) }
    stepsMade += 1
  }

  @inline(__always)
  mutating func forEach(
    in simulator: inout Simulator,
    _ body: (
      inout DroneState<DroneLanes>, inout StepValues<DroneLanes>,
      UnsafePointer<DroneParameters<DroneLanes>>
    ) -> Void
  ) {
    unsafe simulator.swarm.withGroups { groups in
      for group in unsafe 0..<groups.count where unsafe groups.isAnyPresent(in: group) {
        unsafe body(
          &groups.states[group], &groups.values[group], groups.parameters(of: group))
      }
    }
  }

  mutating func solveContacts(in simulator: inout Simulator) {
    simulator.contacts?.solve(&simulator.swarm, counts: &simulator.contactCounts)
    simulator.meetFloor(isToBeNoted: stepsMade == stepCount)
    simulator.noteContacts()
  }
}

extension Simulator {
  /// Advances all worlds by some steps, side by side.
  mutating func advanceCoupled(steps count: Int) {
    let (step, commands) = (step, commands)
    unsafe swarm.withGroups { groups in
      for group in unsafe 0..<groups.count {
        unsafe step.command(
          &groups.values[group], of: groups.states[group], to: commands[group],
          parameters: groups.parameters(of: group).pointee)
      }
    }
    var groups = AllGroups(steps: count)
    for _ in 0..<count {
      self.step(&groups, by: step, effects: localEffects)
      for world in steps.indices { steps[world] += 1 }
    }
  }
}

// The stages that coupled groups alone go through.
extension Simulator {
  /// Puts the obstacles whose motion is scheduled where they are at the start of the step.
  mutating func moveScheduledObstacles() { contacts?.moveScheduledObstacles(after: steps) }

  /// Finds the surface below each drone, where an effect may ask for it.
  mutating func findSurfaces() {
    if !physics.effects.isEmpty { contacts?.findSurfaces(below: &swarm) }
  }

  /// The size of a world from which on it pays to know which drones are near each other.
  private static var manyDrones: Int { 33 }

  /// Lists which drones are near each other, where effects between drones ask for it.
  mutating func findNeighbours() {
    guard swarm.dronesPerWorld >= Self.manyDrones else { return }
    let reach = findLongestReach()
    guard reach > 0 else { return }
    // Taken out and put back, so that the lists are written where they are.
    var lists = swarm.neighbours ?? NeighbourLists()
    swarm.neighbours = nil
    lists.keepUp(with: swarm, within: reach)
    swarm.neighbours = lists
  }

  /// How far away along the ground any drone may be felt. [m]
  private mutating func findLongestReach() -> Double {
    guard !pairEffects.isEmpty else { return 0 }
    var lowest = DroneLanes(.infinity)
    for group in swarm.groups {
      let height = swarm.states[group].position.z
      lowest = lowest.replacing(
        with: height, where: Swarm.isOneOf(0..<swarm.count, group) .& (height .< lowest))
    }
    var longest = 0.0
    for effect in pairEffects {
      longest = max(
        longest, effect.longestReach(&swarm, DroneLanes(lowest.numbers.min())))
    }
    return longest
  }

  /// Brings the wind to what it is at the start of the step.
  mutating func applyWind() {
    guard hasUnsteadyWind else { return }
    for world in windFields.indices { windFields[world].apply(to: &swarm, after: steps[world]) }
  }

  /// Lets the floor push those drones that may touch nothing else.
  mutating func meetFloor(isToBeNoted: Bool) {
    guard let groups = contacts?.floorGroups else { return }
    for (group, isNear) in groups {
      guard let floor = contacts?.floor(below: group) else { return }
      let first = group * DroneLanes.laneCount
      let drones = FloorMeeting(
        swarm.states[group], from: first, attitude: swarm.stepValues[group].attitude,
        parameters: swarm.parameters[swarm.parametersIndex(of: group)], floor: floor,
        period: period)
      let outcome = meetFloor(drones, where: isNear, isToBeNoted: isToBeNoted)
      swarm.states[group].velocity = outcome.velocity
      swarm.states[group].bodyRates = outcome.bodyRates
      for drone in first..<min(first + DroneLanes.laneCount, swarm.count)
      where isNear[lane: drone - first] {
        contactCounts[drone] = Int(outcome.counts[lane: drone - first])
      }
    }
  }

  /// Adds what drones do to each other.
  mutating func addPairEffects() {
    for effect in pairEffects { effect.addAllPairs(&swarm) }
  }

  /// Adds what pushes drones from outside.
  mutating func addPushes() {
    guard !pushes.isEmpty else { return }
    pushes.add(to: &swarm, after: steps)
  }
}
