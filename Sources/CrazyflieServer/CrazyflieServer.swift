package import Configuration
import Control
import Crazyflie
import Datagrams
import Drone
import Foundation
package import Recording
package import Scenario

/// Flies a scenario whose drones answer as Crazyflies: each on a UDP port of its own, one packet a datagram.
///
/// Control is that of the firmware, 1000 times a second, whatever the scenario says. A single thread takes
/// packets, flies, and answers, so that in lock-step the same packets give the same flight.
package struct CrazyflieServer: ~Copyable {
  /// The ports, drone by drone.
  package var ports: [UInt16] { drones.map(\.socket.port) }

  private let specification: FlightSpecification
  private let catalogues: Catalogues
  private let options: ServerOptions
  private let note: (String) -> Void
  private var flight: Flight
  private var drones: [ServedDrone]
  private var decks: RangeDecks
  private var writer: FlightWriter?
  private let folder: RunFolder?

  /// Steps of control and packets on board. [Hz]
  private static let frequency = 1000.0
  /// Packets of one drone that are answered before time goes on. [–]
  private static let mostPackets = 256
  /// The longest time that a client can let go by at once. [s]
  private static let longestAdvance = 60.0
  /// How far time may be behind before it gives up catching up. [s]
  private static let longestDelay = 0.1

  /// A server that listens, and flies once it runs.
  ///
  /// - Parameters:
  ///   - specification: What is flown.
  ///   - options: How.
  ///   - folder: Where the flight is recorded, if it is.
  ///   - catalogues: What names stand for.
  ///   - note: Told, in a line, what a client asks for in vain.
  /// - Throws: ``ServerError``, ``FlightError`` or ``RecordingError`` if that cannot be.
  package init(
    _ specification: FlightSpecification, _ options: ServerOptions = .init(),
    recordingInto folder: RunFolder? = nil, catalogues: Catalogues = .standard,
    note: @escaping (String) -> Void = { _ in }
  ) throws {
    let served = try Self.served(specification, options, note: note)
    let drones = try served.drones.enumerated().map { index, drone throws(ServerError) in
      try ServedDrone(drone, index: index, gravity: served.physics.gravity, options)
    }
    var flight = try Flight(served, catalogues: catalogues)
    let decks = try RangeDecks(served)
    var writer: FlightWriter?
    if let folder {
      writer = try FlightWriter(of: flight, in: folder)
      try writeMetadata(FlightMetadata(served), to: folder.file(FlightMetadata.fileName))
      try writer?.append(&flight)
    }
    self.init(
      served, catalogues, options, note, flight: flight, drones: drones, decks: decks,
      writer: writer, folder: folder)
  }

  private init(
    _ specification: FlightSpecification, _ catalogues: Catalogues, _ options: ServerOptions,
    _ note: @escaping (String) -> Void, flight: consuming Flight, drones: [ServedDrone],
    decks: consuming RangeDecks, writer: consuming FlightWriter?, folder: RunFolder?
  ) {
    (self.specification, self.catalogues, self.options) = (specification, catalogues, options)
    (self.note, self.drones, self.folder) = (note, drones, folder)
    self.flight = flight
    self.decks = decks
    self.writer = writer
  }

  /// A scenario at the rates of the firmware, whose drones fly by its laws and follow what clients say.
  private static func served(
    _ specification: FlightSpecification, _ options: ServerOptions, note: (String) -> Void
  ) throws(ServerError) -> FlightSpecification {
    var served = specification
    served.duration = options.duration
    served.rates.physics = frequency * (served.rates.physics / frequency).rounded(.up)
    served.rates.control = frequency
    let stepsPerRow = frequency / served.rates.record
    if stepsPerRow != stepsPerRow.rounded() { served.rates.record = 100 }
    var unknown: [String] = []
    for index in served.drones.indices {
      served.drones[index].reference = nil
      let drone = served.drones[index]
      if drone.model.speedByVoltage == nil {
        served.drones[index].model.speedByVoltage = SpeedByVoltage(holding: drone.model)
        if !unknown.contains(drone.modelName) { unknown.append(drone.modelName) }
      }
      served.drones[index].controller = try law(of: served.drones[index], index: index)
    }
    for name in unknown { note(sayWhatMotors(name)) }
    return served
  }

  private static func sayWhatMotors(_ model: String) -> String {
    "\(model): its file does not say how fast motors turn at a voltage (speed_at_zero_volt, speed_per_volt); "
      + "a Crazyflie's are taken, scaled so that \(Int(CrazyfliePID.Gains().baseThrust)) counts of thrust "
      + "hold it in the air"
  }

  /// The law of the firmware that flies a drone: the scenario's, or the PID where that is none.
  private static func law(
    of drone: DroneSpecification, index: Int
  ) throws(ServerError) -> ControllerSpecification {
    guard !(drone.controller.controller is any CrazyflieLaw) else { return drone.controller }
    do throws(ControllerError) { return try .crazyflie(drone.model) } catch {
      throw .drone(
        "drone \(index), a \(drone.modelName), cannot fly as a Crazyflie: \(error.description); "
          + "one that can is --set 'drones[*].model=cf2x_L250'")
    }
  }

  /// Serves until it is told to stop, or until the flight is over.
  ///
  /// - Parameter isStopped: Asked many times a second.
  /// - Returns: How the flight went.
  /// - Throws: ``ServerError`` if it cannot go on, and ``RecordingError`` if the recording failed.
  package consuming func run(until isStopped: () -> Bool) throws -> FlightSummary {
    let start = ContinuousClock.now
    var last = start
    // How far the flight should be; it trails where the machine is too slow, and does not catch up.
    var due = flight.time
    let sockets = drones.map(\.socket)
    while !isStopped(), !flight.isFinished {
      DatagramSocket.wait(for: sockets, atMost: options.pace == .lockStep ? 50 : 1)
      let before = flight.time
      try takePackets()
      guard case .realTime(let speed) = options.pace else { continue }
      // Where it starts again.
      if flight.time < before { due = flight.time }
      let now = ContinuousClock.now
      due += (now - last) / .seconds(1) * speed
      due = min(due, flight.time + Self.longestDelay * max(1, speed))
      last = now
      try fly(until: due)
    }
    let (statistics, time) = (flight.statistics, flight.time)
    let (specification, path) = (specification, folder?.path ?? "")
    switch consume writer {
    case .some(let writer): try writer.finish()
    case .none: break
    }
    return FlightSummary(
      of: specification, statistics: statistics, simulated: time,
      wall: ContinuousClock.now - start, folder: path)
  }

  /// Takes the packets that wait, drone by drone.
  private mutating func takePackets() throws {
    for index in drones.indices {
      for _ in 0..<Self.mostPackets {
        guard let (sender, packet) = drones[index].receive() else { break }
        guard let packet else { continue }
        let (answers, request) = drones[index].answers(to: packet)
        if let request { try follow(request) }
        drones[index].send(answers, to: sender)
      }
    }
  }

  private mutating func follow(_ request: CrazyflieFirmware.Request) throws {
    switch request {
    case .advance(let time):
      try fly(until: flight.time + min(time, Self.longestAdvance))
    case .restart:
      guard writer == nil else {
        return note("a flight that is recorded does not start again")
      }
      flight = try Flight(specification, catalogues: catalogues)
      decks = try RangeDecks(specification)
      for index in drones.indices { drones[index].restart() }
    }
  }

  /// Has range finders measure, if they are due and a client wants to know.
  private mutating func look() {
    guard decks.isDue(at: flight.time),
      drones.indices.contains(where: { drones[$0].isAskedForRanges })
    else { return }
    for (index, ranges) in decks.measure(in: &flight).enumerated() { drones[index].see(ranges) }
  }

  /// Flies on to a time. [s]
  private mutating func fly(until time: Double) throws {
    while flight.time < time - 1e-9, !flight.isFinished {
      if flight.isCommanded {
        look()
        for index in drones.indices {
          let (speeds, setpoint) = drones[index].step(
            flight.seenState(of: index), at: flight.time, every: 1 / Self.frequency)
          flight.command(index, rotorSpeeds: speeds, following: setpoint)
        }
      }
      guard flight.advance().isEmpty else { throw ServerError.nonFinite(time: flight.time) }
      if flight.isRecorded { try writer?.append(&flight) }
    }
  }
}
