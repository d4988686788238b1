import Drone
import SpatialMath

/// Neighbouring groups that nothing ties to others, of drones that noise shakes or that commands reach late.
struct OneUnsteadyGroup<S: FlightLanes>: SteppedGroups {
  @inline(__always) static var areCoupled: Bool { false }

  var group: OneGroup<S>
  var stepsMade = 0

  init(_ group: OneGroup<S>) { self.group = group }

  @inline(__always)
  mutating func beginStep(in simulator: inout Simulator, by step: FlightStep) {
    let first = group.first
    if simulator.noise.isUsed { group.values.noise = simulator.nextNoise(from: first) }
    if simulator.delay.isUsed, simulator.delay.mayChange(after: stepsMade) {
      step.changeCommand(
        &group.values, of: group.state,
        to: simulator.arrivingCommands(from: first, after: stepsMade),
        parameters: group.parameters, isAnew: stepsMade == 0)
    }
    stepsMade += 1
  }

  @inline(__always)
  mutating func forEach(
    in simulator: inout Simulator,
    _ body: (
      inout DroneState<S>, inout StepValues<S>, UnsafePointer<DroneParameters<S>>
    ) -> Void
  ) { unsafe group.forEach(in: &simulator, body) }

  @inline(__always)
  mutating func solveContacts(in simulator: inout Simulator) {
    group.solveContacts(in: &simulator)
  }
}

extension Simulator {
  /// Whether noise shakes some drones, or commands reach them late.
  var hasUnsteadyDrones: Bool { noise.isUsed || delay.isUsed }

  /// The noise of neighbouring groups in the step to come. [–]
  @inline(__always)
  mutating func nextNoise<S: FlightLanes>(from first: Int) -> Vector<Body, S> {
    var (all, ofGroup) = (Vector<Body, S>.zero, Vector<Body, DroneLanes>.zero)
    S.forEachPart { part in
      // The last group stands in for those that would follow it, and is shaken once.
      if first + part < swarm.groups.count { ofGroup = noise.next(first + part) }
      all.update(from: ofGroup) { $0[group: part] = $1 }
    }
    return all
  }

  /// What reaches the rotors of neighbouring groups some steps after the last commands. [rpm]
  @inline(__always)
  func arrivingCommands<S: FlightLanes>(from first: Int, after count: Int) -> PerRotor<S> {
    var all = PerRotor(repeating: S.zero)
    S.forEachPart { part in
      let group = min(first + part, swarm.groups.count - 1)
      let commands = delay.commands(ofGroup: group, now: commands[group], after: count)
      all.update(from: commands) { $0[group: part] = $1 }
    }
    return all
  }

  /// Brings noise and late commands to the step to come, for groups that make each stage together.
  mutating func beginCoupledStep<S: SingleFlightLanes>(
    of swarm: inout SwarmGroups<S>, after count: Int
  ) {
    for group in swarm.groups {
      let first = group * S.groupCount
      if noise.isUsed { swarm.stepValues[group].noise = nextNoise(from: first) }
      guard delay.isUsed, delay.mayChange(after: count) else { continue }
      step.changeCommand(
        &swarm.stepValues[group], of: swarm.states[group],
        to: arrivingCommands(from: first, after: count),
        parameters: swarm.parameters[swarm.parametersIndex(of: group)], isAnew: count == 0)
    }
  }
}
