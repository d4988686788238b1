public import Configuration
package import Control
package import Drone
import Geometry
public import Recording
public import Simulation
package import SpatialMath

/// A scenario on its way through time.
public struct Flight: ~Copyable {
  /// What is flown.
  package let specification: FlightSpecification
  /// The present instant, a row a drone.
  public private(set) var instant: [TrajectorySample] = []
  /// How each drone has done so far.
  public private(set) var statistics: [TrackingStatistics]

  /// Why a controller outside of this program cannot go on, and the flight neither.
  package private(set) var failure: FlightError?
  /// Whether that is because a controller outside of this program has begun again.
  package var hasBegunAgain: Bool { loops.contains(where: \.hasBegunAgain) }

  private let clock: FlightClock
  /// The obstacles that move, counted among all of them.
  package let movingObstacles: [Int]
  private let hasBattery: Bool
  private var simulator: Simulator
  private var sensors: SensorArray
  private var loops: [ControlLoop]
  private var contacts: ContactCounts
  private var step = 0
  /// What the rotors of drones are told that the caller flies, by drone; `nil` for those of the scenario's
  /// controllers. [rpm]
  private var taken: [PerRotor<Double>?]
  private var stickRows: StickRows
  /// Whose word it is where each drone should be.
  private var followed: [Followed]

  /// A scenario at its start.
  ///
  /// - Parameters:
  ///   - specification: What is flown.
  ///   - catalogues: What names stand for.
  /// - Throws: ``FlightError`` if it cannot be flown.
  public init(
    _ specification: FlightSpecification, catalogues: Catalogues = .standard
  ) throws(FlightError) {
    let physics = try catalogues.physics(of: specification)
    let simulator = try Self.simulator(of: specification, physics)
    sensors = try Self.sensors(of: specification)
    self.simulator = simulator
    let obstacles = specification.world.obstacles
    // Nothing but a schedule moves them where there are no contacts.
    let hasContacts = specification.physics.dynamics == .bullet
    movingObstacles = obstacles.indices.filter {
      hasContacts ? obstacles[$0].isMoving : obstacles[$0].motion != nil
    }
    hasBattery =
      physics.hasRotorDynamics && specification.drones.contains { $0.model.battery != nil }
    let rates = specification.rates
    let delay = specification.physics.preset == .gpd ? 1 / rates.control : 0
    loops = specification.drones.map { ControlLoop(of: $0, delay: delay) }
    stickRows = StickRows(of: loops)
    self.specification = specification
    clock = FlightClock(duration: specification.duration, rates: rates)
    statistics = specification.drones.map { _ in TrackingStatistics() }
    contacts = ContactCounts(droneCount: specification.drones.count)
    taken = specification.drones.map { _ in nil }
    followed = taken.map { _ in .scenario }
    observe()
  }

  static func simulator(
    of specification: FlightSpecification, _ physics: FlightPhysics
  ) throws(FlightError) -> Simulator {
    do throws(SimulationError) {
      return try Simulator(
        worlds: [specification.start], physics: physics, frequency: specification.rates.physics)
    } catch { throw FlightError(error.description) }
  }

  static func sensors(
    of specification: FlightSpecification
  ) throws(FlightError) -> SensorArray {
    let sensors = specification.drones.map { drone in
      (drone.sensors ?? []).map { NamedSensor($0.name, $0.sensor) }
    }
    do throws(SimulationError) {
      return try SensorArray(
        sensors, in: specification.start, gravity: specification.physics.gravity)
    } catch { throw FlightError(error.description) }
  }

  /// What the columns behind those of every trajectory are called: `battery`, where a drone has one, and
  /// one for each number that a sensor records.
  public var readingNames: [String] { (hasBattery ? ["battery"] : []) + sensors.columns }

  /// The voltage of the drones' batteries, and what their sensors measured last, as ``readingNames`` has
  /// it, drone by drone; NaN for nothing.
  public var readings: [Double] {
    guard hasBattery else { return sensors.readings }
    let width = sensors.columns.count
    return loops.indices.flatMap { drone in
      let voltage = specification.drones[drone].model.batteryVoltage(in: simulator.swarm[drone])
      return [voltage ?? .nan] + sensors.readings[drone * width..<(drone + 1) * width]
    }
  }

  /// Where everything is at the present instant.
  package mutating func now() -> FlightInstant {
    let obstacles = movingObstacles.compactMap { obstacle in
      simulator.motion(ofObstacle: obstacle, inWorld: 0).map {
        ObstacleSample(time: time, obstacle: obstacle, $0)
      }
    }
    return FlightInstant(drones: instant, obstacles: obstacles)
  }

  /// The time since the start. [s]
  public var time: Double { clock.time(after: step) }

  /// Whether the flight has reached its end.
  public var isFinished: Bool { step >= clock.steps }

  /// Whether ``instant`` belongs into the recording.
  public var isRecorded: Bool { clock.isRecorded(step) }

  /// Pushes a drone from now on, until it is pushed otherwise.
  ///
  /// - Parameters:
  ///   - drone: The drone.
  ///   - force: The force on its centre of mass, along the world's axes; zero to end a push. [N]
  package mutating func push(_ drone: Int, force: Vector<World, Double>) {
    simulator.push(drone, force: force)
  }

  /// Whether controllers command at the present instant.
  package var isCommanded: Bool { clock.isCommanded(step) }

  /// Has the caller fly a drone from now on, in the place of its controller, along the reference of the scenario:
  /// its rotors are told some speeds. [rpm]
  package mutating func command(_ drone: Int, rotorSpeeds: PerRotor<Double>) {
    taken[drone] = rotorSpeeds
  }

  /// Has the caller fly a drone from now on, in the place of its controller and its reference.
  ///
  /// - Parameters:
  ///   - drone: The drone.
  ///   - rotorSpeeds: What its rotors are told. [rpm]
  ///   - setpoint: Where it should be; `nil` if anywhere will do.
  package mutating func command(
    _ drone: Int, rotorSpeeds: PerRotor<Double>, following setpoint: Setpoint?
  ) {
    taken[drone] = rotorSpeeds
    followed[drone] = .caller(setpoint)
  }

  /// The drones that people fly.
  package var dronesOfPeople: [Int] { stickRows.drones }

  /// Says where the sticks of the person are who flies a drone; `nil` where nobody holds them.
  package mutating func fly(_ drone: Int, by sticks: Sticks?) { loops[drone].sticks = sticks }

  /// Where sticks went since they were last asked for, as rows of ``SticksRecording/columns``.
  package mutating func takeStickRows() -> [[Double]] { stickRows.take() }

  /// How a drone moves, as its sensors say where it flies by some.
  package func seenState(of drone: Int) -> DroneState<Double> {
    sensors.estimate(ofDrone: drone) ?? simulator.swarm[drone]
  }

  /// Has sensors measure that do not belong to the scenario, some time after they measured last. [s]
  package mutating func measure(with sensors: inout SensorArray, every period: Double) {
    sensors.measure(in: &simulator, at: time, every: period)
  }

  /// The most points of a drone that touched something at once since the last command. [–]
  package func contactCount(of drone: Int) -> Int { contacts.sinceCommand[drone] }

  /// Flies on to the next command or recorded instant.
  ///
  /// - Returns: What went wrong, nothing as a rule.
  public mutating func advance() -> StepFaults {
    if clock.isCommanded(step) {
      command()
      if failure != nil {
        finish()
        return .uncommanded
      }
    }
    contacts.startIntervals(at: step, of: clock)
    let next = clock.nextEvent(after: step)
    let faults = simulator.advance(steps: next - step)
    step = next
    contacts.add(from: simulator)
    observe()
    if isFinished { finish() }
    return faults
  }

  /// Lets go of what runs outside of this program.
  private mutating func finish() {
    for drone in loops.indices { loops[drone].finish() }
  }

  private mutating func command() {
    let period = 1 / specification.rates.control
    for drone in loops.indices {
      let speeds =
        taken[drone]
        ?? loops[drone].rotorSpeeds(for: seenState(of: drone), at: time, every: period)
      if let reason = loops[drone].failure {
        failure = FlightError("drones[\(drone)].controller: \(reason), at \(time) s")
        return
      }
      simulator.command(drone, rotorSpeeds: speeds)
    }
    for drone in stickRows.drones { stickRows.note(loops[drone].sticks, of: drone, at: time) }
  }

  private mutating func observe() {
    let isCommanded = clock.isCommanded(step)
    if isCommanded {
      sensors.measure(in: &simulator, at: time, every: 1 / specification.rates.control)
    }
    instant.removeAll(keepingCapacity: true)
    for drone in loops.indices {
      let state = simulator.swarm[drone]
      let own = loops[drone].follow(at: time)
      let setpoint = followed[drone].setpoint(or: own)
      instant.append(
        TrajectorySample(
          time: time, drone: drone, state: state, reference: setpoint,
          contacts: contacts.sinceRow[drone]))
      if isCommanded {
        statistics[drone].add(
          distance: setpoint.map { ($0.position - state.position).norm },
          isTouching: contacts.sinceCommand[drone] > 0,
          turn: state.bodyRates.norm / specification.rates.physics)
      }
    }
  }
}

/// Who says where a drone should be.
private enum Followed: Sendable {
  /// The scenario's reference.
  case scenario
  /// Whoever flies it: there, or nowhere.
  case caller(Setpoint?)

  /// Where it should be, `own` being what the scenario says.
  func setpoint(or own: Setpoint?) -> Setpoint? {
    if case .caller(let setpoint) = self { setpoint } else { own }
  }
}

/// The most points of each drone that pushed or overlapped at once, in any physics step of an interval.
private struct ContactCounts: Sendable {
  /// Since the last row of the recording. [–]
  private(set) var sinceRow: [Int]
  /// Since the last command. [–]
  private(set) var sinceCommand: [Int]

  init(droneCount: Int) {
    sinceRow = Array(repeating: 0, count: droneCount)
    sinceCommand = sinceRow
  }

  /// Starts the intervals anew that begin with a step.
  mutating func startIntervals(at step: Int, of clock: FlightClock) {
    for drone in sinceRow.indices {
      if clock.isRecorded(step) { sinceRow[drone] = 0 }
      if clock.isCommanded(step) { sinceCommand[drone] = 0 }
    }
  }

  /// Takes the steps of the simulator's last advance into account.
  mutating func add(from simulator: borrowing Simulator) {
    for drone in sinceRow.indices {
      let count = simulator.mostContacts(of: drone)
      sinceRow[drone] = max(sinceRow[drone], count)
      sinceCommand[drone] = max(sinceCommand[drone], count)
    }
  }
}

extension FlightSpecification {
  /// What there is in the world at the start.
  package var start: WorldDescription {
    WorldDescription(
      models: drones.map(\.model), states: drones.map(\.start), floor: world.floor,
      obstacles: world.obstacles, pushes: drones.flatMap(\.pushes), wind: wind, seed: seed)
  }
}
