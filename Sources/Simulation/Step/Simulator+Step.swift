import Drone
import SpatialMath

// The stages of a physics step, in order.
extension Simulator {
  /// Makes one physics step of some groups of drones.
  ///
  /// - Parameters:
  ///   - groups: The groups, and how they are run through the stages.
  ///   - step: What a step does to a group.
  ///   - effects: The local effects.
  @inline(__always)
  mutating func step<Groups: SteppedGroups>(
    _ groups: inout Groups, by step: FlightStep, effects: some LocalEffectSum
  ) {
    // The world around the drones.
    groups.beginStep(in: &self, by: step)

    // The wrench on each: rotors, local effects, pair effects, pushes.
    unsafe groups.forEach(in: &self) { state, values, parameters in
      unsafe step.turnRotors(&state, &values, parameters: parameters.pointee)
      step.beginWrench(&values)
      unsafe effects.add(to: &values, of: &state, parameters: parameters)
    }
    groups.addPairEffects(of: self)
    if step.hasEffectsInLinkFrames {
      unsafe groups.forEach(in: &self) { _, values, _ in step.turnEffects(&values) }
    }
    groups.addPushes(of: self)

    // What the wrench does: velocities, then contacts, then poses.
    unsafe groups.forEach(in: &self) { state, values, parameters in
      unsafe step.accelerate(
        &state, by: values, parameters: parameters.pointee, mayHaveTurnedAxes: Groups.areCoupled)
    }
    groups.solveContacts(in: &self)
    unsafe groups.forEach(in: &self) { state, values, _ in
      step.move(&state, rotorSpeeds: values.rotorSpeeds)
    }
  }
}

/// Groups of drones that make a step together, and how they are run through its stages.
protocol SteppedGroups {
  /// What a group is computed in.
  associatedtype S: FlightLanes

  /// Whether drones of different groups act on each other or meet something besides the floor, so that
  /// all groups make each stage together.
  static var areCoupled: Bool { get }

  /// Brings what changes from step to step by itself to the step to come: noise and late commands, obstacles that
  /// move as scheduled, the surfaces below drones, who is near whom, and the wind.
  mutating func beginStep(in simulator: inout Simulator, by step: FlightStep)

  /// Calls `body` with each group's state, what the step works out for it, and what its drones are.
  mutating func forEach(
    in simulator: inout Simulator,
    _ body: (
      inout DroneState<S>, inout StepValues<S>, UnsafePointer<DroneParameters<S>>
    ) -> Void)

  /// Adds what drones do to each other.
  mutating func addPairEffects(of simulator: borrowing Simulator)

  /// Adds what pushes drones from outside.
  mutating func addPushes(of simulator: borrowing Simulator)

  /// Gives the groups, whose velocities are those at the end of the step, the velocities that contacts
  /// leave them.
  mutating func solveContacts(in simulator: inout Simulator)
}

// Groups that nothing ties to others.
extension SteppedGroups {
  @inline(__always)
  mutating func addPairEffects(of simulator: borrowing Simulator) {}

  @inline(__always)
  mutating func addPushes(of simulator: borrowing Simulator) {}
}
