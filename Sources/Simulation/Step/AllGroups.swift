import Drone
import SpatialMath

/// All groups of a simulator, stage by stage: drones act on each other, or meet something besides the
/// floor.
struct AllGroups<S: SingleFlightLanes>: SteppedGroups {
  @inline(__always) static var areCoupled: Bool { true }

  /// The drones.
  var swarm: SwarmGroups<S>
  /// Who may touch what, where anything can be touched.
  var reach: ReachFinder<S>?
  private var stepsMade = 0
  /// How many steps there are to make.
  private var stepCount = 0

  /// Some drones.
  init(_ swarm: SwarmGroups<S>, reach: ReachFinder<S>?) {
    (self.swarm, self.reach) = (swarm, reach)
  }

  /// Starts to make some steps under the commands as they stand.
  fileprivate mutating func begin(steps count: Int, of simulator: borrowing Simulator) {
    (stepsMade, stepCount) = (0, count)
    let step = simulator.step
    unsafe swarm.withGroups { groups in
      for group in unsafe 0..<groups.count {
        unsafe step.command(
          &groups.values[group], of: groups.states[group],
          to: simulator.commands(from: group * S.groupCount),
          parameters: groups.parameters(of: group).pointee)
      }
    }
  }

  @inline(__always)
  mutating func beginStep(in simulator: inout Simulator, by step: FlightStep) {
    if simulator.hasUnsteadyDrones {
      simulator.beginCoupledStep(of: &swarm, after: stepsMade)
    }
    stepsMade += 1
    simulator.contacts?.moveScheduledObstacles(after: simulator.steps)
    if !simulator.physics.effects.isEmpty { simulator.contacts?.findSurfaces(below: &swarm) }
    findNeighbours(by: simulator.pairEffects)
    if simulator.hasUnsteadyWind { simulator.applyWind(to: &swarm) }
  }

  @inline(__always)
  mutating func forEach(
    in simulator: inout Simulator,
    _ body: (inout DroneState<S>, inout StepValues<S>, UnsafePointer<DroneParameters<S>>) -> Void
  ) {
    unsafe swarm.withGroups { groups in
      for group in unsafe 0..<groups.count where unsafe groups.isAnyPresent(in: group) {
        unsafe body(
          &groups.states[group], &groups.values[group], groups.parameters(of: group))
      }
    }
  }

  mutating func addPairEffects(of simulator: borrowing Simulator) {
    for effect in simulator.pairEffects { S.sum(of: effect).addAllPairs(&swarm) }
  }

  mutating func addPushes(of simulator: borrowing Simulator) {
    guard !simulator.pushes.isEmpty else { return }
    simulator.pushes.add(to: &swarm, after: simulator.steps)
  }

  mutating func solveContacts(in simulator: inout Simulator) {
    guard reach != nil else { return }
    simulator.findContacts(of: &self)
    simulator.meetFloor(&self, isToBeNoted: stepsMade == stepCount)
    simulator.noteContacts(areOnFloor: reach?.floorGroups.isEmpty == false)
  }
}

// Which drones are near each other.
extension AllGroups {
  /// Lists which drones may feel each other, where effects between drones ask for it.
  private mutating func findNeighbours(by effects: [CompiledPairEffect]) {
    guard !effects.isEmpty else { return }
    let asksForReach = ReachLists.asksForReach(in: swarm)
    let mayChange = asksForReach && !effects.allSatisfy { S.sum(of: $0).isByPlaceAlone }
    let reach = mayChange ? findLongestReach(of: effects) : 0
    // Taken out and put back, so that the lists are written where they are.
    var lists = swarm.reachLists.take() ?? ReachLists()
    if !lists.areGood(for: swarm, within: reach) {
      let now = asksForReach ? findLongestReach(of: effects) : 0
      let way = ReachLists<S>.way(forReach: now)
      let later = asksForReach ? findLongestReach(of: effects, within: way) : 0
      lists.begin(for: swarm, within: later, way: way)
      for effect in effects { S.sum(of: effect).mark(&lists, &swarm) }
      lists.finish()
    }
    swarm.reachLists = lists
  }

  /// How far away along the ground any drone may be felt before one has gone farther than some way. [m]
  private mutating func findLongestReach(
    of effects: [CompiledPairEffect], within way: Double = 0
  ) -> Double {
    var lowest = S(.infinity)
    for group in swarm.groups {
      let height = swarm.states[group].position.z
      let isDrone = SwarmGroups<S>.isOneOf(0..<swarm.count, group)
      lowest = lowest.replacing(with: height, where: isDrone .& (height .< lowest))
    }
    let height = S(lowest.least - 2 * way)
    var longest = 0.0
    for effect in effects { longest = max(longest, S.sum(of: effect).longestReach(&swarm, height)) }
    return longest
  }
}

extension Simulator {
  /// Advances all worlds by some steps, side by side.
  mutating func advanceCoupled(steps count: Int) {
    // Taken out and put back, so that all is written where it is.
    if var groups = doubles.take() {
      swap(&groups.swarm, &swarm.doubles)
      advance(&groups, steps: count)
      swap(&groups.swarm, &swarm.doubles)
      doubles = groups
    }
    if var groups = floats.take() {
      groups.load(swarm, hasLinkFrames: step.turnsWithLinkFrames)
      advance(&groups, steps: count)
      groups.store(in: &swarm, hasLinkFrames: step.turnsWithLinkFrames)
      floats = groups
    }
  }

  private mutating func advance<S: SingleFlightLanes>(
    _ groups: inout AllGroups<S>, steps count: Int
  ) {
    let step = step
    groups.begin(steps: count, of: self)
    for _ in 0..<count {
      self.step(&groups, by: step, effects: localEffects)
      for world in steps.indices { steps[world] += 1 }
    }
  }

  /// Brings the wind to what it is at the start of the step.
  fileprivate mutating func applyWind(to swarm: inout SwarmGroups<some GroupLanes>) {
    for world in windFields.indices { windFields[world].apply(to: &swarm, after: steps[world]) }
  }

  /// Gives drones the velocities that contacts leave them, but for those that touch the floor alone.
  fileprivate mutating func findContacts<S: SingleFlightLanes>(of groups: inout AllGroups<S>) {
    contacts?.solve(&groups, counts: &contactCounts)
  }

  /// Lets the floor, or a level top, push those drones that may touch nothing else.
  fileprivate mutating func meetFloor<S: SingleFlightLanes>(
    _ groups: inout AllGroups<S>, isToBeNoted: Bool
  ) {
    guard let onFloor = groups.reach?.floorGroups else { return }
    let noted = floorContacts.count
    for (group, isNear) in onFloor {
      guard let floor = groups.reach?.floors[group] else { return }
      let first = group * S.laneCount
      let drones = FloorMeeting(
        groups.swarm.states[group], from: first,
        attitude: groups.swarm.stepValues[group].attitude,
        parameters: groups.swarm.parameters[groups.swarm.parametersIndex(of: group)],
        floor: floor, period: period)
      let outcome = meetFloor(drones, where: isNear, isToBeNoted: isToBeNoted)
      groups.swarm.states[group].velocity = outcome.velocity
      groups.swarm.states[group].bodyRates = outcome.bodyRates
      for drone in groups.swarm.drones(ofGroup: group) where isNear[lane: drone - first] {
        contactCounts[drone] = Int(outcome.counts[lane: drone - first])
      }
    }
    guard groups.reach?.tops.areAny == true else { return }
    for index in noted..<floorContacts.count {
      guard let top = groups.reach?.tops[floorContacts[index].drone] else { continue }
      floorContacts[index].other = .obstacle(top.place)
    }
  }

  /// Takes the contacts of the step under way into account; some may be with the floor.
  fileprivate mutating func noteContacts(areOnFloor: Bool) {
    guard areOnFloor || contacts?.mayTouch == true else { return }
    for drone in mostContacts.indices {
      mostContacts[drone] = max(mostContacts[drone], contactCounts[drone])
    }
  }
}
