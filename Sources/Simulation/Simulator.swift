import Bullet
public import Drone
public import Geometry
public import SpatialMath

/// Worlds of drones, stepped through time together: one world as a rule, or a block of a batch.
///
/// Drones are counted through all worlds: with K drones a world, drone k of world w is w K + k.
/// Worlds do not know of each other, to the last bit.
///
/// A step never allocates, throws or prints; what went wrong comes back as ``StepFaults``. The same
/// commands give the same bits, whatever ran before.
public struct Simulator: ~Copyable, Sendable {
  /// How drones move.
  package let physics: FlightPhysics
  /// The length of a physics step. [s]
  public let period: Double
  /// The drones.
  public internal(set) var swarm: Swarm

  let step: FlightStep
  /// The effects that ask nothing of other drones, in the order in which they act.
  let localEffects: LocalEffects
  /// The effects of drones on each other, in the order in which they act; none where drones fly alone.
  let pairEffects: [CompiledPairEffect]
  var windFields: [WindField]
  let hasUnsteadyWind: Bool
  /// What shakes drones, as far as an effect asks for it.
  var noise: NoiseField
  /// The commands that have not yet reached the rotors.
  var delay: CommandDelay
  let areGroupsIndependent: Bool
  /// The drones while groups make each stage of a step together: in double precision, ``swarm`` lends them.
  var doubles: AllGroups<DroneLanes>?
  /// The same in single precision.
  var floats: AllGroups<FloatLanes>?
  var contacts: ContactSolver?
  /// The scheduled motions of each world's obstacles, where there are no contacts that move them.
  let schedules: [[ScheduledMotion?]]
  var contactCounts: [Int]
  /// The most points of each drone that touched something at once in the last ``advance(steps:)``.
  package internal(set) var mostContacts: [Int]
  var commands: [PerRotor<DroneLanes>]
  var pushes: Pushes
  /// How many steps each world has made.
  var steps: [Int]
  /// What drones touched of the floor in the last step, as far as Bullet was not asked.
  var floorContacts: [DroneContact] = []

  /// A swarm in a world.
  ///
  /// - Parameters:
  ///   - models: The drones' models, in order.
  ///   - states: The drones' states at the start, in the same order.
  ///   - physics: How drones move.
  ///   - frequency: How many steps make a second. [Hz]
  ///   - floor: Whether there is a floor at z = 0.
  ///   - obstacles: What else there is to touch.
  ///   - wind: How the air moves.
  ///   - seed: Where the turbulence's random numbers start.
  /// - Throws: ``SimulationError`` if Bullet refuses an obstacle or a drone's shape.
  public init(
    models: [QuadcopterModel], states: [DroneState<Double>], physics: FlightPhysics,
    frequency: Double, floor: Bool = true, obstacles: [RigidBody] = [],
    wind: Wind = Wind(), seed: UInt64 = 0
  ) throws(SimulationError) {
    let world = WorldDescription(
      models: models, states: states, floor: floor, obstacles: obstacles, wind: wind,
      seed: seed)
    try self.init(worlds: [world], physics: physics, frequency: frequency)
  }

  /// Worlds with as many drones each.
  ///
  /// - Parameters:
  ///   - worlds: What there is in each at the start.
  ///   - physics: How drones move.
  ///   - frequency: How many steps make a second. [Hz]
  ///   - longestDeadTime: The longest dead time that drones may ever be given; the models' own is counted in.
  ///     [s]
  /// - Throws: ``SimulationError`` if Bullet refuses an obstacle or a drone's shape.
  package init(
    worlds: [WorldDescription], physics: FlightPhysics, frequency: Double,
    longestDeadTime: Double = 0
  ) throws(SimulationError) {
    let dronesPerWorld = Self.dronesPerWorld(of: worlds)
    precondition(frequency > 0, "a frequency above 0 Hz, not \(frequency)")
    let models = worlds.flatMap(\.models)
    var physics = physics
    physics.effects.removeAll { !$0.acts(on: models) }
    self.physics = physics
    period = 1 / frequency
    step = FlightStep(physics, worlds: worlds, period: period)
    localEffects = LocalEffects(physics.effects.compactMap(\.asLocal))
    pairEffects = dronesPerWorld > 1 ? physics.effects.compactMap(\.asPair) : []
    areGroupsIndependent = Self.areGroupsIndependent(
      in: worlds, physics: physics, hasPairEffects: !pairEffects.isEmpty)
    contactCounts = Array(repeating: 0, count: worlds.count * dronesPerWorld)
    mostContacts = contactCounts
    floorContacts.reserveCapacity(contactCounts.count * FloorPoints<DroneLanes>.most)
    steps = Array(repeating: 0, count: worlds.count)
    windFields = WindField.fields(of: worlds, period: 1 / frequency)
    hasUnsteadyWind = windFields.contains(where: \.isUnsteady)
    schedules = physics.dynamics == .bullet ? [] : worlds.map { $0.obstacles.map(\.motion) }
    contacts = try Self.contacts(in: worlds, physics: physics, period: 1 / frequency)
    let parameters = models.map { DroneParameters($0, rotorPlacement: physics.rotorPlacement) }
    swarm = Swarm(parameters: parameters, dronesPerWorld: dronesPerWorld)
    let groups = swarm.groups.count
    noise = NoiseField(worlds, of: parameters, physics: physics, period: 1 / frequency)
    delay = CommandDelay(
      to: parameters, groups: groups, longest: longestDeadTime, physics: physics,
      period: 1 / frequency)
    commands = Array(repeating: PerRotor(repeating: .zero), count: groups)
    pushes = Pushes(worlds: worlds, groups: groups, period: 1 / frequency)
    switch physics.precision {
    case .double:
      let reach = contacts?.reach(dronesPerWorld: dronesPerWorld) as ReachFinder<DroneLanes>?
      doubles = AllGroups(SwarmGroups(), reach: reach)
    case .single: floats = AllGroups(of: swarm, contacts: contacts)
    }
    start(worlds)
  }

  /// How many drones each of some worlds has.
  private static func dronesPerWorld(of worlds: [WorldDescription]) -> Int {
    precondition(!worlds.isEmpty, "a simulation needs a world")
    let count = worlds[0].models.count
    precondition(count > 0, "a simulation needs a drone")
    precondition(
      worlds.allSatisfy { $0.models.count == count && $0.states.count == count },
      "as many states as models, and as many in each world")
    return count
  }

  /// What finds and solves contacts, where there are any.
  private static func contacts(
    in worlds: [WorldDescription], physics: FlightPhysics, period: Double
  ) throws(SimulationError) -> ContactSolver? {
    guard physics.dynamics == .bullet else { return nil }
    do throws(BulletError) {
      return try ContactSolver(worlds: worlds, physics: physics, period: period)
    } catch { throw SimulationError(error.description) }
  }

  /// Puts all drones where they are at the start, with the air and the surface there.
  private mutating func start(_ worlds: [WorldDescription]) {
    for (drone, state) in worlds.flatMap(\.states).enumerated() {
      swarm[drone] = state
      let floor = worlds[drone / swarm.dronesPerWorld].floor
      swarm.setSurfaceHeight(floor ? 0 : SurfaceFinder.nowhere, of: drone)
      swarm.setLinkFrame(RotationMatrix(state.attitude), of: drone)
      delay.start(drone, at: state.rotorSpeeds)
    }
    // What is steady needs no more than this; gusts and turbulence are worked out in every step.
    for world in windFields.indices where !windFields[world].isUnsteady {
      windFields[world].apply(to: &swarm.doubles, after: 0)
    }
  }

  /// How many drones there are.
  package var droneCount: Int { swarm.count }

  /// How many points of a drone pushed or overlapped with something in the last step.
  public func contactCount(of drone: Int) -> Int { contactCounts[drone] }

  /// How many points of a drone pushed or overlapped with something at once, at most, in any of the
  /// steps of the last ``advance(steps:)``.
  package func mostContacts(of drone: Int) -> Int { mostContacts[drone] }

  /// The speeds that a drone's rotors are told to take from the next step on. [rpm]
  ///
  /// They are held between 0 and the model's ``QuadcopterModel/maximumRotorSpeed``.
  public mutating func command(_ drone: Int, rotorSpeeds: PerRotor<Double>) {
    commands[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount] = rotorSpeeds
  }

  /// The speeds that the rotors of a group's drones are told to take from the next step on. [rpm]
  package mutating func command(group: Int, rotorSpeeds: PerRotor<DroneLanes>) {
    commands[group] = rotorSpeeds
  }

  /// Pushes a drone from the next step on, until it is pushed otherwise; it is in place of what this
  /// method set before, and beside what is scheduled.
  ///
  /// - Parameters:
  ///   - drone: The drone.
  ///   - force: The force on its centre of mass, along the world's axes. [N]
  ///   - torque: The torque about it. [N·m]
  public mutating func push(
    _ drone: Int, force: Vector<World, Double>, torque: Vector<World, Double> = .zero
  ) {
    pushes[drone] = Wrench(force: force, torque: torque)
  }

  /// What pushes a drone, apart from what is scheduled. [N, N·m]
  func push(on drone: Int) -> Wrench<World, Double> { pushes[drone] }

  /// Advances all worlds by some physics steps under the commands as they stand.
  ///
  /// - Returns: What went wrong, nothing as a rule.
  @discardableResult
  public mutating func advance(steps count: Int = 1) -> StepFaults {
    mostContacts.bringToZero()
    contactCounts.bringToZero()
    floorContacts.removeAll(keepingCapacity: true)
    if isIndependent, count > 0 {
      advanceIndependent(steps: count)
    } else {
      advanceCoupled(steps: count)
    }
    swarm.holdAbsent()
    delay.append(commands, steps: count)
    return faults
  }

  /// Whether groups make steps without each other, as things stand.
  package var isIndependent: Bool {
    areGroupsIndependent && !hasUnsteadyWind && pushes.isEmpty
  }

  private var faults: StepFaults {
    let areSound = swarm.states.allSatisfy { !(.!$0.isSound).any }
    return areSound ? [] : .nonFinite
  }

  /// What is wrong with one world, nothing as a rule.
  package func faults(ofWorld world: Int) -> StepFaults {
    let areSound = swarm.drones(ofWorld: world).allSatisfy { swarm[$0].isSound }
    return areSound ? [] : .nonFinite
  }
}

extension [Int] {
  /// Brings all numbers to zero.
  mutating func bringToZero() {
    // By a span, for an array is asked at every element whether it is shared.
    var numbers = mutableSpan
    numbers.update(repeating: 0)
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

  /// A drone's state is infinite or not a number, or it moves or turns by a million m/s or rad/s or more.
  public static let nonFinite = StepFaults(rawValue: 1)

  /// A controller outside of this program does not answer.
  package static let uncommanded = StepFaults(rawValue: 2)
}
