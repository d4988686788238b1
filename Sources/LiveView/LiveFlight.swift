package import Configuration
import Drone
import FlyingFox
import Foundation
package import Pictures
import Recording
package import Scenario
import Simulation
import SpatialMath
import Synchronization

/// A scenario that flies in real time while browsers show it and command it.
///
/// It flies on a thread of its own, whatever its clients do: they take pictures from their
/// ``ClientQueue``, and put commands into a list of bounded length.
package final class LiveFlight: Sendable {
  /// What is flown.
  package let specification: FlightSpecification

  /// Pictures in a second. [Hz]
  static let rate = 60.0
  /// How long a push lasts, in flight. [s]
  private static let pushDuration = 0.15
  /// Commands beyond this number are dropped. [–]
  private static let mostCommands = 64
  /// A live flight has no end of its own; this is longer than a day. [s]
  private static let duration = 100_000.0

  private let catalogues: Catalogues
  /// The obstacles that move.
  private let movers: [Int]
  private let note: @Sendable (String) -> Void
  private let commands = Mutex<[ViewerCommand]>([])
  private let clients = Mutex<[ObjectIdentifier: ClientQueue]>([:])
  private let isStopped = Atomic<Bool>(false)

  /// A flight that starts with the server that shows it.
  ///
  /// - Parameters:
  ///   - specification: What is flown; its duration does not count.
  ///   - catalogues: What names stand for.
  ///   - note: Told, in a line, when the flight cannot go on.
  /// - Throws: ``FlightError`` if it cannot be flown.
  package init(
    _ specification: FlightSpecification, catalogues: Catalogues = .standard,
    note: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(FlightError) {
    self.note = note
    var specification = specification
    specification.duration = Self.duration
    (self.specification, self.catalogues) = (specification, catalogues)
    movers = try Flight(specification, catalogues: catalogues).movingObstacles
  }

  /// The page that shows it.
  package func page() throws(PictureError) -> ReplayPage {
    let metadata = (try? JSONEncoder().encode(FlightMetadata(specification))) ?? Data("{}".utf8)
    return try ReplayPage(
      live: specification.name, droneCount: specification.drones.count, movers: movers,
      metadata: metadata)
  }

  /// Flies until it is told to stop.
  func start() {
    let thread = Thread { [self] in fly() }
    thread.name = "flight"
    thread.start()
  }

  /// Ends the flight.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Adds a client, which gets the newest picture from now on.
  func add(_ client: ClientQueue) {
    clients.withLock { $0[ObjectIdentifier(client)] = client }
  }

  /// Removes a client.
  func remove(_ client: ClientQueue) {
    _ = clients.withLock { $0.removeValue(forKey: ObjectIdentifier(client)) }
  }

  /// Takes a command, unless too many wait.
  func take(_ command: ViewerCommand) {
    commands.withLock { if $0.count < Self.mostCommands { $0.append(command) } }
  }

  private func fly() {
    var pace = Pace()
    while !isStopped.load(ordering: .relaxed) {
      // It could be made before, by the initializer.
      guard var flight = try? Flight(specification, catalogues: catalogues) else { return }
      pace.push = nil
      pace.last = (ShownInstant(), 0)
      if fly(&flight, &pace) || flight.isFinished { continue }
      note(
        "\(specification.name): a drone's state is not finite after \(flight.time) s; "
          + "the flight stands until it is started again")
      awaitReset(pace)
    }
  }

  /// Shows the last sound instant of a flight that cannot go on, until a command to start again.
  private func awaitReset(_ pace: Pace) {
    while !isStopped.load(ordering: .relaxed) {
      publish(pace.last.instant, at: pace.last.time, pace)
      let waiting = commands.withLock { commands in
        defer { commands.removeAll(keepingCapacity: true) }
        return commands
      }
      for command in waiting {
        if case .reset = command { return }
      }
      Thread.sleep(forTimeInterval: 1 / Self.rate)
    }
  }

  /// Flies on until a command to start again, or until the flight cannot go on.
  ///
  /// - Returns: Whether to start again.
  private func fly(_ flight: inout Flight, _ pace: inout Pace) -> Bool {
    var last = ContinuousClock.now
    // How far the flight should be; it trails where the machine is too slow, and does not catch up.
    var due = flight.time
    while !isStopped.load(ordering: .relaxed) {
      if follow(&pace, &flight) { return true }
      let now = ContinuousClock.now
      if !pace.isPaused { due += min((now - last) / .seconds(1), 0.1) * pace.speed }
      last = now
      let deadline = now + .seconds(1 / Self.rate)
      while flight.time < due, ContinuousClock.now < deadline {
        if let push = pace.push, flight.time >= push.end {
          flight.push(push.drone, force: .zero)
          pace.push = nil
        }
        guard !flight.isFinished, flight.advance().isEmpty else { return false }
      }
      due = min(due, flight.time + 1 / specification.rates.control)
      pace.last = (
        ShownInstant(drones: flight.instant, obstacles: flight.obstacles()), flight.time
      )
      publish(pace.last.instant, at: flight.time, pace)
      let rest = deadline - ContinuousClock.now
      if rest > .zero { Thread.sleep(forTimeInterval: rest / .seconds(1)) }
    }
    return false
  }

  /// Follows the commands that wait; returns whether to start again.
  private func follow(_ pace: inout Pace, _ flight: inout Flight) -> Bool {
    let waiting = commands.withLock { commands in
      defer { commands.removeAll(keepingCapacity: true) }
      return commands
    }
    for command in waiting {
      switch command {
      case .pause(let isPaused): pace.isPaused = isPaused
      case .speed(let speed): pace.speed = speed
      case .reset: return true
      case .push(let drone, let direction):
        guard drone < specification.drones.count else { continue }
        if let push = pace.push { flight.push(push.drone, force: .zero) }
        let weight = specification.drones[drone].model.mass * specification.physics.gravity
        flight.push(drone, force: weight * direction)
        pace.push = (drone, flight.time + Self.pushDuration)
      }
    }
    return false
  }

  private func publish(_ instant: ShownInstant, at time: Double, _ pace: Pace) {
    let clients = clients.withLock { Array($0.values) }
    guard !clients.isEmpty, !instant.drones.isEmpty else { return }
    let picture = WSFrame.message(
      FlightFrame.bytes(of: instant, at: time, speed: pace.speed, isPaused: pace.isPaused),
      as: .binary)
    for client in clients { client.put(picture: picture) }
  }

  /// How fast time goes by.
  private struct Pace {
    var isPaused = false
    var speed = 1.0
    /// The drone that is pushed, and until when. [s]
    var push: (drone: Int, end: Double)?
    /// What was shown last, and when it was. [s]
    var last: (instant: ShownInstant, time: Double) = (ShownInstant(), 0)
  }
}
