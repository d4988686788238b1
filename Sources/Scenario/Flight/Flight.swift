import Control
import Drone
public import Recording
public import Simulation
package import SpatialMath

/// A scenario on its way through time.
public struct Flight: ~Copyable {
  /// What is flown.
  public let specification: FlightSpecification
  /// The present instant, a row a drone.
  public private(set) var instant: [TrajectorySample]
  /// How each drone has done so far.
  public private(set) var statistics: [TrackingStatistics]

  private let clock: FlightClock
  private var simulator: Simulator
  private var sensors: SensorArray
  private var pilots: [Pilot]
  private var step = 0

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
    let lateness = specification.physics.preset == .gpd ? 1 / specification.rates.control : 0
    var pilots: [Pilot] = []
    for drone in specification.drones {
      pilots.append(
        Pilot(
          try catalogues.controller(
            of: drone, in: specification.physics,
            at: specification.rates.control),
          following: drone.path, feedforward: drone.feedforward,
          lateness: lateness))
    }
    let simulator = try Self.simulator(for: specification, physics: physics)
    sensors = try Self.sensors(for: specification)
    self.specification = specification
    self.pilots = pilots
    self.simulator = simulator
    clock = FlightClock(duration: specification.duration, rates: specification.rates)
    instant = []
    statistics = specification.drones.map { _ in TrackingStatistics() }
    observe()
  }

  private static func simulator(
    for specification: FlightSpecification, physics: FlightPhysics
  ) throws(FlightError) -> Simulator {
    do throws(SimulationError) {
      return try Simulator(
        worlds: [specification.start], physics: physics,
        frequency: specification.rates.physics)
    } catch { throw FlightError(error.description) }
  }

  /// The drones' sensors.
  private static func sensors(
    for specification: FlightSpecification
  ) throws(FlightError) -> SensorArray {
    do throws(SimulationError) {
      return try SensorArray(
        specification.drones.map { drone in
          (drone.sensors ?? []).map { NamedSensor($0.name, $0.sensor) }
        }, in: specification.start, gravity: specification.physics.gravity)
    } catch { throw FlightError(error.description) }
  }

  /// What the columns behind those of every trajectory are called: one for each number that a sensor
  /// records.
  public var readingNames: [String] { sensors.columns }

  /// What the drones' sensors measured last, as ``readingNames`` has it, drone by drone; NaN for
  /// nothing.
  public var readings: [Double] { sensors.readings }

  /// The time since the start. [s]
  public var time: Double { clock.time(after: step) }

  /// Whether the flight has reached its end.
  public var isFinished: Bool { step >= clock.steps }

  /// Whether ``instant`` belongs into the recording.
  public var isRecorded: Bool { step % clock.stepsPerRecord == 0 || isFinished }

  /// Flies on to the next command or recorded instant.
  ///
  /// - Returns: What went wrong, nothing as a rule.
  public mutating func advance() -> StepFaults {
    if step % clock.stepsPerCommand == 0 { command() }
    let next = clock.nextEvent(after: step)
    let faults = simulator.advance(steps: next - step)
    step = next
    observe()
    return faults
  }

  /// Pushes a drone from the next step on, until it is pushed otherwise.
  ///
  /// - Parameters:
  ///   - drone: The drone.
  ///   - force: The force on its centre of mass, along the world's axes. [N]
  package mutating func push(_ drone: Int, force: Vector<World, Double>) {
    simulator.push(drone, force: force)
  }

  private mutating func command() {
    let period = 1 / specification.rates.control
    for drone in pilots.indices {
      let speeds = pilots[drone].rotorSpeeds(
        for: sensors.estimate(ofDrone: drone) ?? simulator.swarm[drone], at: time, every: period)
      simulator.command(drone, rotorSpeeds: speeds)
    }
  }

  private mutating func observe() {
    if step % clock.stepsPerCommand == 0 {
      sensors.measure(in: &simulator, at: time, every: 1 / specification.rates.control)
    }
    instant.removeAll(keepingCapacity: true)
    for drone in pilots.indices {
      let state = simulator.swarm[drone]
      let setpoint = pilots[drone].setpoint(at: time)
      let contacts = simulator.contactCount(of: drone)
      instant.append(sample(of: drone, state: state, setpoint: setpoint, contacts: contacts))
      if step % clock.stepsPerCommand == 0 {
        statistics[drone].add(
          distance: setpoint.map { ($0.position - state.position).norm },
          isTouching: contacts > 0)
      }
    }
  }

  private func sample(
    of drone: Int, state: DroneState<Double>, setpoint: Setpoint?, contacts: Int
  ) -> TrajectorySample {
    let speeds = state.rotorSpeeds
    return TrajectorySample(
      time: time, drone: drone, position: state.position, attitude: state.attitude,
      velocity: state.velocity, angularVelocity: state.angularVelocity,
      rotorSpeeds: [speeds[0], speeds[1], speeds[2], speeds[3]],
      reference: setpoint.map {
        .init(position: $0.position, velocity: $0.velocity, yaw: $0.yaw)
      },
      contacts: contacts)
  }
}

extension FlightSpecification {
  /// What there is in the world at the start.
  fileprivate var start: WorldDescription {
    WorldDescription(
      models: drones.map(\.model), states: drones.map(\.start), floor: world.floor,
      obstacles: world.obstacles, pushes: drones.flatMap(\.pushes), wind: wind, seed: seed)
  }
}
