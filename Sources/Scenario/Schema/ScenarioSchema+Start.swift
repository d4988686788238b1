import Configuration
import Drone
import Simulation
import SpatialMath

extension ScenarioSchema {
  /// How deep bodies may stand in one another at the start, as rounded heights and sizes make them. [m]
  private static let allowedDepth = 2e-3

  /// Makes the world of a flight as the flight will, and refuses what cannot be made, and drones that
  /// start inside something: contacts would throw them out.
  func checkStart(of flight: FlightSpecification, in map: MappingReader) {
    let drones = map.value(of: "drones")
    for (index, drone) in flight.drones.enumerated() where !drone.start.isFinite {
      drones.element(index).report("does not start at finite numbers")
    }
    guard !map.hasErrors else { return }
    checkSensors(of: flight, in: map)
    // The air does not matter here, and effects take their time.
    var still = flight
    still.physics.effects = []
    do throws(FlightError) {
      var simulator = try Flight.simulator(of: still, try catalogues.physics(of: still))
      guard flight.physics.dynamics == .bullet else { return }
      if simulator.advance().isEmpty {
        report(simulator.droneContacts(), of: flight, in: map)
      }
    } catch { reject(flight, for: error, in: map) }
  }

  /// Refuses drones whose bodies stand in something, each pair once, by its deepest point.
  private func report(
    _ contacts: [DroneContact], of flight: FlightSpecification, in map: MappingReader
  ) {
    var told: Set<[Int]> = []
    for contact in contacts.sorted(by: { $0.depth > $1.depth })
    where contact.depth > Self.allowedDepth {
      let place = map.value(of: "drones").element(contact.drone).value(of: "at")
      let depth = contact.depth.inMillimetres
      switch contact.other {
      case .floor:
        guard told.insert([contact.drone]).inserted else { continue }
        let height = (flight.drones[contact.drone].start.position.z + contact.depth).roundedUp
        place.report(
          "drone \(contact.drone) starts below the floor, by \(depth) of its body",
          expected: "z of \(height) m or more, or world.floor: false")
      case .obstacle(let obstacle):
        guard told.insert([contact.drone, -1, obstacle]).inserted else { continue }
        place.report(
          "drone \(contact.drone) starts inside \(flight.world.label(ofObstacle: obstacle)), by "
            + "\(depth) of its body",
          expected: "room between them")
      case .drone(let other):
        let pair = [contact.drone, other].sorted()
        guard told.insert(pair).inserted else { continue }
        place.report(
          "drones \(pair[0]) and \(pair[1]) start in one place, by \(depth) of their bodies",
          expected: "room between them")
      }
    }
  }

  /// Says which obstacle or drone it is for which the world cannot be made.
  private func reject(
    _ flight: FlightSpecification, for error: FlightError, in map: MappingReader
  ) {
    func canBeMade(_ change: (inout FlightSpecification) -> Void) -> FlightError? {
      var part = flight
      part.physics.effects = []
      part.world = WorldSpecification(floor: false, obstacles: [])
      part.drones = [flight.drones[0]]
      part.drones[0].pushes = []
      change(&part)
      do throws(FlightError) {
        _ = try Flight.simulator(of: part, try catalogues.physics(of: part))
        return nil
      } catch { return error }
    }
    var isFound = false
    for (index, drone) in flight.drones.enumerated() {
      guard let error = canBeMade({ $0.drones[0].model = drone.model }) else { continue }
      isFound = true
      map.value(of: "drones").element(index).value(of: "model").report("cannot be used: \(error)")
    }
    guard !isFound else { return }
    for (index, body) in flight.world.obstacles.enumerated() {
      guard let error = canBeMade({ $0.world.obstacles = [body] }) else { continue }
      isFound = true
      map.value(of: "world").value(of: "obstacles").element(index)
        .report("is no body that can be touched: \(error)")
    }
    if !isFound { map.reject("cannot be flown: \(error)") }
  }

  private func checkSensors(of flight: FlightSpecification, in map: MappingReader) {
    do throws(FlightError) { _ = try Flight.sensors(of: flight) } catch {
      let index = flight.drones.firstIndex { $0.sensors != nil } ?? 0
      map.value(of: "drones").element(index).value(of: "sensors")
        .report("cannot be used: \(error)")
    }
  }
}

extension Double {
  /// A length in words. [m]
  fileprivate var inMillimetres: String { "\((self * 1e4).rounded() / 10) mm" }

  /// A length in whole millimetres, not less. [m]
  fileprivate var roundedUp: Double { (self * 1000).rounded(.up) / 1000 }
}
