import Bullet
public import Drone
public import Geometry
public import SpatialMath

/// A swarm in one world, stepped through time.
///
/// A step never allocates, throws or prints; what went wrong comes back as ``StepFaults``. The same
/// commands give the same bits, whatever ran before.
public struct Simulator: ~Copyable, Sendable {
  /// How drones move.
  public let physics: FlightPhysics
  /// The length of a physics step. [s]
  public let period: Double
  /// The drones.
  public internal(set) var swarm: Swarm

  private let equations: NewtonEuler
  var contacts: ContactSolver?
  var contactCounts: [Int]
  var commands: [PerRotor<DroneLanes>]
  private var wrenches: [Wrench<Body, DroneLanes>]
  /// The attitudes of the step before.
  var linkFrames: [RotationMatrix<Body, World, DroneLanes>]

  /// A swarm in a world.
  ///
  /// - Parameters:
  ///   - models: The drones' models, in order.
  ///   - states: The drones' states at the start, in the same order.
  ///   - physics: How drones move.
  ///   - frequency: How many steps make a second. [Hz]
  ///   - floor: Whether there is a floor at z = 0.
  ///   - obstacles: What else there is to touch.
  /// - Throws: ``SimulationError`` if Bullet refuses an obstacle or a drone's shape.
  public init(
    models: [QuadcopterModel], states: [DroneState<Double>], physics: FlightPhysics,
    frequency: Double, floor: Bool = true, obstacles: [RigidBody] = []
  ) throws(SimulationError) {
    precondition(!models.isEmpty, "a simulation needs a drone")
    precondition(models.count == states.count, "as many states as models")
    precondition(frequency > 0, "a frequency above 0 Hz, not \(frequency)")
    self.physics = physics
    period = 1 / frequency
    equations = NewtonEuler(physics: physics, period: period)
    contactCounts = Array(repeating: 0, count: models.count)
    if physics.dynamics == .bullet {
      do throws(BulletError) {
        contacts = try ContactSolver(
          models: models, floor: floor, obstacles: obstacles, physics: physics,
          period: 1 / frequency)
      } catch { throw SimulationError(error.description) }
    }
    swarm = Swarm(
      parameters: models.map { DroneParameters($0, rotorPlacement: physics.rotorPlacement) })
    let groups = swarm.groups.count
    commands = Array(repeating: PerRotor(repeating: .zero), count: groups)
    wrenches = Array(repeating: .zero, count: groups)
    linkFrames = Array(repeating: RotationMatrix(.identity), count: groups)
    if !floor {
      swarm.surfaceHeights = Array(repeating: DroneLanes(SurfaceFinder.nowhere), count: groups)
    }
    for (drone, state) in states.enumerated() { swarm[drone] = state }
    for group in swarm.groups {
      linkFrames[group] = RotationMatrix(swarm.states[group].attitude)
    }
  }

  /// How many drones there are.
  public var droneCount: Int { swarm.count }

  /// How many points of a drone pushed or overlapped with something in the last step.
  public func contactCount(of drone: Int) -> Int { contactCounts[drone] }

  /// The speeds that a drone's rotors are told to take from the next step on. [rpm]
  ///
  /// They are held between 0 and the model's ``QuadcopterModel/maximumRotorSpeed``.
  public mutating func command(_ drone: Int, rotorSpeeds: PerRotor<Double>) {
    commands[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] = rotorSpeeds
  }

  /// Advances the world by some physics steps under the commands as they stand.
  ///
  /// - Returns: What went wrong, nothing as a rule.
  @discardableResult
  public mutating func advance(steps: Int = 1) -> StepFaults {
    for _ in 0..<steps {
      turnRotors()
      if hasAir { contacts?.findSurfaces(below: &swarm) }
      sumWrenches()
      accelerate()
      contacts?.solve(&swarm, counts: &contactCounts)
      move()
    }
    return faults
  }

  private var hasAir: Bool { !physics.effects.isEmpty || !physics.linkFrameEffects.isEmpty }

  private mutating func turnRotors() {
    for group in swarm.groups {
      let fastest = swarm.parameters[group].maximumRotorSpeed
      swarm.rotorSpeeds[group] = commands[group].map { $0.clamped(from: .zero, to: fastest) }
      swarm.attitudes[group] = RotationMatrix(swarm.states[group].attitude)
    }
  }

  private mutating func sumWrenches() {
    switch physics.linkFrames {
    case .current:
      for group in swarm.groups { wrenches[group] = thrust(of: group).wrench }
    case .previousStep:
      for group in swarm.groups { wrenches[group] = .zero }
      for effect in physics.linkFrameEffects { effect.accumulate(into: &wrenches, on: swarm) }
      for group in swarm.groups { turnWrenchWithLinkFrame(of: group) }
    }
    for effect in physics.effects { effect.accumulate(into: &wrenches, on: swarm) }
  }

  private func thrust(of group: Int) -> RotorThrust<DroneLanes> {
    RotorThrust(speeds: swarm.rotorSpeeds[group], parameters: swarm.parameters[group])
  }

  /// Turns a group's wrench, and its thrust, with the frames of the step before.
  private mutating func turnWrenchWithLinkFrame(of group: Int) {
    let (now, before) = (swarm.attitudes[group], linkFrames[group])
    let thrust = thrust(of: group).wrench(along: now.inverse(before.zAxis))
    wrenches[group] = Wrench(
      force: now.inverse(before(wrenches[group].force)) + thrust.force,
      torque: now.inverse(before(wrenches[group].torque)) + thrust.torque)
    linkFrames[group] = now
  }

  private mutating func accelerate() {
    for group in swarm.groups {
      equations.accelerate(
        &swarm.states[group], by: wrenches[group], attitude: swarm.attitudes[group],
        parameters: swarm.parameters[group])
    }
  }

  private mutating func move() {
    for group in swarm.groups {
      equations.move(&swarm.states[group])
      swarm.states[group].rotorSpeeds = swarm.rotorSpeeds[group]
    }
  }

  private var faults: StepFaults {
    let isFinite = swarm.states.allSatisfy { !(.!$0.isFinite).any }
    return isFinite ? [] : .nonFinite
  }
}

/// Why a world cannot be made.
public struct SimulationError: Error, Sendable, CustomStringConvertible {
  /// What is in the way.
  public var description: String

  init(_ description: String) { self.description = description }
}

/// What went wrong in a step.
public struct StepFaults: OptionSet, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A drone's state is infinite or not a number.
  public static let nonFinite = StepFaults(rawValue: 1)
}
